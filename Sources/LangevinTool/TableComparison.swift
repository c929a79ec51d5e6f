import LangevinPreconditions
import LinearAlgebra
import Reports
import Tables

/// The data and the samples of a table, as a report compares them: columns of numbers, in the units of
/// the table, and shares of categories.
struct TableComparison {
  /// The columns of numbers; a missing cell is NaN.
  let numbers: NamedColumns
  /// The columns of categories.
  let categories: [CategoryShares]

  /// `data` and `samples` are coordinates of `table`.
  init(_ table: TableEncoding, data: Matrix, samples: Matrix) {
    let (data, samples) = (table.decode(data), table.decode(samples))
    var names: [String] = []
    var numbers: (data: [[Double]], samples: [[Double]]) = ([], [])
    var categories: [CategoryShares] = []
    for (column, sampled) in zip(data.columns, samples.columns) {
      switch (column.cells, sampled.cells) {
      case (.numbers(let real), .numbers(let drawn)):
        names.append(column.name)
        numbers.data.append(real)
        numbers.samples.append(drawn)
      case (.categories(let real, let texts), .categories(let drawn, _)):
        categories.append(
          CategoryShares(
            column.name, categories: texts, data: real.map { Int($0) },
            samples: drawn.map { Int($0) }))
      default: requirementFailure("TableComparison: \(column.name) is of two kinds")
      }
    }
    func matrix(_ columns: [[Double]], rows: Int) -> Matrix {
      Matrix(rows: rows, columns: columns.count) { Float(columns[$1][$0]) }
    }
    self.numbers = NamedColumns(
      names: names, data: matrix(numbers.data, rows: data.rowCount),
      samples: matrix(numbers.samples, rows: samples.rowCount))
    self.categories = categories
  }
}
