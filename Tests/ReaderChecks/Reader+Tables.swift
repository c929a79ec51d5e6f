import LinearAlgebra
import Tables

extension Reader {
  static func problemWithNPY(_ bytes: [UInt8]) -> String? {
    let values: Matrix
    do {
      values = try NPY.matrix(parsing: bytes)
    } catch {
      return problem(withRefusal: error.description)
    }
    if !values.isFinite || values.isEmpty { return "its matrix is empty or not finite" }
    let again = try? NPY.matrix(parsing: NPY.bytes(of: values))
    return again == values ? nil : "its matrix is read again as another"
  }

  /// As numbers, and as a table in each way that there is to read one.
  static func problemWithCSV(_ bytes: [UInt8]) -> String? {
    if let problem = problemWithNumbers(bytes) { return problem }
    for hasHeader in [nil, true, false] {
      var options = TableOptions()
      options.hasHeader = hasHeader
      do throws(TableError) {
        let table = try Table(csv: bytes, options: options)
        if let problem = problem(with: table, options) { return problem }
        options.categorical = Set(table.columns.map(\.name))
        let texts = try Table(csv: bytes, options: options)
        if let problem = problem(with: texts, options) { return "as texts: \(problem)" }
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
    if !table.values.isFinite || table.values.isEmpty { return "they are no finite numbers" }
    let written = CSV.bytes(of: table.values, names: table.names)
    guard let again = try? CSV.table(parsing: written), again.values == table.values,
      table.names == nil || again.names == table.names
    else { return "its numbers are read again as others: \(text(written))" }
    return nil
  }

  private static func problem(with table: Table, _ options: TableOptions) -> String? {
    let encoding = TableEncoding(table)
    if let problem = encoding.problem { return "its encoding is refused: \(problem)" }
    var options = encoding.options(options)
    options.hasHeader = true
    if let problem = problem(withWriting: table, options) { return problem }
    do {
      let coordinates = try encoding.encode(table, random: RandomStream(seed: 1))
      guard coordinates.isFinite else { return "its coordinates are not finite" }
      let decoded = encoding.decode(coordinates)
      if let difference = difference(between: decoded, and: table) {
        return "its coordinates are those of another table: \(difference)"
      }
      return problem(withWriting: decoded, options).map { "decoded: \($0)" }
    } catch {
      return "its own encoding refuses it: \(error)"
    }
  }

  private static func problem(withWriting table: Table, _ options: TableOptions) -> String? {
    let written = CSV.bytes(of: table)
    do {
      let again = try Table(csv: written, options: options)
      return difference(between: again, and: table).map {
        "it is read again as another: \($0), of \(text(written))"
      }
    } catch {
      return "what was written is refused: \(error), of \(text(written))"
    }
  }

  /// Where the cells of `a` are others than those of `b`; nil if they nowhere are.
  private static func difference(between a: Table, and b: Table) -> String? {
    guard a.columns.map(\.name) == b.columns.map(\.name), a.rowCount == b.rowCount else {
      return "its names or the number of its rows differ"
    }
    for (mine, other) in zip(a.columns, b.columns) {
      let row = (0..<b.rowCount).first { row in
        if mine.isMissing(row) || other.isMissing(row) {
          return mine.isMissing(row) != other.isMissing(row)
        }
        return switch (mine.cells, other.cells) {
        case (.numbers(let mine), .numbers(let others)):
          // Without a number of digits, those of a 32-bit float are written.
          other.style.decimals == nil
            ? Float(mine[row]) != Float(others[row]) : mine[row] != others[row]
        case (.categories(let mine, let names), .categories(let others, let otherNames)):
          names[Int(mine[row])] != otherNames[Int(others[row])]
        default: true
        }
      }
      if let row { return "row \(row) of column \(other.name.debugDescription)" }
    }
    return nil
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix(1000), as: UTF8.self).debugDescription
  }
}
