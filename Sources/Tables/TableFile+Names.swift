internal import LinearAlgebra

extension TableFile {
  /// The names of its columns; x0, x1 … if it has none.
  ///
  /// - Parameter options: Of these, whether the first line has names.
  public func columnNames(_ options: TableOptions = TableOptions()) throws(TableError) -> [String] {
    do throws(TableError) {
      if !isCSV {
        let columns = try NPY.matrix(parsing: bytes, flattens: options.flattensRows).columns
        return (0..<columns).map { "x\($0)" }
      }
      var scanner = try CSVScanner(bytes)
      guard try scanner.readLine() else { return [] }
      return try scanner.names(hasHeader: options.hasHeader)
        ?? scanner.cells.indices.map { "x\($0)" }
    } catch {
      throw .file(path: path, error)
    }
  }
}
