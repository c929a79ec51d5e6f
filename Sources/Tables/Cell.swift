/// A cell of a table.
enum Cell: Equatable {
  case number(Double)
  /// A number in units of the column's last decimal.
  case exact(Int128)
  /// The index of a category.
  case category(Int)
  case missing
}

extension Column {
  /// Returns the cell in `row`.
  func cell(_ row: Int) -> Cell {
    switch cells {
    case .numbers(let numbers): numbers[row].isNaN ? .missing : .number(numbers[row])
    case .exact(let units): isMissing(row) ? .missing : .exact(units[row])
    case .categories(let codes, _): codes[row] < 0 ? .missing : .category(Int(codes[row]))
    }
  }
}
