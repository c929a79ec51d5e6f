import LinearAlgebra

/// Numbers on [0, 1) from integer arithmetic: the same bits as `uniform` in NumPy/data.py.
func uniform(_ rows: Int, _ columns: Int, seed: Int = 0) -> Matrix<Double> {
  Matrix(rows: rows, columns: columns) { row, column in
    let k = row * columns + column + 10_007 * seed
    let square = k * k % 1_000_003
    return Double((square * 7_919 + k * 104_729) % 1_000_003) / 1_000_003
  }
}
