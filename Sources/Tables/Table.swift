import LangevinPreconditions

/// Columns of numbers and categories, all of one length; cells may be missing.
public struct Table: Sendable, Equatable {
  /// The columns, in the order of the file.
  public var columns: [Column]
  /// Cells of each column.
  public let rowCount: Int
  /// The layout of the cells in the file of the table, in which ``CSV`` and ``NPY`` write them.
  package var layout: TableLayout

  /// Creates a table of `columns`, which are of one length and of different names.
  public init(_ columns: [Column]) { self.init(columns, layout: .csv()) }

  /// Creates a table of `columns`, which are of one length and of different names.
  package init(_ columns: [Column], layout: TableLayout) {
    self.layout = layout
    rowCount = columns.first?.cells.count ?? 0
    require(
      columns.allSatisfy { $0.cells.count == columns[0].cells.count },
      "Table: columns of \(columns.map(\.cells.count)) cells, not of one length")
    require(
      Set(columns.map(\.name)).count == columns.count,
      "Table: two columns have one name among \(columns.map(\.name))")
    self.columns = columns
  }

  /// Returns the column of this name; nil if the table has no such column.
  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The same with another column behind, which has as many cells and another name.
  public func appending(_ column: Column) -> Table { Table(columns + [column], layout: layout) }

  /// Those rows, in that order.
  public func rows(at indices: some Sequence<Int>) -> Table {
    let indices = Array(indices)
    return Table(columns.map { $0.rows(at: indices) }, layout: layout)
  }
}

/// Whether a column holds numbers or one of some texts.
public enum ColumnKind: String, Codable, Sendable, Hashable, CaseIterable {
  /// Numbers.
  case numeric
  /// One of some texts.
  case categorical
}

/// A column of a ``Table``.
public struct Column: Sendable, Equatable {
  /// What a column holds.
  package enum Cells: Sendable, Equatable {
    /// Numbers; NaN where the cell is missing.
    case numbers([Double])
    /// Decimal numbers that `Double` does not hold, such as integers of 19 digits: integers in units of
    /// 10^-d, where d are the decimals of the column's ``Column/style``; ``Column/missingUnits`` where the
    /// cell is missing.
    case exact([Int128])
    /// Numbers of the names; -1 where the cell is missing.
    case categories([Int32], names: [String])

    /// Whether all cells are the same, missing ones as well.
    package static func == (a: Cells, b: Cells) -> Bool {
      switch (a, b) {
      case (.numbers(let a), .numbers(let b)):
        a.count == b.count && a.indices.allSatisfy { a[$0] == b[$0] || a[$0].isNaN && b[$0].isNaN }
      case (.categories(let a, let names), .categories(let b, let others)):
        a == b && names == others
      case (.exact(let a), .exact(let b)): a == b
      default: false
      }
    }

    /// How many there are.
    package var count: Int {
      switch self {
      case .numbers(let numbers): numbers.count
      case .exact(let units): units.count
      case .categories(let codes, _): codes.count
      }
    }
  }

  /// What ``Cells/exact(_:)`` has where a cell is missing.
  package static let missingUnits = Int128.min

  /// Its name.
  public let name: String
  /// Its cells.
  package var cells: Cells
  /// How cells are written.
  package var style: CellStyle

  /// Creates a column of `cells`.
  package init(_ name: String, _ cells: Cells, style: CellStyle = CellStyle()) {
    self.name = name
    self.cells = cells
    self.style = style
  }

  /// What it holds.
  public var kind: ColumnKind {
    switch cells {
    case .numbers, .exact: .numeric
    case .categories: .categorical
    }
  }

  /// Whether the cell in this row is missing.
  public func isMissing(_ row: Int) -> Bool {
    switch cells {
    case .numbers(let numbers): numbers[row].isNaN
    case .exact(let units): units[row] == Self.missingUnits
    case .categories(let codes, _): codes[row] < 0
    }
  }

  /// How many cells are missing.
  package var missingCount: Int {
    switch cells {
    case .numbers(let numbers): numbers.count(where: \.isNaN)
    case .exact(let units): units.count { $0 == Self.missingUnits }
    case .categories(let codes, _): codes.count { $0 < 0 }
    }
  }

  func rows(at indices: [Int]) -> Column {
    var result = self
    switch cells {
    case .numbers(let numbers): result.cells = .numbers(indices.map { numbers[$0] })
    case .exact(let units): result.cells = .exact(indices.map { units[$0] })
    case .categories(let codes, let names):
      result.cells = .categories(indices.map { codes[$0] }, names: names)
    }
    return result
  }
}
