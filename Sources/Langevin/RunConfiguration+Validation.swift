import Checkpoints
import Diffusion

extension RunConfiguration {
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
