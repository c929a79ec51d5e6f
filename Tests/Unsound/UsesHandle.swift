// Refused: 'withHandle' is inaccessible due to 'package' protection level
import LinearAlgebra

func fill(_ matrix: Matrix<Float>) { matrix.withHandle { $0.fill(0) } }
