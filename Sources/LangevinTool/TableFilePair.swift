import Diffusion
import Files
import LinearAlgebra
import Tables

/// Two files of tables that are compared: the columns that they share, as points.
///
/// Distances need numbers of one scale, and no holes. These are the coordinates that a model of the second
/// table would learn.
struct TableFilePair {
  let samples: Matrix
  let reference: Matrix
  /// Columns that one of the files has alone.
  let leftOut: [String]

  /// The tables at `samples` and `reference`; nil if the latter has numbers alone, which are points as they
  /// are.
  init?(samples: String, reference: String) throws {
    let real = try TableFile(reference)
    if (try? real.numbers()) != nil { return nil }
    let table = try real.table()
    let file = try TableFile(samples)
    let sampled = try file.table()
    let shared = table.columns.filter { sampled.column($0.name) != nil }
    if shared.isEmpty {
      throw ToolError(
        "\(samples.printable): it has none of the columns of \(reference.printable); compare like tables"
      )
    }
    let names = Set(shared.map(\.name))
    leftOut = (table.columns + sampled.columns).map(\.name).filter { !names.contains($0) }
    let encoding: TableEncoding
    do {
      encoding = try TableEncoding(Table(shared))
      self.reference = try encoding.encode(Table(shared), random: Self.random(1))
    } catch {
      throw ToolError("\(reference.printable): \(error)")
    }
    if encoding.dimension == 0 {
      throw ToolError(
        """
        \(reference.printable): the columns that \(samples.printable) has too are constant, and no row \
        differs; compare tables that share others
        """)
    }
    var options = encoding.options()
    options.dropped = Set(sampled.columns.map(\.name)).subtracting(names)
    // With the kinds of the other's columns: among few samples, all of a column may be missing.
    let again = try file.table(options)
    do {
      self.samples = try encoding.encode(again, random: Self.random(2))
    } catch {
      throw ToolError("\(samples.printable): \(error)")
    }
  }

  /// Another stream than that of training data.
  private static func random(_ index: Int) -> RandomStream {
    RandomPurpose.dataset.stream(seed: 0, index: index)
  }
}
