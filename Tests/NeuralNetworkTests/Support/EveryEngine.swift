import LinearAlgebra

/// OpenBLAS, and Swift's product at each level that this processor runs.
let everyEngine =
  [Engine.openBLAS] + Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) }
