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
  /// Returns all rows of the file that the run is trained on, in the coordinates of the model; nil if the
  /// data come from no file.
  ///
  /// - Throws: `TableError` if the file, or that of its labels, cannot be read or has changed.
  package func fileRows() throws(TableError) -> Matrix<Float>? {
    guard let source = dataset.file else { return nil }
    let file = try Self.unchanged(source.path, source.digest)
    var labels: TableFile?
    if let file = source.labels { labels = try Self.unchanged(file.path, file.digest) }
    let rows = try self.rows(
      of: file, labels: labels, RandomPurpose.dataset.stream(seed: dataset.seed))
    guard rows.rows == dataset.count && rows.columns == dataWidth else {
      throw .file(
        path: source.path,
        .format(
          """
          it has \(rows.rows) × \(rows.columns) coordinates, but config.json says \(dataset.count) × \
          \(dataWidth); use the config.json that training wrote
          """))
    }
    return rows
  }

  /// Returns the rows of another file, in the coordinates of the model.
  ///
  /// - Throws: `TableError` if the file cannot be read, or its columns do not fit those of the run.
  package func rows(ofFile path: String) throws(TableError) -> Matrix<Float> {
    if dataset.file?.labels != nil {
      throw .file(
        path: path,
        .format(
          """
          the run has its labels in a separate file, but this file has no labels; compare with the run's own \
          data
          """))
    }
    return try rows(
      of: TableFile(path), labels: nil, RandomPurpose.dataset.stream(seed: dataset.seed, index: 1))
  }

  /// Changes the paths of the files that the run is trained on; a path that is nil stays unchanged.
  ///
  /// The contents of the files must be the same as before, compressed or not.
  ///
  /// - Throws: `TableError` if a file cannot be read, if its contents differ, or if the run has no such file.
  package mutating func moveData(to path: String?, labels: String? = nil) throws(TableError) {
    if let path {
      guard let digest = dataset.file?.digest else {
        throw .file(
          path: path,
          .format(
            "the run was trained on \(dataset.name.printable), not on a file; leave this one out"))
      }
      try Self.requireSame(path, digest)
      dataset.file?.path = FileSource.absolute(path)
    }
    if let labels {
      guard let digest = dataset.file?.labels?.digest else {
        throw .file(
          path: labels, .format("the run has no separate file of labels; leave this one out"))
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
        .format("it is not the data that the run was trained on; name a file that holds them"))
    }
    throw .file(
      path: path,
      .format(
        "it has changed since the run was trained on it; restore the old file, or train again"))
  }

  /// Returns the coordinates of the rows in `file`, with those of `labels` as the last column.
  private func rows(
    of file: TableFile, labels: TableFile?, _ random: RandomStream
  ) throws(TableError) -> Matrix<Float> {
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
  /// Returns `path` as an absolute path; standard input stays `-`.
  package static func absolute(_ path: String) -> String {
    if path == StreamedFile.standardInput { return path }
    return URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
