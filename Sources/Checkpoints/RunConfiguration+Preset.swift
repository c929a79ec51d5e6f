public import Tables

extension RunConfiguration {
  /// Creates the settings of `preset` for the data. Data and training have one seed.
  ///
  /// - Parameters:
  ///   - preset: The recipe.
  ///   - dataset: The source of the data.
  ///   - dimension: The number of columns of a point.
  ///   - table: The encoding of the rows of a table as points; nil if the data are points.
  public init(_ preset: Preset, dataset: Dataset, dimension: Int, table: TableEncoding? = nil) {
    // An invalid share is found by `validate()`.
    let rows =
      (0..<1).contains(dataset.heldOut) ? dataset.count - dataset.heldOutRows : dataset.count
    let kind = Preset.DataKind(table)
    self.init(
      dataset: dataset, model: preset.model(dimension: dimension, rows: rows, of: kind),
      training: preset.training(seed: dataset.seed, rows: rows, of: kind), table: table)
    training.batchSize = max(1, min(training.batchSize, rows))
    guard let table else { return }
    if table.contextWidth > 0 {
      model.contextWidth = table.contextWidth
      training.contextDropout = Preset.contextDropout
    }
    if preset != .best || table.image != nil { return }
    let variables = TableVariables(table, discreteColumns: table.discreteColumns)
    if variables.categories.isEmpty { return }
    model.discreteColumns = table.discreteColumns
    (model.dimension, model.contextWidth) = (variables.dimension, 0)
  }
}
