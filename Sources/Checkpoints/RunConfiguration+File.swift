import Diffusion
public import LinearAlgebra
public import Tables

extension RunConfiguration {
  /// All rows of the file that the run is trained on, in the coordinates of the model; nil if it is of none.
  ///
  /// - Throws: `TableError` if the file, or that of its labels, cannot be read or has changed.
  public func fileRows() throws(TableError) -> Matrix? {
    guard let source = dataset.file else { return nil }
    let file = try Self.unchanged(source.path, source.digest)
    var labels: TableFile?
    if let file = source.labels { labels = try Self.unchanged(file.path, file.digest) }
    let rows = try self.rows(
      of: file, labels: labels, RandomPurpose.dataset.stream(seed: dataset.seed))
    guard rows.rows == dataset.count && rows.columns == model.rowWidth else {
      throw .file(
        path: source.path,
        .format(
          """
          it has \(rows.rows) × \(rows.columns) coordinates, and config.json says \(dataset.count) × \
          \(model.rowWidth); use the config.json that training wrote
          """))
    }
    return rows
  }

  /// The rows of another file, in the coordinates of the model.
  ///
  /// - Throws: `TableError` if it cannot be read, or is not like the data of the run.
  public func rows(ofFile path: String) throws(TableError) -> Matrix {
    if dataset.file?.labels != nil {
      throw .file(
        path: path,
        .format(
          """
          the run has its labels in another file, and this one has none; compare with the run's own data
          """))
    }
    return try rows(
      of: TableFile(path), labels: nil, RandomPurpose.dataset.stream(seed: dataset.seed, index: 1))
  }

  private static func unchanged(_ path: String, _ digest: String) throws(TableError) -> TableFile {
    let file = try TableFile(path)
    if file.digest == digest { return file }
    throw .file(
      path: path,
      .format(
        "it has changed since the run was trained on it; put the old file back, or train again"))
  }

  /// The table in `file`, with `labels` behind it.
  private func rows(
    of file: TableFile, labels: TableFile?, _ random: RandomStream
  ) throws(TableError) -> Matrix {
    guard let table else { return try file.numbers().values }
    let rows = try file.table(
      table.options(dataset.file?.options ?? TableOptions()), labels: labels)
    do {
      return try table.encode(rows, random: random)
    } catch {
      throw .file(path: file.path, error)
    }
  }
}
