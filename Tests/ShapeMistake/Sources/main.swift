import LinearAlgebra

// Multiplies matrices of mismatched shapes; `Tests/run-example.sh` checks that the message names both
// shapes.
print(Matrix<Float>(rows: 2, columns: 3) * Matrix<Float>(rows: 4, columns: 5))
