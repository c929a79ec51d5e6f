internal import LinearAlgebra

/// The Pearson correlations between the columns of a matrix.
struct CorrelationMatrix {
  private let columns: Int
  /// The correlations, row by row; NaN if one of the columns is constant.
  private let values: [Double]

  /// Computes the correlations of the columns of `matrix`, each over the rows in which both are finite.
  init(_ matrix: Matrix<Float>) {
    columns = matrix.columns
    let numbers = (0..<matrix.columns).map { column in
      (0..<matrix.rows).map { Double(matrix[$0, column]) }
    }
    var values = [Double](repeating: .nan, count: matrix.columns * matrix.columns)
    for i in numbers.indices {
      for j in 0...i {
        let value = Self.correlation(numbers[i], numbers[j])
        // Exactly 1, without the rounding error of the quotient.
        values[i * columns + j] = i == j && value.isFinite ? 1 : value
        values[j * columns + i] = values[i * columns + j]
      }
    }
    self.values = values
  }

  private static func correlation(_ first: [Double], _ second: [Double]) -> Double {
    let rows = first.indices.filter { first[$0].isFinite && second[$0].isFinite }
    func mean(_ numbers: [Double]) -> Double {
      rows.reduce(0) { $0 + numbers[$1] } / Double(max(1, rows.count))
    }
    let (a, b) = (mean(first), mean(second))
    var (product, square, otherSquare) = (0.0, 0.0, 0.0)
    for row in rows {
      let (x, y) = (first[row] - a, second[row] - b)
      product += x * y
      square += x * x
      otherSquare += y * y
    }
    return product / (square * otherSquare).squareRoot()
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

  /// Returns this matrix minus `other`.
  func less(_ other: CorrelationMatrix) -> CorrelationMatrix {
    CorrelationMatrix(columns: columns, values: zip(values, other.values).map { $0 - $1 })
  }

  /// The pair of columns with the largest magnitude off the diagonal; nil for fewer than two columns.
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
