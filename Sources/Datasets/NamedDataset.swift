public import LinearAlgebra

/// A data set that can be asked for by name.
public struct NamedDataset: Sendable {
  /// The name, as on the command line.
  public let name: String
  /// What it is, in a line.
  public let summary: String
  /// Columns of a point.
  public let dimension: Int
  private let generate: @Sendable (Int, RandomStream) -> Matrix

  /// All of them.
  public static let all: [NamedDataset] = [
    NamedDataset(
      name: "swiss-roll", summary: "a spiral in the plane, with noise of 0.1", dimension: 2
    ) { SwissRoll(count: $0).points($1) }
  ]

  /// The data set of this name.
  public static func named(_ name: String) throws(UnknownDataset) -> NamedDataset {
    guard let dataset = all.first(where: { $0.name == name }) else {
      throw UnknownDataset(name: name)
    }
    return dataset
  }

  /// `count` points from `random`.
  public func points(count: Int, _ random: RandomStream) -> Matrix { generate(count, random) }
}

/// A name that no data set has.
public struct UnknownDataset: Error, Equatable, CustomStringConvertible {
  /// The name that was asked for.
  public let name: String

  /// The name of the data set that is spelled most like it.
  public var nearest: String {
    NamedDataset.all.map(\.name).min { editDistance($0, name) < editDistance($1, name) } ?? ""
  }

  /// What was wrong, and what to do.
  public var description: String {
    let names = NamedDataset.all.map(\.name).joined(separator: ", ")
    let quoted = name.debugDescription
    return "there is no data set \(quoted); did you mean \(nearest)? There are: \(names)"
  }
}

/// How many insertions, deletions and replacements of characters lead from `a` to `b` (Levenshtein).
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    for j in b.indices {
      let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
      current.append(min(replaced, previous[j + 1] + 1, current[j] + 1))
    }
    previous = current
  }
  return previous[b.count]
}
