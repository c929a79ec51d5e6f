import LangevinPreconditions
import LangevinReports
import LinearAlgebra
import Tables

/// The data and the samples of a table, prepared for comparison in a report: columns of numbers in the units
/// of the table, and shares of categories.
struct TableComparison {
  /// The columns of numbers; a missing cell is NaN.
  let numbers: NamedColumns
  /// The columns of categories.
  let categories: [CategoryShares]

  /// Decodes `data` and `samples`, which are coordinates of `table`.
  init(_ table: TableEncoding, data: Matrix<Float>, samples: Matrix<Float>) {
    let (data, samples) = (table.decode(data), table.decode(samples))
    var names: [String] = []
    var numbers: (data: [[Float]], samples: [[Float]]) = ([], [])
    var categories: [CategoryShares] = []
    for (column, sampled) in zip(data.columns, samples.columns) {
      // Numbers that are close together and far from 0 are drawn as differences from an origin.
      let origin = column.floatOrigin
      if let real = column.floats(from: origin), let drawn = sampled.floats(from: origin) {
        names.append(column.name + (column.originText.map { " - \($0)" } ?? ""))
        numbers.data.append(real)
        numbers.samples.append(drawn)
        continue
      }
      switch (column.cells, sampled.cells) {
      case (.categories(let real, let texts), .categories(let drawn, _)):
        categories.append(
          CategoryShares(
            column.name, categories: texts, data: real.map { Int($0) },
            samples: drawn.map { Int($0) }))
      default: requirementFailure("TableComparison: \(column.name) is of two kinds")
      }
    }
    func matrix(_ columns: [[Float]], rows: Int) -> Matrix<Float> {
      Matrix<Float>(rows: rows, columns: columns.count) { columns[$1][$0] }
    }
    self.numbers = NamedColumns(
      names: names, data: matrix(numbers.data, rows: data.rowCount),
      samples: matrix(numbers.samples, rows: samples.rowCount))
    self.categories = categories
  }
}
