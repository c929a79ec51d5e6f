// Refused: cannot use mutating getter on immutable value
import LinearAlgebra

func fill(_ matrix: Matrix<Float>) { matrix.mutableView.fill(0) }
