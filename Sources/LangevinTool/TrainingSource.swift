import Checkpoints
import Datasets
import Langevin
import LinearAlgebra
import Tables

/// What a model is trained on: a data set by its name, or a file.
struct TrainingSource {
  /// Where the data come from; nothing is held out unless it is said.
  var dataset: RunConfiguration.Dataset
  /// Columns of a point.
  let dimension: Int
  /// How the rows of a table are points; nil if they are from the start.
  let table: TableEncoding?
  /// All rows, if they had to be read: points, and behind each its context.
  let rows: Matrix?
  /// What was decided where a file leaves a choice.
  let notes: [TableNote]

  /// The data set `name`.
  init(named name: String, count: Int, noise: Double?, seed: UInt64) throws {
    let data: NamedDataset
    do {
      data = try NamedDataset.named(name)
    } catch {
      throw ToolError("\(error); or name a .csv or .npy file")
    }
    dataset = .init(name: data.name, count: count, seed: seed, noise: noise)
    dimension = data.dimension
    (table, rows, notes) = (nil, nil, [])
  }

  /// The table in the file at `path`.
  init(path: String, options: TableInputOptions, seed: UInt64) throws {
    let data = try DataFile(path, options).trainingPoints(seed: seed)
    dataset = data.dataset(seed: seed)
    dimension = data.dimension
    table = data.table
    rows = data.values
    notes = data.notes
  }
}

extension DataFile {
  /// The file at `path`, read as `options` say.
  init(_ path: String, _ options: TableInputOptions) {
    self.init(
      path, conditions: options.condition?.names ?? [], image: options.image,
      labels: options.labels, options: options.reading.options)
  }
}
