import ArgumentParser
import Checkpoints
import Datasets
import Diffusion
import Files
import LinearAlgebra
import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a model is trained on: a data set by its name, or a file.
struct TrainingSource {
  /// Where the data come from; nothing is held out.
  let dataset: RunConfiguration.Dataset
  /// Columns of a point.
  let dimension: Int
  /// How the rows of a table are points; nil if they are from the start.
  let table: TableEncoding?
  /// The points, and behind each its context, if they had to be read.
  let points: Matrix?

  /// What the rows are.
  var kind: Preset.DataKind { Preset.DataKind(table) }

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
    (table, points) = (nil, nil)
  }

  /// The table in the file at `path`.
  init(path: String, options: TableInputOptions, seed: UInt64) throws {
    let file = try TableFile(path)
    let labels = try options.labels.map { try TableFile($0) }
    let table = try file.table(options.options, labels: labels)
    let encoding: TableEncoding
    do {
      encoding = try TableEncoding(table, conditions: options.conditions, image: options.image)
    } catch {
      throw ToolError("\(path.printable): \(error)")
    }
    if encoding.dimension == 0 {
      throw ToolError(
        "\(path.printable): all its columns are constant or conditions, and nothing is to be learned; "
          + "name a table whose rows differ")
    }
    self.table = encoding
    points = try encoding.encode(table, random: RandomPurpose.dataset.stream(seed: seed))
    dimension = encoding.dimension
    let url = URL(fileURLWithPath: path)
    dataset = .init(
      name: url.lastPathComponent, count: table.rowCount, seed: seed,
      file: .init(
        path: url.standardizedFileURL.path, digest: file.digest,
        dropped: options.drop?.names, missing: options.missing?.names, hasHeader: options.header,
        labels: labels.map {
          .init(path: URL(fileURLWithPath: $0.path).standardizedFileURL.path, digest: $0.digest)
        }))
  }
}
