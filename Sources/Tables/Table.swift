import LangevinPreconditions

/// A table with columns of numbers and categories, in which cells may be missing. All columns have the same
/// length.
public struct Table: Sendable, Equatable {
  /// The columns, in the order of the file. They must have the same length and different names.
  public var columns: [Column] {
    didSet { Self.check(columns) }
  }
  /// The number of rows.
  public var rowCount: Int { columns.first?.cells.count ?? 0 }
  /// The layout of the cells in the table's file, in which ``csv`` and ``npy()`` write them.
  package var layout: TableLayout

  /// Creates a table of `columns`, which have the same length and different names.
  public init(_ columns: [Column]) { self.init(columns, layout: .csv()) }

  /// Creates a table of `columns`, which have the same length and different names.
  package init(_ columns: [Column], layout: TableLayout) {
    self.layout = layout
    Self.check(columns)
    self.columns = columns
  }

  private static func check(_ columns: [Column]) {
    require(
      columns.allSatisfy { $0.cells.count == columns[0].cells.count },
      "Table: columns of different lengths, \(columns.map(\.cells.count)) cells")
    require(
      Set(columns.map(\.name)).count == columns.count,
      "Table: two columns have the same name among \(columns.map(\.name))")
  }

  /// Returns the column named `name`; nil if the table has no such column.
  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// Returns the table with `column` as its last one, which has the same length and another name.
  public func appending(_ column: Column) -> Table { Table(columns + [column], layout: layout) }

  /// Returns the rows at `indices`, in that order.
  public func rows(at indices: some Sequence<Int>) -> Table {
    let indices = Array(indices)
    return Table(columns.map { $0.rows(at: indices) }, layout: layout)
  }
}

/// The kind of a column: numbers or categories.
public enum ColumnKind: String, Codable, Sendable, Hashable, CaseIterable {
  /// Numbers.
  case numeric
  /// Categories, each of which is a text.
  case categorical
}

/// A column of a ``Table``.
public struct Column: Sendable, Equatable {
  /// The cells of a column.
  package enum Cells: Sendable, Equatable {
    /// Numbers; NaN where the cell is missing.
    case numbers([Double])
    /// Decimal numbers that `Double` cannot represent, such as integers of 19 digits, as integers in units of
    /// 10^-d, where d is the number of decimals of the column's ``Column/style``; ``Column/missingUnits``
    /// where the cell is missing.
    case exact([Int128])
    /// Indices of the names; -1 where the cell is missing.
    case categories([Int32], names: [String])

    /// Returns whether all cells are equal; missing cells equal each other.
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

    /// The number of cells.
    package var count: Int {
      switch self {
      case .numbers(let numbers): numbers.count
      case .exact(let units): units.count
      case .categories(let codes, _): codes.count
      }
    }
  }

  /// The value in ``Cells/exact(_:)`` that stands for a missing cell.
  package static let missingUnits = Int128.min

  /// The name of the column.
  public let name: String
  /// The cells of the column.
  package var cells: Cells
  /// The style in which cells are written.
  package var style: CellStyle

  /// Creates a column of `cells`.
  package init(_ name: String, _ cells: Cells, style: CellStyle = CellStyle()) {
    self.name = name
    self.cells = cells
    self.style = style
  }

  /// The kind of the cells.
  public var kind: ColumnKind {
    switch cells {
    case .numbers, .exact: .numeric
    case .categories: .categorical
    }
  }

  /// Returns whether the cell in `row` is missing.
  public func isMissing(_ row: Int) -> Bool {
    switch cells {
    case .numbers(let numbers): numbers[row].isNaN
    case .exact(let units): units[row] == Self.missingUnits
    case .categories(let codes, _): codes[row] < 0
    }
  }

  /// The number of missing cells.
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
