// Refused: 'withHandle' is inaccessible due to 'package' protection level
import LinearAlgebra

func fill(_ matrix: Matrix) { matrix.withHandle { $0.fill(0) } }
