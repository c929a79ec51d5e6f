import LinearAlgebra

/// How a column becomes coordinates that a model of continuous data can learn, and back.
///
/// - Numbers become one coordinate, by a ``QuantileTransform``.
/// - Two categories, too: each is a step of the distribution.
/// - More become a coordinate each, 1 for the category of the cell and 0 for the others; the largest
///   tells the category.
/// - If cells are missing, one more coordinate tells whether: again two steps. The coordinates of a
///   missing cell are those of any other row would be: noise, as nothing is known of them.
/// - A constant column needs none.
/// - The pixels of an image become one coordinate each, constant or not, by ``PixelLevels``.
/// - A condition, of which a model is told and which it does not make, is a coordinate for each category,
///   constant or not, and one more for a missing cell: 1 for the cell's own and 0 for the others.
public struct ColumnEncoding: Codable, Sendable, Hashable {
  /// The column's name.
  public let name: String
  /// How cells are written.
  public let style: CellStyle
  /// The texts of the categories; nil if cells are numbers.
  public let categories: [String]?
  /// How often each category occurs, among cells that are not missing.
  let counts: [Int]
  /// The distribution of numbers, or of the numbers of two categories; nil if there are more.
  let quantiles: QuantileTransform?
  /// The distribution of 0, present, and 1, missing; nil if no cell is missing.
  let missing: QuantileTransform?
  /// How many cells of a condition are missing; nil if the column is none.
  let missingOfCondition: Int?
  /// The levels of a pixel; nil if the column is none.
  let pixels: PixelLevels?

  /// That of `column`, which has at least one cell that is not missing, finite numbers, and categories if it
  /// `isCondition`, or integers if it is of `pixels`.
  init(_ column: Column, isCondition: Bool = false, pixels: PixelLevels? = nil) {
    self.pixels = pixels
    name = column.name
    style = column.style
    let missingCount = column.missingCount
    missingOfCondition = isCondition ? missingCount : nil
    missing =
      missingCount == 0 || isCondition
      ? nil : QuantileTransform(counts: [column.cells.count - missingCount, missingCount])
    switch column.cells {
    case .numbers(let numbers):
      categories = nil
      counts = []
      quantiles = pixels == nil ? QuantileTransform(numbers.filter { !$0.isNaN }) : nil
    case .exact(let units):
      categories = nil
      counts = []
      quantiles = QuantileTransform(units: units.filter { $0 != Column.missingUnits })
    case .categories(let codes, let names):
      var counts = [Int](repeating: 0, count: names.count)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      categories = names
      self.counts = counts
      let areSteps = names.count == 2 && !counts.contains(0) && !isCondition
      quantiles = areSteps ? QuantileTransform(counts: counts) : nil
    }
  }

  /// What the column holds.
  public var kind: ColumnKind { categories == nil ? .numeric : .categorical }

  /// Whether a model is told of the column, and does not make it.
  public var isCondition: Bool { missingOfCondition != nil }

  /// Coordinates of the value alone.
  var valueWidth: Int {
    if pixels != nil { return 1 }
    if let missingOfCondition { return counts.count + (missingOfCondition > 0 ? 1 : 0) }
    if let quantiles { return quantiles.isConstant ? 0 : 1 }
    return counts.count == 1 ? 0 : counts.count
  }

  /// Coordinates in all.
  public var width: Int { valueWidth + (missing == nil ? 0 : 1) }

  /// Whether cells are numbers that `Double` does not hold (``Column/Cells/exact(_:)``).
  var isExact: Bool { quantiles?.units != nil }

  /// Between which numbers cells are, to the nearest `Double`; of no meaning for categories.
  public var range: ClosedRange<Double> { pixels?.range ?? quantiles?.range ?? 0...0 }

  /// Whether cells can be missing.
  public var hasMissing: Bool { missing != nil || (missingOfCondition ?? 0) > 0 }

  /// The number of the coordinate of a condition that `cell` makes 1.
  func code(_ cell: Cell) -> Int {
    if case .category(let code) = cell { code } else { counts.count }
  }

  /// Writes the coordinates of `cell` to `row` from `start` on. `random` has numbers of [0, 1), one for
  /// each coordinate.
  func encode(
    _ cell: Cell, to row: inout MutableSpan<Float>, at start: Int, _ random: Span<Float>
  ) {
    if isCondition {
      for index in 0..<valueWidth { row[start + index] = index == code(cell) ? 1 : 0 }
      return
    }
    if let missing {
      let isMissing = cell == .missing
      row[start + valueWidth] = Float(
        missing.encode(isMissing ? 1 : 0, place: Double(random[valueWidth])))
    }
    if valueWidth == 0 { return }
    switch cell {
    case .missing:
      for index in 0..<valueWidth {
        row[start + index] =
          quantiles == nil
          ? Float(counts[index]) / Float(counts.reduce(0, +))
          : Float(normalQuantile(Double(max(random[index], 0x1p-25))))
      }
    case .number(let number):
      if let pixels {
        row[start] = Float(pixels.encode(number, place: Double(random[0])))
        return
      }
      row[start] = Float(quantiles?.encode(number, place: Double(random[0])) ?? 0)
    case .exact(let units):
      row[start] = Float(quantiles?.encode(units: units, place: Double(random[0])) ?? 0)
    case .category(let code):
      if let quantiles {
        row[start] = Float(quantiles.encode(Double(code), place: Double(random[0])))
      } else {
        for index in 0..<valueWidth { row[start + index] = index == code ? 1 : 0 }
      }
    }
  }

  /// The cell of which `row` holds the coordinates from `start` on.
  func decode(_ row: Span<Float>, at start: Int) -> Cell {
    if let missing, missing.decode(Double(row[start + valueWidth])) > 0.5 { return .missing }
    return value(row, at: start)
  }

  /// The same, as if no cell were missing.
  func value(_ row: Span<Float>, at start: Int) -> Cell {
    if let pixels { return .number(pixels.decode(Double(row[start]))) }
    if let quantiles {
      let place = valueWidth == 0 ? .value(0) : quantiles.place(of: Double(row[start]))
      if let units = quantiles.units(at: place) { return .exact(units) }
      let number = quantiles.value(at: place)
      if categories != nil { return .category(number < 0.5 ? 0 : 1) }
      // What is known is as the file has it.
      if case .value = place { return .number(number) }
      return .number(style.rounded(number, within: quantiles.range))
    }
    if valueWidth == 0 { return .category(0) }
    // Of a condition, behind the categories, comes what is missing.
    var best = 0
    for index in 1..<valueWidth where row[start + index] > row[start + best] { best = index }
    return best < counts.count ? .category(best) : .missing
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    if let problem = style.problem ?? quantiles?.problem ?? missing?.problem { return problem }
    if let missing, missing.values != [0, 1] || missing.units != nil {
      return "missing is not of the values 0 and 1"
    }
    guard let categories else {
      if isCondition { return "it is a condition, and not of categories" }
      if !counts.isEmpty { return "it has counts of categories, and none" }
      if isExact, style.decimals == nil { return "it has exact numbers, and no decimals" }
      if let pixels {
        if quantiles != nil || missing != nil { return "it is of pixels, and has quantiles" }
        return pixels.problem
      }
      return quantiles == nil ? "its quantiles are missing" : nil
    }
    if pixels != nil { return "it is of pixels, and has categories" }
    if categories.isEmpty || categories.count != counts.count {
      return "it has \(categories.count) categories and \(counts.count) counts"
    }
    if counts.contains(where: { $0 < 0 || $0 > 1 << 40 }) || counts.allSatisfy({ $0 == 0 }) {
      return "its counts are none"
    }
    if let missingOfCondition {
      if missing != nil || quantiles != nil { return "it is a condition, and has quantiles" }
      if !(0...1 << 40).contains(missingOfCondition) { return "its count of missing cells is none" }
    }
    if let quantiles, quantiles.values != [0, 1] || isExact {
      return "quantiles is not of two categories"
    }
    if categories.count > ColumnReader.mostCategories {
      return "it has \(categories.count) categories, more than \(ColumnReader.mostCategories)"
    }
    return nil
  }
}
