internal import LangevinFiles
internal import LinearAlgebra

/// The contents of a table's file, decompressed if they are compressed with gzip.
package struct TableFile: Sendable {
  /// The path of the file; `-` is standard input.
  package let path: String
  /// The contents of the file.
  package let bytes: [UInt8]

  /// Reads the file at `path`.
  ///
  /// The contents of standard input and of pipes are kept, so that they can be read again.
  ///
  /// - Parameters:
  ///   - path: The path of a `.csv`, `.tsv` or `.npy` file, compressed if `.gz` follows, in upper or lower
  ///     case; `-` for standard input, or the path of a pipe.
  ///   - sizeLimit: The maximum size of the file, in bytes.
  /// - Throws: ``TableError`` if the file has another name, cannot be read, or is too large.
  package init(_ path: String, sizeLimit: Int = 1 << 32) throws(TableError) {
    guard Self.isNamed(path) else {
      throw .file(
        path: path,
        .format("tables are read from .csv and .npy files, or .csv.gz; convert it to one of them"))
    }
    self.path = path
    do {
      let read =
        StreamedFile.isNamed(path)
        ? try StreamedFile.read(path, sizeLimit: sizeLimit)
        : try AtomicFile.read(path, sizeLimit: sizeLimit)
      bytes =
        Gzip.isCompressed(read)
        ? try Gzip.decompress(read, path: path, sizeLimit: sizeLimit) : read
    } catch {
      throw .unusable(error)
    }
  }

  /// Returns whether `path` has the name of a table's file, or is standard input or a pipe.
  package static func isNamed(_ path: String) -> Bool {
    isText(path) || uncompressed(path).hasSuffix(".npy") || StreamedFile.isNamed(path)
  }

  /// Returns whether `path` has the name of a text file with a table, `.csv` or `.tsv`.
  package static func isText(_ path: String) -> Bool {
    [".csv", ".tsv"].contains { uncompressed(path).hasSuffix($0) }
  }

  /// Returns whether a file at `path` is written compressed.
  package static func isCompressed(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  /// Returns `path` in lower case without a final `.gz`.
  private static func uncompressed(_ path: String) -> String {
    let name = path.lowercased()
    return isCompressed(name) ? String(name.dropLast(3)) : name
  }

  /// Whether the file is text, not an NPY array. The first bytes decide for a pipe, and the name for a file.
  var isCSV: Bool {
    StreamedFile.isNamed(path) ? !bytes.starts(with: NPY.magic) : Self.isText(path)
  }

  /// The 64-bit FNV-1a hash of the decompressed contents, in hexadecimal, which detects other data.
  package var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  /// Parses the contents as a table of numbers.
  package func numbers() throws(TableError) -> NumericTable {
    do throws(TableError) {
      if isCSV { return try CSV.table(parsing: bytes) }
      return NumericTable(values: try NPY.matrix(parsing: bytes))
    } catch {
      throw .file(path: path, error)
    }
  }

  /// Parses the contents as a table of numbers and categories.
  package func table(_ options: TableOptions = TableOptions()) throws(TableError) -> Table {
    try read(options).table
  }

  /// Parses the contents as a table of numbers and categories, and returns it with notes for the user.
  package func read(
    _ options: TableOptions = TableOptions()
  ) throws(TableError) -> (table: Table, notes: [TableNote]) {
    do throws(TableError) {
      if isCSV {
        var survey = try TableSurvey(bytes, options)
        return (try survey.table(), survey.notes)
      }
      var reader = ArrayReader(options)
      return (try reader.table(bytes), reader.notes)
    } catch {
      throw .file(path: path, error)
    }
  }
}
