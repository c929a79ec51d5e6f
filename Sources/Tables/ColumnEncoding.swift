import LangevinPreconditions
import LinearAlgebra

/// The encoding of a column as coordinates that a model of continuous data can learn.
package struct ColumnEncoding: Sendable, Hashable {
  /// The column's name.
  package let name: String
  /// The notation of cells in a file.
  package let style: CellStyle
  let form: Form

  /// The form of the coordinates.
  ///
  /// Where cells are missing, one more coordinate says whether the cell is present, 0, or missing, 1, as two
  /// steps of a distribution. The other coordinates of a missing cell are drawn as those of any other row,
  /// since nothing is known about it.
  enum Form: Codable, Sendable, Hashable {
    /// One coordinate, by the distribution of the numbers; none if they are constant.
    case numbers(quantiles: QuantileTransform, missing: QuantileTransform?)
    /// One coordinate with a step for each of two categories.
    case twoCategories(names: [String], steps: QuantileTransform, missing: QuantileTransform?)
    /// A coordinate for each category: 1 for the category of the cell, 0 for the others. A sample has the
    /// category of the largest coordinate. A constant column has no coordinate.
    case categories(names: [String], counts: [Int], missing: QuantileTransform?)
    /// One coordinate for a pixel of an image, constant or not.
    case pixel(levels: PixelLevels)
    /// A condition, on which a model is conditioned: a coordinate for each category, constant or not, and one
    /// for missing cells if there are any. The coordinate of the cell's category is 1, and the others are 0.
    case condition(names: [String], counts: [Int], missing: Int)
  }

  /// Creates the encoding of `column`, which has at least one cell that is not missing, finite numbers,
  /// categories if it `isCondition`, and integers if it is of `pixels`.
  init(_ column: Column, isCondition: Bool = false, pixels: PixelLevels? = nil) {
    name = column.name
    style = column.style
    let missingCount = column.missingCount
    let missing =
      missingCount == 0
      ? nil : QuantileTransform(counts: [column.cells.count - missingCount, missingCount])
    switch column.cells {
    case .numbers(let numbers):
      if let pixels {
        form = .pixel(levels: pixels)
      } else if let quantiles = QuantileTransform(numbers.filter { !$0.isNaN }) {
        form = .numbers(quantiles: quantiles, missing: missing)
      } else {
        requirementFailure("ColumnEncoding: column \(name) has no finite numbers")
      }
    case .exact(let units):
      guard let quantiles = QuantileTransform(units: units.filter { $0 != Column.missingUnits })
      else { requirementFailure("ColumnEncoding: column \(name) has no numbers") }
      form = .numbers(quantiles: quantiles, missing: missing)
    case .categories(let codes, let names):
      var counts = [Int](repeating: 0, count: names.count)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      if isCondition {
        form = .condition(names: names, counts: counts, missing: missingCount)
      } else if names.count == 2 && !counts.contains(0) {
        form = .twoCategories(
          names: names, steps: QuantileTransform(counts: counts), missing: missing)
      } else {
        form = .categories(names: names, counts: counts, missing: missing)
      }
    }
  }

  /// The texts of the categories; nil if cells are numbers.
  package var categories: [String]? {
    switch form {
    case .numbers, .pixel: nil
    case .twoCategories(let names, _, _), .categories(let names, _, _),
      .condition(let names, _, _):
      names
    }
  }

  /// The kind of the cells.
  package var kind: ColumnKind { categories == nil ? .numeric : .categorical }

  /// Whether the column is a condition: the model is conditioned on it, and does not sample it.
  package var isCondition: Bool { if case .condition = form { true } else { false } }

  /// The gray levels of a pixel; nil if the column is not a pixel.
  var pixels: PixelLevels? { if case .pixel(let levels) = form { levels } else { nil } }

  /// The distribution of numbers; nil for other cells.
  var quantiles: QuantileTransform? {
    if case .numbers(let quantiles, _) = form { quantiles } else { nil }
  }

  /// The distribution of 0, present, and 1, missing; nil if no cell is missing.
  var missing: QuantileTransform? {
    switch form {
    case .numbers(_, let missing), .twoCategories(_, _, let missing),
      .categories(_, _, let missing):
      missing
    case .pixel, .condition: nil
    }
  }

  /// The number of coordinates without that of missing cells.
  var valueWidth: Int {
    switch form {
    case .numbers(let quantiles, _): quantiles.isConstant ? 0 : 1
    case .twoCategories, .pixel: 1
    case .categories(let names, _, _): names.count == 1 ? 0 : names.count
    case .condition(let names, _, let missing): names.count + (missing > 0 ? 1 : 0)
    }
  }

  /// The number of coordinates.
  package var width: Int { valueWidth + (missing == nil ? 0 : 1) }

  /// Whether cells are numbers that `Double` cannot represent (``Column/Cells/exact(_:)``).
  var isExact: Bool { quantiles?.units != nil }

  /// The least and the greatest number, to the nearest `Double`; 0 for categories.
  package var range: ClosedRange<Double> {
    // A `switch`, so that the compiler asks for the range of a new form.
    switch form {
    case .numbers(let quantiles, _): quantiles.range
    case .pixel(let levels): levels.range
    case .twoCategories, .categories, .condition: 0...0
    }
  }

  /// Whether cells can be missing.
  package var hasMissing: Bool {
    switch form {
    case .condition(_, _, let missing): missing > 0
    case .numbers, .twoCategories, .categories, .pixel: missing != nil
    }
  }

  /// Returns the index of the coordinate of a condition that is 1 for `cell`.
  func code(_ cell: Cell) -> Int {
    if case .category(let code) = cell { code } else { categories?.count ?? 0 }
  }

  /// Writes the coordinates of `cell` to `row` from `start` on. `random` has numbers of [0, 1), one for
  /// each coordinate.
  func encode(
    _ cell: Cell, to row: inout MutableSpan<Float>, at start: Int, _ random: Span<Float>
  ) {
    let width = valueWidth
    if let missing {
      let isMissing = cell == .missing
      row[start + width] = Float(missing.encode(isMissing ? 1 : 0, place: Double(random[width])))
    }
    if width == 0 { return }
    switch form {
    case .condition:
      let code = code(cell)
      for index in 0..<width { row[start + index] = index == code ? 1 : 0 }
    case .categories(_, let counts, _):
      if case .category(let code) = cell {
        for index in 0..<width { row[start + index] = index == code ? 1 : 0 }
      } else {
        let total = Float(counts.reduce(0, +))
        for index in 0..<width { row[start + index] = Float(counts[index]) / total }
      }
    case .pixel(let levels):
      if case .number(let number) = cell {
        row[start] = Float(levels.encode(number, place: Double(random[0])))
      }
    case .numbers(let quantiles, _), .twoCategories(_, let quantiles, _):
      row[start] = Float(quantiles.encode(cell, place: Double(random[0])))
    }
  }

  /// Returns the cell whose coordinates `row` holds from `start` on.
  func decode(_ row: Span<Float>, at start: Int) -> Cell {
    if let missing, missing.decode(Double(row[start + valueWidth])) > 0.5 { return .missing }
    return value(row, at: start)
  }

  /// Returns the cell whose coordinates `row` holds from `start` on, if the cell is not missing.
  func value(_ row: Span<Float>, at start: Int) -> Cell {
    switch form {
    case .pixel, .twoCategories, .numbers: return value(z: valueWidth == 0 ? 0 : row[start])
    case .categories(let names, _, _), .condition(let names, _, _):
      let width = valueWidth
      if width == 0 { return .category(0) }
      var best = 0
      for index in 1..<width where row[start + index] > row[start + best] { best = index }
      // The last coordinate of a condition can be that of missing cells.
      return best < names.count ? .category(best) : .missing
    }
  }

  /// Returns the cell whose only coordinate is `z`, if the cell is not missing.
  func value(z: Float) -> Cell {
    switch form {
    case .pixel(let levels): return .number(levels.decode(Double(z)))
    case .twoCategories(_, let steps, _):
      return .category(steps.value(at: steps.place(of: Double(z))) < 0.5 ? 0 : 1)
    case .numbers(let quantiles, _):
      let place = quantiles.isConstant ? .value(0) : quantiles.place(of: Double(z))
      if let units = quantiles.units(at: place) { return .exact(units) }
      let number = quantiles.value(at: place)
      // A value of the data needs no rounding.
      if case .value = place { return .number(number) }
      return .number(style.rounded(number, within: quantiles.range))
    case .categories, .condition: return .category(0)
    }
  }

  /// The reason why an encoding from a file is invalid; nil if it is valid.
  var problem: String? {
    if let problem = style.problem ?? missing?.problem { return problem }
    if let missing, missing.values != [0, 1] || missing.units != nil {
      return "missing is not of the values 0 and 1"
    }
    switch form {
    case .pixel(let levels): return levels.problem
    case .numbers(let quantiles, _):
      if isExact, style.decimals == nil { return "it has exact numbers but no decimals" }
      return quantiles.problem
    case .twoCategories(let names, let steps, _):
      if names.count != 2 || steps.values != [0, 1] || steps.units != nil {
        return "its steps are not of two categories"
      }
      return steps.problem
    case .categories(let names, let counts, _): return Self.problem(names, counts)
    case .condition(let names, let counts, let missing):
      if !(0...1 << 40).contains(missing) { return "its number of missing cells is \(missing)" }
      return Self.problem(names, counts)
    }
  }

  private static func problem(_ names: [String], _ counts: [Int]) -> String? {
    if names.isEmpty || names.count != counts.count {
      return "it has \(names.count) categories and \(counts.count) counts"
    }
    if counts.contains(where: { $0 < 0 || $0 > 1 << 40 }) || counts.allSatisfy({ $0 == 0 }) {
      return "its counts are not from 0 to \(1 << 40), or all are 0"
    }
    return names.count > ColumnReader.mostCategories
      ? "it has \(names.count) categories, more than \(ColumnReader.mostCategories)" : nil
  }
}

extension QuantileTransform {
  /// Returns z of the number or the category of `cell`; of a missing cell, a normal number from `place`.
  fileprivate func encode(_ cell: Cell, place: Double) -> Double {
    switch cell {
    case .missing: normalQuantile(max(place, 0x1p-25))
    case .number(let number): encode(number, place: place)
    case .exact(let units): encode(units: units, place: place)
    case .category(let code): encode(Double(code), place: place)
    }
  }
}

extension ColumnEncoding: Codable {
  private enum CodingKeys: CodingKey { case name, style, form }

  /// The keys of formats 1 to 3, which had the parts of all forms side by side.
  private struct Former: Decodable {
    let categories: [String]?
    let counts: [Int]
    let quantiles: QuantileTransform?
    let missing: QuantileTransform?
    let missingOfCondition: Int?
    let pixels: PixelLevels?

    var form: Form? {
      switch (categories, quantiles, pixels, missingOfCondition) {
      case (nil, let quantiles?, nil, nil) where counts.isEmpty:
        .numbers(quantiles: quantiles, missing: missing)
      case (nil, nil, let pixels?, nil) where counts.isEmpty && missing == nil:
        .pixel(levels: pixels)
      case (let names?, let steps?, nil, nil):
        .twoCategories(names: names, steps: steps, missing: missing)
      case (let names?, nil, nil, nil):
        .categories(names: names, counts: counts, missing: missing)
      case (let names?, nil, nil, let count?) where missing == nil:
        .condition(names: names, counts: counts, missing: count)
      default: nil
      }
    }
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    style = try values.decode(CellStyle.self, forKey: .style)
    if values.contains(.form) {
      form = try values.decode(Form.self, forKey: .form)
    } else if let form = try Former(from: decoder).form {
      self.form = form
    } else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: values.codingPath, debugDescription: "its parts do not fit together"))
    }
  }
}
