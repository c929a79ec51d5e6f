// Refused: cannot return a ~Escapable result
import LinearAlgebra

func view(_ matrix: Matrix) -> MatrixView { matrix.view }
