import LinearAlgebra
import Tables

extension Reader {
  static func problemWithNPY(_ bytes: [UInt8]) -> String? {
    for flattens in [false, true] {
      if let problem = problemWithArray(bytes, flattens: flattens) { return problem }
      let values: Matrix<Float>
      do {
        values = try NPY.matrix(parsing: bytes, flattens: flattens)
      } catch {
        if let problem = problem(withRefusal: error.description) { return problem }
        continue
      }
      if !values.isFinite || values.isEmpty { return "its matrix is empty or not finite" }
      let again = try? NPY.matrix(parsing: NPY.bytes(of: values))
      if again != values { return "its matrix changes when written and read again" }
    }
    return nil
  }

  /// Reads the array as a table, with integers of all digits, missing cells, and the shape of rows.
  private static func problemWithArray(_ bytes: [UInt8], flattens: Bool) -> String? {
    var options = TableOptions()
    options.flattensRows = flattens
    do {
      let table = try Table(npy: bytes, options: options)
      let written = try NPY.bytes(of: table)
      if try Table(npy: written, options: options) != table {
        return "its table changes when written and read again"
      }
      let encoding = try TableEncoding(table)
      if let problem = encoding.problem {
        return "the encoding of its table is invalid: \(problem)"
      }
      let coordinates = try encoding.encode(table, random: RandomStream(seed: 1))
      guard coordinates.isFinite else { return "the coordinates of its table are not finite" }
      _ = try NPY.bytes(of: encoding.decode(coordinates))
    } catch {
      return problem(withRefusal: error.description)
    }
    return nil
  }

  /// Reads the bytes as numbers, and as a table with every combination of options.
  static func problemWithCSV(_ bytes: [UInt8]) -> String? {
    if let problem = problemWithNumbers(bytes) { return problem }
    for hasHeader in [nil, true, false] {
      var options = TableOptions()
      options.hasHeader = hasHeader
      do throws(TableError) {
        let table = try Table(csv: bytes, options: options)
        if let problem = try problem(with: table, of: bytes, options) { return problem }
        options.categorical = Set(table.columns.map(\.name))
        let texts = try Table(csv: bytes, options: options)
        if let problem = try problem(with: texts, of: bytes, options) {
          return "as categories: \(problem)"
        }
      } catch {
        if let problem = problem(withRefusal: error.description) { return problem }
      }
    }
    return nil
  }

  private static func problemWithNumbers(_ bytes: [UInt8]) -> String? {
    let table: NumericTable
    do {
      table = try CSV.table(parsing: bytes)
    } catch {
      return problem(withRefusal: error.description)
    }
    if !table.values.isFinite || table.values.isEmpty { return "it has no finite numbers" }
    let written = CSV.bytes(of: table.values, names: table.names)
    guard let again = try? CSV.table(parsing: written), again.values == table.values,
      table.names == nil || again.names == table.names
    else { return "its numbers change when written and read again: \(text(written))" }
    return nil
  }

  private static func problem(
    with table: Table, of bytes: [UInt8], _ options: TableOptions
  ) throws(TableError) -> String? {
    var encodings = [try TableEncoding(table)]
    if let condition = table.columns.first(where: { $0.kind == .categorical }) {
      encodings.append(try TableEncoding(table, conditions: [condition.name]))
    }
    if let shape = ImageShape(width: table.columns.count, height: 1),
      let images = try? TableEncoding(table, image: shape)
    {
      encodings.append(images)
    }
    var writing = encodings[0].options(options)
    writing.hasHeader = true
    if case .csv(let separator) = table.layout { writing.separator = separator.first }
    if let problem = problem(withWriting: table, writing) { return problem }
    for encoding in encodings {
      if let problem = encoding.problem { return "its encoding is invalid: \(problem)" }
      do {
        let coordinates = try encoding.encode(table, random: RandomStream(seed: 1))
        guard coordinates.isFinite else { return "its coordinates are not finite" }
        let decoded = encoding.decode(coordinates)
        if let difference = difference(between: decoded, and: table) {
          return "its coordinates decode to a different table: \(difference)"
        }
        let contexts = try encoding.contexts(count: 2, random: RandomStream(seed: 2))
        if !contexts.isFinite { return "its contexts are not finite" }
        if let problem = problem(withWriting: decoded, writing) { return "decoded: \(problem)" }
      } catch {
        return "its own encoding rejects it: \(error)"
      }
    }
    // A first line of missing values turns into names once it is filled, unless the options state
    // whether there is a header.
    return options.hasHeader == nil ? nil : try problem(withFilling: bytes, of: table, options)
  }

  /// Fills the missing cells of a file with an encoding of its complete rows.
  private static func problem(
    withFilling bytes: [UInt8], of table: Table, _ options: TableOptions
  ) throws(TableError) -> String? {
    let complete = (0..<table.rowCount).filter { row in
      !table.columns.contains { $0.isMissing(row) }
    }
    if complete.isEmpty || complete.count == table.rowCount { return nil }
    let encoding = try TableEncoding(table.rows(at: complete))
    let incomplete = try IncompleteTable(
      csv: bytes, encoding, options: options, random: RandomStream(seed: 1))
    if let error = incomplete.skippedRows.first { throw error }
    let filled = incomplete.filled(
      RandomStream(seed: 2).normal(
        rows: 2 * incomplete.rows.incompleteRows.count, columns: encoding.width))
    do {
      var reading = encoding.options(options)
      if case .csv(let separator) = table.layout { reading.separator = separator.first }
      let again = try Table(csv: filled, options: reading)
      if again.columns.contains(where: { $0.missingCount > 0 }) {
        return "a cell is still missing in \(text(filled))"
      }
      return difference(between: again, and: table, isFilled: true).map {
        "filled, it differs: \($0), in \(text(filled))"
      }
    } catch {
      return "filled, it is rejected: \(error), in \(text(filled))"
    }
  }

  private static func problem(withWriting table: Table, _ options: TableOptions) -> String? {
    let written = CSV.bytes(of: table)
    do {
      let again = try Table(csv: written, options: options)
      return difference(between: again, and: table).map {
        "it changes when written and read again: \($0), in \(text(written))"
      }
    } catch {
      return "its written form is rejected: \(error), in \(text(written))"
    }
  }

  /// Describes the first difference between the cells of `a` and `b`; nil if there is no difference. If
  /// `a` is filled, ignores the missing cells of `b`.
  private static func difference(
    between a: Table, and b: Table, isFilled: Bool = false
  ) -> String? {
    guard a.columns.map(\.name) == b.columns.map(\.name), a.rowCount == b.rowCount else {
      return "its names or the number of its rows differ"
    }
    for (mine, other) in zip(a.columns, b.columns) {
      let row = (0..<b.rowCount).first { row in
        if isFilled, other.isMissing(row) { return false }
        if mine.isMissing(row) || other.isMissing(row) {
          return mine.isMissing(row) != other.isMissing(row)
        }
        if case .categories(let codes, let names) = mine.cells,
          case .categories(let others, let otherNames) = other.cells
        {
          return names[Int(codes[row])] != otherNames[Int(others[row])]
        }
        guard let first = number(mine, row), let second = number(other, row) else { return true }
        // Columns without a number of decimals are written with the digits of a 32-bit float.
        return other.style.decimals == nil
          ? Float(first.value) != Float(second.value) : !first.isSame(as: second)
      }
      if let row { return "row \(row) of column \(other.name.debugDescription)" }
    }
    return nil
  }

  /// Returns a number of a column. Trailing zeros after the decimal point are removed, so that equal
  /// numbers are equal whether their columns are exact or not.
  private static func number(_ column: Column, _ row: Int) -> Number? {
    switch column.cells {
    case .categories: return nil
    case .numbers(let numbers): return Number(value: numbers[row])
    case .exact(let cells):
      var (units, decimals) = (cells[row], column.style.decimals ?? 0)
      while decimals > 0, units.isMultiple(of: 10) {
        (units, decimals) = (units / 10, decimals - 1)
      }
      guard let scale = Double("1e\(decimals)") else { return nil }
      return Number(
        value: Double(units) / scale, units: units.magnitude < 1 << 53 ? nil : units)
    }
  }

  private struct Number {
    let value: Double
    /// The exact units of a number that `value` cannot distinguish from its neighbors.
    var units: Int128?

    func isSame(as other: Number) -> Bool {
      if let units, let others = other.units { return units == others }
      return value == other.value
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix(1000), as: UTF8.self).debugDescription
  }
}
