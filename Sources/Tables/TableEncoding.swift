import LangevinErrors
internal import LangevinFiles
import LangevinPreconditions
public import LinearAlgebra

/// The encoding of a table as a matrix of coordinates, and of samples of these coordinates as a table.
///
/// Each coordinate is approximately normal. A decoded table has the columns and formats of the original one:
/// integers are integers, numbers lie within the bounds of the data, categories have their texts, and cells
/// are missing as often as in the data.
///
/// The first coordinates are those that a model samples; those of the conditions follow.
public struct TableEncoding: Codable, Sendable, Hashable {
  /// The columns, in the table's order.
  package let columns: [ColumnEncoding]

  /// The combinations of the conditions' categories in the data; nil if there are no conditions.
  package let conditions: TableConditions?
  /// The shape of images, whose pixels are all columns but the conditions; nil for other tables.
  public let image: ImageShape?
  /// The layout of the cells in the table's file; nil for lines with commas.
  package var layout: TableLayout?

  /// Creates the encoding of `table`.
  ///
  /// - Parameters:
  ///   - table: The data.
  ///   - conditions: The names of the columns that a model is conditioned on, which must be categorical.
  ///   - image: The shape of the images whose pixels are the other columns; nil if these are not pixels.
  /// - Throws: ``TableError`` if a column has no values or an infinite one; if a condition does not exist or
  ///   is numeric; if pixels are not integers, or their number does not fit `image`; or if a column has too
  ///   many categories, or a name or category is too long.
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
          column \(TableError.quoted(name)) is numeric, but a condition must be categorical; read the column \
          as categories (TableOptions.categorical)
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
    // Loading a run with an invalid encoding would fail. A table without columns cannot be trained on anyway.
    if !columns.isEmpty, let problem {
      throw .format("\(problem); change the table, or leave the column out")
    }
  }

  /// The number of coordinates, which is the number of columns of the matrix.
  package var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// The number of coordinates that a model samples, which are the first columns of the matrix.
  public var dimension: Int { columns.reduce(0) { $0 + ($1.isCondition ? 0 : $1.width) } }

  /// The number of coordinates that a model is conditioned on, which are the last columns of the matrix.
  public var contextWidth: Int { width - dimension }

  /// The matrix columns that hold the coordinates of each table column.
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

  /// The gray levels of the pixels of images; nil for other tables.
  package var pixelLevels: PixelLevels? { columns.lazy.compactMap(\.pixels).first }

  /// Returns the brightness of the pixels of images, from 0 to 1, one image per row of `coordinates`.
  package func brightness(_ coordinates: Matrix<Float>) -> Matrix<Float> {
    require(image != nil, "TableEncoding: the table is not of images")
    guard let levels = pixelLevels else { return coordinates }
    return Matrix<Float>(rows: coordinates.rows, columns: dimension) { row, column in
      Float(levels.brightness(levels.decode(Double(coordinates[row, column]))))
    }
  }

  /// Returns the index of each row's category of the first condition; nil if there are no conditions.
  package func codesOfFirstCondition(_ coordinates: Matrix<Float>) -> [Int]? {
    guard let index = columns.firstIndex(where: \.isCondition) else { return nil }
    let range = ranges[index]
    return (0..<coordinates.rows).map { row in
      range.first { coordinates[row, $0] == 1 }.map { $0 - range.lowerBound } ?? 0
    }
  }

  /// Returns the coordinates of each row of `table`, whose columns have the names and kinds of the
  /// encoding's.
  ///
  /// - Parameters:
  ///   - table: The rows, with columns in any order.
  ///   - random: Draws the place of a cell within a step of its distribution.
  /// - Returns: A matrix of rows × (``dimension`` + ``contextWidth``).
  /// - Throws: ``TableError`` if a column or a category is unknown, a column is missing, or a cell is missing
  ///   in a column that has no missing cells in the encoding's data.
  public func encode(_ table: Table, random: RandomStream) throws(TableError) -> Matrix<Float> {
    let table = try aligned(table)
    var result = Matrix<Float>(rows: table.rowCount, columns: width)
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

  /// Returns the table whose coordinates `matrix` holds.
  public func decode(_ matrix: Matrix<Float>) -> Table {
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

  /// Returns `table` with the columns in the order of the encoding, and with its indices of categories.
  ///
  /// An incomplete table may lack columns, and any of its cells may be missing.
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

  /// Returns `options` changed to read a file with the columns of the encoding.
  package func options(_ options: TableOptions = TableOptions()) -> TableOptions {
    var options = options
    options.categorical = Set(columns.filter { $0.kind == .categorical }.map(\.name))
    options.numeric = Set(columns.filter { $0.kind == .numeric }.map(\.name))
    options.flattensRows = image != nil
    for column in columns { options.notations[column.name] = column.style.notation }
    return options
  }

  /// The reason why an encoding from a file is invalid; nil if it is valid.
  package var problem: String? {
    if columns.isEmpty { return "it has no columns" }
    let texts = columns.flatMap { [$0.name] + ($0.categories ?? []) }
    if texts.contains(where: { $0.utf8.count > CSV.longestText }) {
      return "a name or category has more than \(CSV.longestText) bytes"
    }
    if Set(columns.map(\.name)).count != columns.count { return "two columns have the same name" }
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
      return "it has pixels but no image"
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
  /// Throws unless at least one cell is present, and all numbers are finite.
  fileprivate func requireValues() throws(TableError) {
    if missingCount == cells.count {
      throw .format(
        "all cells of column \(TableError.quoted(name)) are missing; leave it out, or add rows")
    }
    guard case .numbers(let numbers) = cells else { return }
    if let row = numbers.firstIndex(where: \.isInfinite) {
      throw .format(
        """
        row \(row + 1), column \(TableError.quoted(name)) is infinite; change it, or make it NaN, a missing \
        cell
        """)
    }
  }
}
