import LangevinPreconditions
package import LinearAlgebra

/// A table of numbers, with names of the columns if its file has them.
package struct NumericTable: Sendable, Equatable {
  /// The names of the columns; nil if the file has no names.
  package let names: [String]?
  /// The numbers, one line of the file per row.
  ///
  /// A table from a file has at least one row, and only finite numbers.
  package let values: Matrix<Float>

  /// Creates a table of `values`, whose columns have `names`; nil for columns without names.
  package init(names: [String]? = nil, values: Matrix<Float>) {
    require(
      names.map { $0.count == values.columns } ?? true,
      "NumericTable: \(names?.count ?? 0) names for \(values.rows) × \(values.columns)")
    self.names = names
    self.values = values
  }

  /// Reads the table in the file at `path`, in CSV or NPY format according to the file name extension.
  ///
  /// - Parameters:
  ///   - path: The path of a `.csv`, `.tsv` or `.npy` file, compressed if `.gz` follows, in upper or lower
  ///     case.
  ///   - sizeLimit: The maximum size of the file, in bytes.
  /// - Throws: ``TableError`` if the file cannot be read as numbers.
  package init(path: String, sizeLimit: Int = 1 << 32) throws(TableError) {
    self = try TableFile(path, sizeLimit: sizeLimit).numbers()
  }
}
