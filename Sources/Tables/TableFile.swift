internal import LangevinFiles
internal import LinearAlgebra

/// The bytes of a table's file, decompressed if they are compressed by gzip.
package struct TableFile: Sendable {
  /// Where it lies; `-` is standard input.
  package let path: String
  /// What it holds.
  package let bytes: [UInt8]

  /// Reads the file at `path`, whose name ends in `.csv`, `.tsv` or `.npy`, in capitals or not, and behind
  /// that maybe in `.gz`. Standard input, `-`, and pipes need no such name; what they give is kept, for
  /// whoever reads them again.
  ///
  /// - Throws: ``TableError`` if the file has another name, cannot be read, or has more than `sizeLimit` bytes.
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

  /// Whether `path` has the name of such a file, or names standard input or a pipe.
  package static func isNamed(_ path: String) -> Bool {
    isText(path) || uncompressed(path).hasSuffix(".npy") || StreamedFile.isNamed(path)
  }

  /// Whether `path` has the name of a table as text.
  package static func isText(_ path: String) -> Bool {
    [".csv", ".tsv"].contains { uncompressed(path).hasSuffix($0) }
  }

  /// Whether a file of this name is written compressed.
  package static func isCompressed(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  /// The name in lower case, without `.gz` at its end.
  private static func uncompressed(_ path: String) -> String {
    let name = path.lowercased()
    return isCompressed(name) ? String(name.dropLast(3)) : name
  }

  /// Whether it is text, and not an array of NumPy; a pipe shows it by its first bytes.
  var isCSV: Bool {
    StreamedFile.isNamed(path) ? !bytes.starts(with: NPY.magic) : Self.isText(path)
  }

  /// A number by which other data are noticed: FNV-1a of the bytes, decompressed, in 64 bits.
  package var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  /// The table of numbers that it holds.
  package func numbers() throws(TableError) -> NumericTable {
    do throws(TableError) {
      if isCSV { return try CSV.table(parsing: bytes) }
      return NumericTable(values: try NPY.matrix(parsing: bytes))
    } catch {
      throw .file(path: path, error)
    }
  }

  /// The table of numbers and categories that it holds.
  package func table(_ options: TableOptions = TableOptions()) throws(TableError) -> Table {
    try read(options).table
  }

  /// The table of numbers and categories that it holds, and what its user may want to know of how it was read.
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
