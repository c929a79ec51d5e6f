import LinearAlgebra

// Multiplies matrices that do not fit: `Tests/run-example.sh` looks for both shapes in what this prints.
print(Matrix(rows: 2, columns: 3) * Matrix(rows: 4, columns: 5))
