import Checkpoints
import Diffusion

extension RunConfiguration {
  /// Throws if the settings are invalid, or do not fit `points`.
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
          dataset.count, model.dimension, model.contextWidth and table describe the data \
          (\(rows) × \(columns)); leave them unchanged
          """))
    }
  }
}
