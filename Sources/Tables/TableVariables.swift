import LangevinPreconditions
package import LinearAlgebra

/// The rows of a table as a model of numbers and categories learns them: numbers, and then codes.
///
/// A discrete column is a categorical variable, of which a missing cell is one more category. Any other column
/// is a number in the coordinate of its ``TableEncoding``, and if cells are missing also a variable of two
/// categories, present and missing.
package struct TableVariables: Sendable {
  /// The encoding of the table as coordinates.
  package let encoding: TableEncoding
  private let places: [Place]
  /// The number of numbers of a row.
  package let dimension: Int
  /// The number of categories of each variable.
  package let categories: [Int]

  /// The place of a column in a row.
  private struct Place {
    /// The index of its number; nil if the column is discrete or constant.
    var number: Int?
    /// The index of its variable; nil if it has none.
    var variable: Int?
    var isDiscrete: Bool
  }

  /// Creates the variables of `encoding`, whose columns with the indices `discreteColumns` are discrete.
  package init(_ encoding: TableEncoding, discreteColumns: [Int]) {
    self.encoding = encoding
    var (numbers, categories) = (0, [Int]())
    let discrete = Set(discreteColumns)
    places = encoding.columns.enumerated().map { index, column in
      var place = Place(isDiscrete: discrete.contains(index))
      if place.isDiscrete {
        place.variable = categories.count
        categories.append(column.codeCount)
        return place
      }
      if column.valueWidth > 0 {
        place.number = numbers
        numbers += 1
      }
      if column.hasMissing {
        place.variable = categories.count
        categories.append(2)
      }
      return place
    }
    (dimension, self.categories) = (numbers, categories)
  }

  /// The number of columns of a row.
  package var width: Int { dimension + categories.count }

  /// For each variable, the code of a missing cell; nil if no cell is missing.
  package var missingCodes: [Int?] {
    var codes = [Int?](repeating: nil, count: categories.count)
    for (place, column) in zip(places, encoding.columns) {
      guard let variable = place.variable, column.hasMissing else { continue }
      codes[variable] = categories[variable] - 1
    }
    return codes
  }

  /// Returns the rows whose coordinates are `coordinates`.
  package func rows(_ coordinates: Matrix<Float>) -> Matrix<Float> {
    require(
      coordinates.columns == encoding.width,
      "TableVariables: \(coordinates.columns) columns of coordinates, not \(encoding.width)")
    var result = Matrix<Float>(rows: coordinates.rows, columns: width)
    for (place, (column, range)) in zip(places, zip(encoding.columns, encoding.ranges)) {
      for row in 0..<coordinates.rows {
        if let number = place.number { result[row, number] = coordinates[row, range.lowerBound] }
        guard let variable = place.variable else { continue }
        let cell = column.decode(coordinates.row(row), at: range.lowerBound)
        let code = place.isDiscrete ? column.discreteCode(cell) : cell == .missing ? 1 : 0
        result[row, dimension + variable] = Float(code)
      }
    }
    return result
  }

  /// Returns the rows whose coordinates are `coordinates` where `known` is not 0, and NaN for unknown cells.
  package func rows(_ coordinates: Matrix<Float>, known: Matrix<Float>) -> Matrix<Float> {
    var result = rows(coordinates)
    for (place, (column, range)) in zip(places, zip(encoding.columns, encoding.ranges))
    where column.valueWidth > 0 {
      for row in 0..<coordinates.rows where known[row, range.lowerBound] == 0 {
        if let number = place.number { result[row, number] = .nan }
        if let variable = place.variable, place.isDiscrete {
          result[row, dimension + variable] = .nan
        }
      }
    }
    return result
  }

  /// Returns the table whose rows are `rows`.
  package func table(_ rows: Matrix<Float>) -> Table {
    require(
      rows.columns == width, "TableVariables: rows of \(rows.columns) columns, not \(width)")
    return Table(
      zip(places, encoding.columns).map { place, column in
        column.column(rows: rows.rows) { row in
          let code = place.variable.map { Int(rows[row, dimension + $0]) } ?? 0
          if place.isDiscrete { return column.discreteCell(code) }
          if place.variable != nil && code == 1 { return .missing }
          return column.value(z: place.number.map { rows[row, $0] } ?? 0)
        }
      }, layout: encoding.layout ?? .csv())
  }

  /// Returns the coordinates of `rows`. `random` draws the place of a cell within a step of its distribution.
  ///
  /// If a number is not finite, all coordinates are NaN, because no cell stands for it.
  package func coordinates(_ rows: Matrix<Float>, random: RandomStream) -> Matrix<Float> {
    guard rows.isFinite else {
      return Matrix<Float>(rows: rows.rows, columns: encoding.width, repeating: .nan)
    }
    do {
      return try encoding.encode(table(rows), random: random)
    } catch {
      requirementFailure("TableVariables: cells of the encoding cannot be encoded: \(error)")
    }
  }

  /// Returns rows in which all cells but the conditions are unknown, NaN. `contexts` are the coordinates of the
  /// conditions, one row each.
  package func unknownRows(count: Int, contexts: Matrix<Float>?) -> Matrix<Float> {
    var result = Matrix<Float>(rows: count, columns: width, repeating: .nan)
    guard let contexts else { return result }
    for (place, (column, range)) in zip(places, zip(encoding.columns, encoding.ranges))
    where column.isCondition {
      guard let variable = place.variable else { continue }
      for row in 0..<count {
        let cell = column.decode(contexts.row(row), at: range.lowerBound - encoding.dimension)
        result[row, dimension + variable] = Float(column.discreteCode(cell))
      }
    }
    return result
  }
}

extension TableEncoding {
  /// The largest number of values that numbers may have to be discrete.
  private static let mostDiscreteValues = 256
  /// The least number of cells of each value, on average, for numbers to be discrete.
  private static let cellsPerValue = 20

  /// The indices of the columns that a model should learn as categorical variables: categories, and numbers of
  /// which there are few different ones, each of them often.
  package var discreteColumns: [Int] {
    if image != nil { return [] }
    return columns.indices.filter { index in
      let column = columns[index]
      switch column.form {
      case .pixel: return false
      case .condition: return true
      case .twoCategories, .categories: return column.valueWidth > 0
      case .numbers(let quantiles, _):
        let count = quantiles.values.count
        return column.valueWidth > 0 && quantiles.holdsAllValues
          && count <= Self.mostDiscreteValues && quantiles.cellCount >= count * Self.cellsPerValue
      }
    }
  }
}

extension ColumnEncoding {
  /// The number of codes of cells, with one for missing cells if there are any.
  fileprivate var codeCount: Int {
    (categories?.count ?? quantiles?.values.count ?? 1) + (hasMissing ? 1 : 0)
  }

  /// Returns the code of `cell`: the index of its category, or of its number among all numbers.
  fileprivate func discreteCode(_ cell: Cell) -> Int {
    switch cell {
    case .category(let code): return code
    case .missing: return codeCount - 1
    case .number(let number):
      guard let values = quantiles?.values else { return 0 }
      return min(values.indices.firstReached { values[$0] >= number }, values.count - 1)
    case .exact(let units):
      guard let values = quantiles?.units else { return 0 }
      return min(values.indices.firstReached { values[$0] >= units }, values.count - 1)
    }
  }

  /// Returns the cell of `code`.
  fileprivate func discreteCell(_ code: Int) -> Cell {
    if hasMissing && code == codeCount - 1 { return .missing }
    guard let quantiles else { return .category(code) }
    if let units = quantiles.units { return .exact(units[code]) }
    return .number(quantiles.values[code])
  }
}
