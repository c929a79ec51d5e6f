internal import LinearAlgebra

/// How strongly the columns of a matrix go together: Pearson's correlation of each two.
struct CorrelationMatrix {
  private let columns: Int
  /// Row by row; NaN where a column is constant.
  private let values: [Double]

  /// The correlations of the columns of `matrix`, over the rows that are finite.
  init(_ matrix: Matrix) {
    columns = matrix.columns
    let rows = (0..<matrix.rows).filter { row in
      (0..<matrix.columns).allSatisfy { matrix[row, $0].isFinite }
    }
    let centred = (0..<columns).map { column in
      let numbers = rows.map { Double(matrix[$0, column]) }
      let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
      return numbers.map { $0 - mean }
    }
    func product(_ i: Int, _ j: Int) -> Double {
      zip(centred[i], centred[j]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let squares = (0..<columns).map { product($0, $0) }
    values = (0..<matrix.columns * matrix.columns).map { index in
      let (i, j) = index.quotientAndRemainder(dividingBy: matrix.columns)
      // Exactly 1 and symmetric, whatever rounding would make of it.
      if i == j { return squares[i] > 0 ? 1 : .nan }
      return product(min(i, j), max(i, j)) / (squares[i] * squares[j]).squareRoot()
    }
  }

  private init(columns: Int, values: [Double]) {
    self.columns = columns
    self.values = values
  }

  /// The correlation of columns `i` and `j`; nil if one of them is constant.
  subscript(i: Int, j: Int) -> Double? {
    let value = values[i * columns + j]
    return value.isFinite ? value : nil
  }

  /// This matrix less `other`.
  func less(_ other: CorrelationMatrix) -> CorrelationMatrix {
    CorrelationMatrix(columns: columns, values: zip(values, other.values).map { $0 - $1 })
  }

  /// The pair of columns with the largest magnitude off the diagonal; nil if there is none.
  var largest: (i: Int, j: Int, value: Double)? {
    var result: (i: Int, j: Int, value: Double)?
    for i in 0..<columns {
      for j in 0..<i {
        if let value = self[i, j], abs(value) > abs(result?.value ?? 0) { result = (j, i, value) }
      }
    }
    return result
  }
}
