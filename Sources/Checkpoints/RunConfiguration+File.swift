import Diffusion
import LangevinErrors
import LangevinFiles
package import LinearAlgebra
package import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RunConfiguration {
  /// All rows of the file that the run is trained on, in the coordinates of the model; nil if it is of none.
  ///
  /// - Throws: `TableError` if the file, or that of its labels, cannot be read or has changed.
  package func fileRows() throws(TableError) -> Matrix? {
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
  package func rows(ofFile path: String) throws(TableError) -> Matrix {
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

  /// Makes the files at `path` and `labels` those that the run is trained on, which must have the same contents,
  /// compressed or not. One that is nil lies where it did.
  ///
  /// - Throws: `TableError` if a file cannot be read, is not the one that the run was trained on, or the run is
  ///   of no such file.
  package mutating func moveData(to path: String?, labels: String? = nil) throws(TableError) {
    if let path {
      guard let digest = dataset.file?.digest else {
        throw .format(
          "\(path.printable): the run is of \(dataset.name.printable), which is no file; leave this one out"
        )
      }
      try Self.requireSame(path, digest)
      dataset.file?.path = FileSource.absolute(path)
    }
    if let labels {
      guard let digest = dataset.file?.labels?.digest else {
        throw .format(
          "\(labels.printable): the run has no labels in a file of their own; leave this one out")
      }
      try Self.requireSame(labels, digest)
      dataset.file?.labels?.path = FileSource.absolute(labels)
    }
  }

  private static func requireSame(_ path: String, _ digest: String) throws(TableError) {
    if try TableFile(path).digest == digest { return }
    throw .file(
      path: path, .format("it is not the file that the run was trained on; name a copy of that one")
    )
  }

  private static func unchanged(_ path: String, _ digest: String) throws(TableError) -> TableFile {
    let file = try TableFile(path)
    if file.digest == digest { return file }
    if path == StreamedFile.standardInput {
      throw .file(
        path: "standard input",
        .format("it does not give the data that the run was trained on; name a file that has them"))
    }
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

extension RunConfiguration.FileSource {
  /// `path` from the root of the file system; standard input stays `-`.
  package static func absolute(_ path: String) -> String {
    if path == StreamedFile.standardInput { return path }
    return URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
