public import LinearAlgebra

extension Table {
  /// The table as CSV: a line of column names and a line per row.
  ///
  /// Cells have the style of their column, and the separator of the file that the table comes from.
  public var csv: [UInt8] { CSV.bytes(of: self) }

  /// Returns the numbers of the table as a file in NumPy's format.
  ///
  /// A table that comes from an array keeps the array's type and shape of rows where its cells allow it.
  /// Another table becomes an array of rows × columns, of the smallest of `<f4`, `<f8` and `<i8` that keeps
  /// all numbers as the table writes them. A missing cell is NaN.
  ///
  /// - Throws: ``TableError`` if a column has texts that are not numbers, or if the type cannot hold a cell.
  public func npy() throws(TableError) -> [UInt8] { try NPY.bytes(of: self) }
}

extension Matrix<Float> {
  /// Reads points from the file at `path`, in CSV or NPY format according to the file name extension.
  ///
  /// Decimals are rounded to the nearest `Float`. Integers beyond 2²⁴ that `Float` cannot represent are an
  /// error, since they may be codes. The matrix has at least one row, and only finite numbers.
  ///
  /// - Parameters:
  ///   - path: The path of a `.csv`, `.tsv` or `.npy` file, compressed if `.gz` follows, in upper or lower
  ///     case.
  ///   - sizeLimit: The maximum size of the file, in bytes.
  /// - Throws: ``TableError`` if the file cannot be read as numbers.
  public init(pointsIn path: String, sizeLimit: Int = 1 << 32) throws(TableError) {
    self = try NumericTable(path: path, sizeLimit: sizeLimit).values
  }

  /// Returns the matrix as CSV: a line of `names`, by default x0, x1 …, and a line per row.
  ///
  /// Numbers are as short as possible; reading them back gives the same bits.
  public func csv(names: [String]? = nil) -> [UInt8] { CSV.bytes(of: self, names: names) }
}
