public import Diffusion
package import LinearAlgebra
public import Tables

/// The settings of a run: the contents of `config.json`. Training does not change them.
public struct RunConfiguration: Codable, Sendable, Hashable {
  /// The version of the layout of `config.json`.
  public var format: Int
  /// The source of the data.
  public var dataset: Dataset
  /// The network, its noise levels and its prediction.
  public var model: Model
  /// The settings of training.
  public var training: Training
  /// The moments of the training data, which standardize them; nil before the data are read, and in runs of
  /// format 1.
  public var moments: DataMoments?
  /// The encoding of the rows of a table as points; nil if the data are points.
  public var table: TableEncoding?

  /// The version that this code writes.
  package static let currentFormat = 5
  /// The versions that this code reads (``init(from:)``).
  static let knownFormats = 1...currentFormat
  /// The largest `config.json` that is read, in bytes.
  package static let sizeLimit = 1 << 27
  /// The largest number of parameters of a network that is read.
  package static let parameterLimit = 1 << 27
  /// The largest number of steps of a whole training.
  package static let stepLimit = 1 << 48

  enum CodingKeys: String, CodingKey { case format, dataset, model, training, moments, table }

  /// Creates a configuration of the current format.
  public init(
    dataset: Dataset, model: Model, training: Training, moments: DataMoments? = nil,
    table: TableEncoding? = nil
  ) {
    self.format = Self.currentFormat
    self.dataset = dataset
    self.model = model
    self.training = training
    self.moments = moments
    self.table = table
  }

  /// The variables of the table that the model learns; nil if it learns all cells as coordinates.
  package var variables: TableVariables? {
    guard let table, let columns = model.discreteColumns else { return nil }
    return TableVariables(table, discreteColumns: columns)
  }

  /// The number of columns of the data: the coordinates of a table, or a point and its context.
  package var dataWidth: Int { table?.width ?? model.rowWidth }

  /// Returns the rows that the model learns for `data`, whose rows are coordinates if the data are a table.
  package func modelRows(_ data: Matrix<Float>) -> Matrix<Float> {
    variables?.rows(data) ?? data
  }

  /// Lets the model learn all cells of a table as coordinates.
  package mutating func learnCoordinates() {
    guard let table, model.discreteColumns != nil else { return }
    model.discreteColumns = nil
    (model.dimension, model.contextWidth) = (table.dimension, table.contextWidth)
  }

  /// The number of rows that are trained on: all but the held-out rows.
  public var trainingRows: Int { dataset.count - dataset.heldOutRows }

  /// The kind of the rows of the data.
  package var dataKind: Preset.DataKind { Preset.DataKind(table) }

  /// The number of steps of an epoch; the last step may have a smaller batch.
  public var stepsPerEpoch: Int { (trainingRows - 1) / training.batchSize + 1 }
}
