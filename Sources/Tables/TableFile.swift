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
      if Self.isCSV(path) { return try CSV.table(parsing: bytes) }
      return NumericTable(values: try NPY.matrix(parsing: bytes))
    } catch {
      throw .file(path: path, error)
    }
  }

  /// The table of numbers and categories that it holds.
  public func table(_ options: TableOptions = TableOptions()) throws(TableError) -> Table {
    do throws(TableError) {
      if Self.isCSV(path) { return try Table(csv: bytes, options: options) }
      return try Table(NPY.matrix(parsing: bytes), options)
    } catch {
      throw .file(path: path, error)
    }
  }
}

extension Table {
  /// The columns of `matrix`, named x0, x1 ….
  init(_ matrix: Matrix, _ options: TableOptions) throws(TableError) {
    if matrix.rows < 2 {
      throw .format("it has one row, from which nothing can be learned; add rows")
    }
    let names = (0..<matrix.columns).map { "x\($0)" }
    let asked = options.categorical.union(options.numeric).union(options.dropped)
    if let stranger = asked.subtracting(names).sorted().first {
      throw .format(
        "it has no column \(TableError.quoted(stranger)); its columns are x0 to \(names.last ?? "")"
      )
    }
    var columns: [Column] = []
    for (index, name) in names.enumerated() where !options.dropped.contains(name) {
      let numbers = (0..<matrix.rows).map { Double(matrix[$0, index]) }
      let isWhole = numbers.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
      let style = CellStyle(decimals: isWhole ? 0 : nil)
      let column = Column(name, .numbers(numbers), style: style)
      columns.append(options.categorical.contains(name) ? column.categories() : column)
    }
    if columns.isEmpty { throw .format("no column is left; drop fewer") }
    self.init(columns)
  }
}
