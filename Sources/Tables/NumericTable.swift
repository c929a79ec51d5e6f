import LangevinPreconditions
public import LinearAlgebra

/// Rows of numbers, and the names of their columns if the file has them.
public struct NumericTable: Sendable, Equatable {
  /// A name for each column; nil if the file has no names.
  public let names: [String]?
  /// A line of the file per row. All are finite, and there is at least one.
  public let values: Matrix

  /// `values`, whose columns have `names`, or none.
  public init(names: [String]? = nil, values: Matrix) {
    require(
      names.map { $0.count == values.columns } ?? true,
      "NumericTable: \(names?.count ?? 0) names for \(values.rows) × \(values.columns)")
    self.names = names
    self.values = values
  }

  /// The table in the file at `path`, as CSV or NPY by the end of its name.
  ///
  /// - Parameters:
  ///   - path: A name that ends in `.csv` or `.npy`, in capitals or not.
  ///   - sizeLimit: The most bytes that the file may have.
  public init(path: String, sizeLimit: Int = 1 << 32) throws(TableError) {
    self = try TableFile(path, sizeLimit: sizeLimit).numbers()
  }
}
