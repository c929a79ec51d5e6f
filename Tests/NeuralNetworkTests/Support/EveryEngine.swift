import LinearAlgebra

/// OpenBLAS, and Swift's product at each level that this processor runs.
let everyEngine = [Engine.openBLAS] + Engine.availableLevels.map { Engine(.swift, level: $0) }
