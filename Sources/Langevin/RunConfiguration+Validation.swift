package import Checkpoints
import Datasets
import Diffusion
package import LinearAlgebra

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

extension RunConfiguration {
  /// Returns all rows of the data: those of its file, or of the named data set.
  ///
  /// - Throws: ``TrainerError`` if the file has changed or cannot be read, or if no file or data set holds
  ///   the data.
  package func rows() throws(TrainerError) -> Matrix {
    try TrainerError.requireRoom(rows: dataset.count, columns: model.rowWidth)
    do {
      if let rows = try fileRows() { return rows }
    } catch {
      throw .table(error)
    }
    do {
      return try NamedData(dataset.name, count: dataset.count, noise: dataset.noise)
        .trainingPoints(seed: dataset.seed).values
    } catch let error as TrainerError {
      throw error
    } catch {
      throw .dataElsewhere(dataset.name)
    }
  }
}
