internal import Files
internal import LinearAlgebra

/// The bytes of a table's file.
public struct TableFile: Sendable {
  /// Where it lies.
  public let path: String
  /// What it holds.
  public let bytes: [UInt8]

  /// Reads the file at `path`, whose name ends in `.csv` or `.npy`, in capitals or not.
  public init(_ path: String, sizeLimit: Int = 1 << 32) throws(TableError) {
    guard Self.isNamed(path) else {
      throw .file(
        path: path,
        .format("tables are read from .csv and .npy files; convert it to one of them"))
    }
    self.path = path
    do {
      bytes = try AtomicFile.read(path, sizeLimit: sizeLimit)
    } catch {
      throw .unusable(error)
    }
  }

  /// Whether `path` has the name of such a file.
  public static func isNamed(_ path: String) -> Bool { isCSV(path) || isNPY(path) }

  /// Whether it has the name of a CSV file, and not of an NPY file.
  var isCSV: Bool { Self.isCSV(path) }

  private static func isCSV(_ path: String) -> Bool { path.lowercased().hasSuffix(".csv") }
  private static func isNPY(_ path: String) -> Bool { path.lowercased().hasSuffix(".npy") }

  /// A number by which a changed file is noticed: FNV-1a of the bytes, in 64 bits.
  public var digest: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  /// The table of numbers that it holds.
  public func numbers() throws(TableError) -> NumericTable {
    do throws(TableError) {
      if isCSV { return try CSV.table(parsing: bytes) }
      return NumericTable(values: try NPY.matrix(parsing: bytes))
    } catch {
      throw .file(path: path, error)
    }
  }

  /// The table of numbers and categories that it holds.
  public func table(_ options: TableOptions = TableOptions()) throws(TableError) -> Table {
    do throws(TableError) {
      if isCSV { return try Table(csv: bytes, options: options) }
      return try Table(
        NPY.matrix(parsing: bytes, flattens: options.flattensRows), options)
    } catch {
      throw .file(path: path, error)
    }
  }
}
