extension TableFile {
  /// The names of its columns; x0, x1 … if it has none.
  ///
  /// - Parameter options: Of these, what separates cells, and whether the first line has names.
  package func columnNames(_ options: TableOptions = TableOptions()) throws(TableError) -> [String]
  {
    do throws(TableError) {
      if !isCSV {
        let header = try NPYHeader(bytes)
        try header.requireNumbers(bytes, flattens: options.flattensRows)
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
