/// One cell.
enum Cell: Equatable {
  case number(Double)
  /// In units of the column's last decimal.
  case exact(Int128)
  case category(Int)
  case missing
}

extension Column {
  /// The cell in this row.
  func cell(_ row: Int) -> Cell {
    switch cells {
    case .numbers(let numbers): numbers[row].isNaN ? .missing : .number(numbers[row])
    case .exact(let units): isMissing(row) ? .missing : .exact(units[row])
    case .categories(let codes, _): codes[row] < 0 ? .missing : .category(Int(codes[row]))
    }
  }
}
