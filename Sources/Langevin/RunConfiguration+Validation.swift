package import Checkpoints
import Datasets
import Diffusion
package import LinearAlgebra

extension RunConfiguration {
  /// Throws if the settings are invalid, or do not fit `points`.
  func validate(for points: TrainingPoints) throws(TrainerError) {
    try validateSettings()
    let (rows, columns) = (points.values.rows, points.values.columns)
    if dataset.count != rows || dataWidth != columns || table != points.table {
      throw .configuration(
        .format(
          """
          dataset.count, model.dimension, model.contextWidth and table describe the data \
          (\(rows) × \(columns)); leave them unchanged
          """))
    }
  }

  /// Throws if the settings are invalid, or `points` cannot be the data that the run was trained on.
  ///
  /// Only the shape and the encoding are compared. The moments tell the numbers apart.
  func validate(resumingOn points: TrainingPoints) throws(TrainerError) {
    try validateSettings()
    let (rows, columns) = (points.values.rows, points.values.columns)
    if dataset.count != rows || dataWidth != columns {
      throw .configuration(
        .format(
          """
          the data are \(rows) × \(columns), but the run was trained on data of \(dataset.count) × \
          \(dataWidth); give those
          """))
    }
    var encoding = points.table
    // Runs of earlier versions do not record the layout of the cells.
    if table?.layout == nil { encoding?.layout = nil }
    if table != encoding {
      throw .configuration(
        .format("the columns of the data are not those that the run was trained on; give those"))
    }
  }

  private func validateSettings() throws(TrainerError) {
    do {
      try validate()
    } catch {
      throw .configuration(error)
    }
  }
}

extension RunConfiguration {
  /// Returns all rows of the data: those of its file, or of the named data set.
  ///
  /// - Throws: ``TrainerError`` if the file has changed or cannot be read, or if no file or data set holds
  ///   the data.
  package func rows() throws(TrainerError) -> Matrix<Float> {
    try TrainerError.requireRoom(rows: dataset.count, columns: dataWidth)
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
