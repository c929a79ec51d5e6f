// Refused: cannot use mutating getter on immutable value
import LinearAlgebra

func fill(_ matrix: Matrix) { matrix.mutableView.fill(0) }
