import LangevinKernelTable
import LangevinPreconditions

// Reductions of each row, as one column, and of each column, as one row.

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// The sum of each row, as one column; added as ``sum`` is.
  public var rowSums: Matrix<Element> { view.sumsOfRows() }

  /// The sum of each column, as one row: `Element` within blocks of 64 rows, and `Double` over the blocks, with
  /// compensation.
  public var columnSums: Matrix<Element> { view.sumsOfColumns() }

  /// The mean of each row, as one column; NaN for a matrix without columns.
  public var rowMeans: Matrix<Element> { rowSums / Element(columns) }

  /// The mean of each column, as one row; NaN for a matrix without rows.
  public var columnMeans: Matrix<Element> { columnSums / Element(rows) }

  // A mean far from zero has a rounding error that can exceed the deviations. Subtracting the mean of the
  // deviations corrects it.

  private var deviationsFromRowMeans: Matrix<Element> {
    var deviations = self - .eachColumn(rowMeans)
    deviations -= .eachColumn(deviations.rowMeans)
    return deviations
  }

  private var deviationsFromColumnMeans: Matrix<Element> {
    var deviations = self - .eachRow(columnMeans)
    deviations -= .eachRow(deviations.columnMeans)
    return deviations
  }

  /// Returns the variance of each row, as one column.
  ///
  /// - Parameter correction: The number subtracted from the number of columns in the divisor: 0 as in
  ///   NumPy, 1 for the unbiased variance. Without a positive divisor, the variances are NaN or infinite.
  public func rowVariances(correction: Int = 0) -> Matrix<Element> {
    let centered = deviationsFromRowMeans
    return (centered .* centered).rowSums / Element(Swift.max(0, columns - correction))
  }

  /// Returns the variance of each column, as one row.
  ///
  /// - Parameter correction: The number subtracted from the number of rows in the divisor: 0 as in NumPy, 1
  ///   for the unbiased variance. Without a positive divisor, the variances are NaN or infinite.
  public func columnVariances(correction: Int = 0) -> Matrix<Element> {
    let centered = deviationsFromColumnMeans
    return (centered .* centered).columnSums / Element(Swift.max(0, rows - correction))
  }

  /// Returns the standard deviation of each row, as one column: the square root of
  /// ``rowVariances(correction:)``.
  public func rowStandardDeviations(correction: Int = 0) -> Matrix<Element> {
    sqrt(rowVariances(correction: correction))
  }

  /// Returns the standard deviation of each column, as one row: the square root of
  /// ``columnVariances(correction:)``.
  public func columnStandardDeviations(correction: Int = 0) -> Matrix<Element> {
    sqrt(columnVariances(correction: correction))
  }

  /// Returns the covariance matrix of the columns, whose rows are observations: XᵀX / (rows - correction)
  /// for the centered X. Without a positive divisor, they are NaN or infinite.
  public func columnCovariances(correction: Int = 1) -> Matrix<Element> {
    let centered = deviationsFromColumnMeans
    return Matrix<Element>.product(centered, centered, transposeA: true)
      / Element(Swift.max(0, rows - correction))
  }

  /// The smallest element of each row, ignoring NaN, as one column; NaN for a row without numbers.
  public var rowMinima: Matrix<Element> { unsafe rowExtremes { unsafe $0.least } }

  /// The largest element of each row, ignoring NaN, as one column; NaN for a row without numbers.
  public var rowMaxima: Matrix<Element> { unsafe rowExtremes { unsafe $0.greatest } }

  /// The smallest element of each column, ignoring NaN, as one row; NaN for a column without numbers.
  public var columnMinima: Matrix<Element> {
    transposed.rowMinima.reshaped(rows: 1, columns: columns)
  }

  /// The largest element of each column, ignoring NaN, as one row; NaN for a column without numbers.
  public var columnMaxima: Matrix<Element> {
    transposed.rowMaxima.reshaped(rows: 1, columns: columns)
  }

  /// Returns the column of the smallest element of each row, ignoring NaN; the first of equal ones.
  public func rowArgmin() -> [Int] { unsafe rowPlaces("rowArgmin") { unsafe $0.indexOfLeast } }

  /// Returns the column of the largest element of each row, ignoring NaN; the first of equal ones.
  public func rowArgmax() -> [Int] { unsafe rowPlaces("rowArgmax") { unsafe $0.indexOfGreatest } }

  /// Returns the row of the smallest element of each column, ignoring NaN; the first of equal ones.
  public func columnArgmin() -> [Int] {
    require(rows > 0 || columns == 0, "columnArgmin: \(shapeDescription) has no rows")
    return transposed.rowArgmin()
  }

  /// Returns the row of the largest element of each column, ignoring NaN; the first of equal ones.
  public func columnArgmax() -> [Int] {
    require(rows > 0 || columns == 0, "columnArgmax: \(shapeDescription) has no rows")
    return transposed.rowArgmax()
  }

  private func rowExtremes(
    _ kernel: (ElementKernels) -> ElementKernels.Reduce
  ) -> Matrix<Element> {
    unsafe view.extremesOfRows(by: kernel)
  }

  private func rowPlaces(
    _ operation: StaticString, _ kernel: (ElementKernels) -> ElementKernels.Find
  ) -> [Int] {
    require(columns > 0 || rows == 0, "\(operation): \(shapeDescription) has no columns")
    return unsafe view.placesInRows(by: kernel)
  }
}

/// The number of rows whose sum is added to ``ScalarSum``: within a block, rounding errors stay small.
private let rowBlock = 64

/// A sum in `Double` with compensation.
private struct ScalarSum {
  private var sum = 0.0
  private var compensation = 0.0

  @inline(__always)
  mutating func add(_ x: Double) {
    // Knuth's rounding error of a sum.
    let next = sum + x
    let added = next - sum
    compensation += (sum - (next - added)) + (x - added)
    sum = next
  }

  /// The sum; the error of an infinite sum is NaN.
  var value: Double { sum.isFinite ? sum + compensation : sum }
}

// Specialized, because generic code of small matrices takes longer than their arithmetic.
extension MatrixView {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func sumsOfRows() -> Matrix<Element> {
    let kernel = unsafe Engine.current.kernels(of: Element.self).sumRows
    let result = Matrix<Element>(uninitializedRows: rows, columns: 1)
    withRows { x in
      result.withHandle { unsafe kernel(x.rows, x.columns, x.base, x.stride, $0.base) }
    }
    return result
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func sumsOfColumns() -> Matrix<Element> {
    let kernel = unsafe Engine.current.kernels(of: Element.self).sumColumns
    let result = Matrix<Element>(uninitializedRows: 1, columns: columns)
    withRows { x in
      result.withHandle { result in
        if x.rows <= rowBlock {
          return unsafe kernel(x.rows, x.columns, x.base, x.stride, false, result.base)
        }
        var totals = [ScalarSum](repeating: ScalarSum(), count: x.columns)
        for start in stride(from: 0, to: x.rows, by: rowBlock) {
          let block = x.rows(start..<Swift.min(start + rowBlock, x.rows))
          unsafe kernel(block.rows, block.columns, block.base, block.stride, false, result.base)
          for column in totals.indices {
            unsafe totals[column].add(Double(result.base[column]))
          }
        }
        for (column, total) in totals.enumerated() {
          unsafe result.base[column] = Element(total.value)
        }
      }
    }
    return result
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func extremesOfRows(
    by kernel: (ElementKernels) -> ElementKernels.Reduce
  ) -> Matrix<Element> {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let result = Matrix<Element>(uninitializedRows: rows, columns: 1)
    withRows { x in
      result.withHandle { result in
        for row in 0..<x.rows {
          unsafe result.base[row] = Element(function(x.columns, x.base + row * x.stride))
        }
      }
    }
    return result
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func placesInRows(by kernel: (ElementKernels) -> ElementKernels.Find) -> [Int] {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    return withRows { x in
      (0..<x.rows).map { unsafe function(x.columns, x.base + $0 * x.stride) }
    }
  }
}
