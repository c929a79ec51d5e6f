import LinearAlgebra

extension TableFile {
  /// Returns the names of the columns; x0, x1 … if the file has no names.
  ///
  /// - Parameter options: The separator and header options are used; the others are ignored.
  package func columnNames(_ options: TableOptions = TableOptions()) throws(TableError) -> [String]
  {
    do throws(TableError) {
      if !isCSV {
        let header = try NPY.header(of: bytes, flattens: options.flattensRows)
        return (0..<header.columns).map { "x\($0)" }
      }
      let layout = try CSVLayout(bytes, options)
      var scanner = CSVScanner(bytes, separator: layout.separator)
      guard try scanner.readLine() else { return [] }
      return layout.hasNames ? try scanner.allNames() : scanner.cells.indices.map { "x\($0)" }
    } catch {
      throw .file(path: path, error)
    }
  }
}
