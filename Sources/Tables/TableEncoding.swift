import LangevinErrors
internal import LangevinFiles
import LangevinPreconditions
public import LinearAlgebra

/// How a table becomes a matrix of coordinates, about normal each, and how samples of such become a table
/// of the same columns and formats again: integers as integers, nothing beyond the bounds of the data,
/// categories as their texts, missing cells as often as they were.
///
/// The coordinates of conditions, which a model is told, lie behind those that it makes.
public struct TableEncoding: Codable, Sendable, Hashable {
  /// The columns, in the table's order.
  package let columns: [ColumnEncoding]

  /// Which categories of the conditions occur together; nil if there are no conditions.
  package let conditions: TableConditions?
  /// The shape of images, whose pixels are the columns that are no conditions; nil for other tables.
  public let image: ImageShape?
  /// How the table's file lays out its cells; nil for lines with commas.
  package var layout: TableLayout?

  /// That of `table`. The columns that `conditions` names are told to the model; the others are the pixels
  /// of an `image`, if one is given.
  ///
  /// - Throws: ``TableError`` if all cells of a column are missing, as in a table without rows, or one is
  ///   infinite; if there is no such condition, or it is of numbers; if pixels are not integers, or not as
  ///   many as an image has; or if a column has too many categories, or a name or text is too long.
  public init(
    _ table: Table, conditions: [String] = [], image: ImageShape? = nil
  ) throws(TableError) {
    for column in table.columns { try column.requireValues() }
    for name in conditions {
      guard let column = table.column(name) else {
        throw .format(
          "it has no column \(TableError.quoted(name)) to be a condition; name one of its columns")
      }
      if column.kind == .numeric {
        throw .format(
          """
          column \(TableError.quoted(name)) is numeric, and a condition is of categories; read it as one \
          (TableOptions.categorical)
          """)
      }
    }
    let pixels = try image.map { shape throws(TableError) in
      try PixelLevels(
        table.columns.filter { !conditions.contains($0.name) }, of: shape, rows: table.rowCount)
    }
    columns = table.columns.map {
      let isCondition = conditions.contains($0.name)
      return ColumnEncoding($0, isCondition: isCondition, pixels: isCondition ? nil : pixels)
    }
    self.image = image
    layout = table.layout == .csv() ? nil : table.layout
    self.conditions = conditions.isEmpty ? nil : TableConditions(table, columns)
    // A run of it would be refused when it is read. A table without columns is for no run.
    if !columns.isEmpty, let problem {
      throw .format("\(problem); change the table, or leave the column out")
    }
  }

  /// Columns of the matrix.
  package var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// Columns of the matrix, the first, that a model makes.
  public var dimension: Int { columns.reduce(0) { $0 + ($1.isCondition ? 0 : $1.width) } }

  /// Columns of the matrix, the last, that a model is told.
  public var contextWidth: Int { width - dimension }

  /// Which columns of the matrix hold each column's coordinates.
  package var ranges: [Range<Int>] {
    var (start, context) = (0, dimension)
    return columns.map { column in
      if column.isCondition {
        defer { context += column.width }
        return context..<context + column.width
      }
      defer { start += column.width }
      return start..<start + column.width
    }
  }

  /// The levels of the pixels of images.
  package var pixelLevels: PixelLevels? { columns.lazy.compactMap(\.pixels).first }

  /// The brightness of the pixels, from 0 to 1, of each row of coordinates of images.
  package func brightness(_ coordinates: Matrix) -> Matrix {
    require(image != nil, "TableEncoding: the table is not of images")
    guard let levels = pixelLevels else { return coordinates }
    return Matrix(rows: coordinates.rows, columns: dimension) { row, column in
      Float(levels.brightness(levels.decode(Double(coordinates[row, column]))))
    }
  }

  /// The number of each row's category of the first condition, from 0; nil if there is no condition.
  package func codesOfFirstCondition(_ coordinates: Matrix) -> [Int]? {
    guard let index = columns.firstIndex(where: \.isCondition) else { return nil }
    let range = ranges[index]
    return (0..<coordinates.rows).map { row in
      range.first { coordinates[row, $0] == 1 }.map { $0 - range.lowerBound } ?? 0
    }
  }

  /// The coordinates of each row of `table`, whose columns have the names and kinds of this.
  ///
  /// Where a cell leaves a choice, within the steps of a distribution, `random` makes it.
  ///
  /// - Throws: ``TableError`` if a column or category is not among those of this.
  public func encode(_ table: Table, random: RandomStream) throws(TableError) -> Matrix {
    let table = try aligned(table)
    var result = Matrix(rows: table.rowCount, columns: width)
    let choices = random.uniform(rows: table.rowCount, columns: width)
    for (column, (encoding, range)) in zip(table.columns, zip(columns, ranges)) {
      for row in 0..<table.rowCount {
        var coordinates = result.mutableRow(row)
        encoding.encode(
          column.cell(row), to: &coordinates, at: range.lowerBound,
          choices.row(row).extracting(range))
      }
    }
    return result
  }

  /// The table of which `matrix` holds the coordinates.
  public func decode(_ matrix: Matrix) -> Table {
    require(
      matrix.columns == width,
      "TableEncoding: \(matrix.columns) columns of coordinates, not \(width)")
    return Table(
      zip(columns, ranges).map { encoding, range in
        encoding.column(rows: matrix.rows) { row in
          encoding.decode(matrix.row(row), at: range.lowerBound)
        }
      }, layout: layout ?? .csv())
  }

  /// The columns of `table` in the order of this, with the numbers of these categories. In an incomplete
  /// table, whole columns and any cells may be missing.
  func aligned(_ table: Table, isIncomplete: Bool = false) throws(TableError) -> Table {
    if let stranger = table.columns.first(where: { column in
      !columns.contains { $0.name == column.name }
    }) {
      throw .format(
        "column \(TableError.quoted(stranger.name)) is unknown; the known columns are \(knownNames)"
      )
    }
    var result: [Column] = []
    for encoding in columns {
      if let column = table.column(encoding.name) {
        result.append(try encoding.aligned(column, isIncomplete: isIncomplete))
      } else if isIncomplete {
        result.append(encoding.column(rows: table.rowCount) { _ in .missing })
      } else {
        throw .format("column \(TableError.quoted(encoding.name)) is missing")
      }
    }
    return Table(result, layout: table.layout)
  }

  private var knownNames: String {
    columns.prefix(20).map(\.name.printable).joined(separator: ", ")
      + (columns.count > 20 ? ", …" : "")
  }

  /// How a file has to be read to have the columns of this.
  package func options(_ options: TableOptions = TableOptions()) -> TableOptions {
    var options = options
    options.categorical = Set(columns.filter { $0.kind == .categorical }.map(\.name))
    options.numeric = Set(columns.filter { $0.kind == .numeric }.map(\.name))
    options.flattensRows = image != nil
    for column in columns { options.notations[column.name] = column.style.notation }
    return options
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  package var problem: String? {
    if columns.isEmpty { return "it has no columns" }
    let texts = columns.flatMap { [$0.name] + ($0.categories ?? []) }
    if texts.contains(where: { $0.utf8.count > CSV.longestText }) {
      return "a name or category has more than \(CSV.longestText) bytes"
    }
    if Set(columns.map(\.name)).count != columns.count { return "two columns have one name" }
    for column in columns {
      if let problem = column.problem { return "column \(column.name.printable): \(problem)" }
    }
    let pixels = columns.filter { $0.pixels != nil }
    let others = columns.filter { !$0.isCondition && $0.pixels == nil }
    if let image {
      let fits =
        image.isPossible && pixels.count == image.pixels && others.isEmpty
        && Set(pixels.map(\.pixels)).count == 1
      if !fits { return "its columns are not the pixels of its image" }
    } else if !pixels.isEmpty {
      return "it has pixels, and no image"
    }
    if let problem = layout?.problem { return problem }
    let conditional = columns.filter(\.isCondition)
    guard let conditions else {
      return conditional.isEmpty ? nil : "conditions are missing"
    }
    return conditions.problem(conditional)
  }
}

extension Column {
  /// Throws unless there is a cell that is not missing, and all numbers are finite.
  fileprivate func requireValues() throws(TableError) {
    if missingCount == cells.count {
      throw .format(
        "column \(TableError.quoted(name)) has no cells that are not missing; leave it out, or add rows"
      )
    }
    guard case .numbers(let numbers) = cells else { return }
    if let row = numbers.firstIndex(where: \.isInfinite) {
      throw .format(
        """
        row \(row + 1), column \(TableError.quoted(name)) is infinite; change it, or make it NaN, which is a \
        missing cell
        """)
    }
  }
}
