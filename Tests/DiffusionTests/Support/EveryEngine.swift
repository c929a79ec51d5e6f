import LinearAlgebra

/// OpenBLAS, and Swift's products for each instruction set that this processor supports.
let everyEngine =
  [Engine.openBLAS] + Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) }
