import Checkpoints
import Diffusion
import LinearAlgebra

extension RunConfiguration {
  /// What `langevin train` makes of the same data and options.
  init(
    _ points: TrainingPoints, preset: Preset, epochs: Int?, heldOut: Double, seed: UInt64
  ) {
    let count = points.values.rows
    let dataset = Dataset(
      name: points.name, count: count, seed: seed, heldOut: heldOut == 0 ? nil : heldOut,
      file: points.file)
    // A share that is none is found by `validate()`.
    let rows = (0..<1).contains(heldOut) ? count - dataset.heldOutRows : count
    let kind = Preset.DataKind(points.table)
    var training = preset.training(seed: seed, rows: rows, of: kind)
    training.batchSize = max(1, min(training.batchSize, rows))
    if let epochs { training.epochs = epochs }
    let contextWidth = points.table?.contextWidth ?? 0
    if contextWidth > 0 { training.contextDropout = Preset.contextDropout }
    self.init(
      dataset: dataset,
      model: preset.model(
        dimension: points.values.columns - contextWidth, rows: rows, of: kind),
      training: training, table: points.table)
    if contextWidth > 0 { model.contextWidth = contextWidth }
  }

  /// Refuses settings that no training can have, or that are of other data.
  func validate(for points: TrainingPoints) throws(TrainerError) {
    do {
      try validate()
    } catch {
      throw .configuration(error)
    }
    let (rows, columns) = (points.values.rows, points.values.columns)
    if dataset.count != rows || model.rowWidth != columns || table != points.table {
      throw .configuration(
        .format(
          """
          dataset.count, model.dimension, its context and table tell of the data, \(rows) × \(columns); leave them as \
          they are
          """))
    }
  }
}
