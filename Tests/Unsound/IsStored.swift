// Refused: cannot return a ~Escapable result
import LinearAlgebra

struct Holder { var view: MatrixView<Float> }
