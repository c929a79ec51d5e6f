public import Tables

extension RunConfiguration {
  /// What `preset` makes of data, before anything of it is changed; data and training have one seed.
  ///
  /// - Parameters:
  ///   - preset: The recipe.
  ///   - dataset: Where the data come from, how many they are, and which share of them is held out.
  ///   - dimension: Columns of a point.
  ///   - table: How the rows of a table are points, and which of its columns the model is told; nil if the
  ///     data are points.
  public init(_ preset: Preset, dataset: Dataset, dimension: Int, table: TableEncoding? = nil) {
    // A share that is none is found by `validate()`.
    let rows =
      (0..<1).contains(dataset.heldOut ?? 0) ? dataset.count - dataset.heldOutRows : dataset.count
    let kind = Preset.DataKind(table)
    self.init(
      dataset: dataset, model: preset.model(dimension: dimension, rows: rows, of: kind),
      training: preset.training(seed: dataset.seed, rows: rows, of: kind), table: table)
    training.batchSize = max(1, min(training.batchSize, rows))
    if let contextWidth = table?.contextWidth, contextWidth > 0 {
      model.contextWidth = contextWidth
      training.contextDropout = Preset.contextDropout
    }
  }
}
