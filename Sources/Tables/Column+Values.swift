extension Column {
  /// Creates a column of numbers; nil and NaN are missing cells.
  ///
  ///     Column("age", [31.5, nil, 40])
  ///
  /// Numbers are written with as many decimals as `values` have.
  public init(_ name: String, _ values: [Double?]) {
    self.init(
      name, .numbers(values.map { $0 ?? .nan }),
      style: CellStyle(decimals: Self.decimals(of: values)))
  }

  /// Creates a column of integers; nil is a missing cell.
  public init(_ name: String, _ values: [Int?]) {
    let areExactDoubles = values.allSatisfy { ($0?.magnitude ?? 0) <= 1 << 53 }
    self.init(
      name,
      areExactDoubles
        ? .numbers(values.map { $0.map(Double.init) ?? .nan })
        : .exact(values.map { $0.map { Int128($0) } ?? Self.missingUnits }),
      style: CellStyle(decimals: 0))
  }

  /// Creates a column of categories; nil is a missing cell.
  ///
  ///     Column("plan", ["basic", nil, "pro"])
  public init(_ name: String, _ values: [String?]) {
    let names = Set(values.compactMap { $0 }).sorted()
    let codes = Dictionary(uniqueKeysWithValues: zip(names, Int32(0)...))
    self.init(
      name, .categories(values.map { $0.flatMap { codes[$0] } ?? -1 }, names: names))
  }

  /// Creates a column of the categories `true` and `false`; nil is a missing cell.
  public init(_ name: String, _ values: [Bool?]) {
    self.init(name, values.map { $0.map { "\($0)" } })
  }

  /// The number of cells.
  public var count: Int { cells.count }

  /// The numbers of the cells, with nil for missing ones; empty if the column has categories.
  public var numbers: [Double?] {
    guard case .numbers(let numbers) = rounded().cells else { return [] }
    return numbers.map { $0.isNaN ? nil : $0 }
  }

  /// The texts of the cells, with nil for missing ones; numbers are in the style of the column.
  public var texts: [String?] {
    (0..<cells.count).map { row in
      if isMissing(row) { return nil }
      return switch cells {
      case .numbers(let numbers): style.text(numbers[row])
      case .exact(let units): style.text(units: units[row])
      case .categories(let codes, let names): names[Int(codes[row])]
      }
    }
  }

  /// Returns the maximum number of decimals of `values`; nil if it exceeds the limit of a style.
  private static func decimals(of values: [Double?]) -> Int? {
    var most = 0
    for case let value? in values where value.isFinite && value != value.rounded() {
      let text = "\(value)"
      guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return nil }
      most = max(most, text.distance(from: point, to: text.endIndex) - 1)
    }
    return most <= CellStyle.mostDecimals ? most : nil
  }
}
