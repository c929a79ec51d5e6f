public import LangevinErrors

/// The error for a name that no data set has.
public struct UnknownDataset: DescribedError, Equatable {
  /// The name in question.
  public let name: String

  /// The name of the data set that is spelled most like it; nil if none is similar.
  package var nearest: String? {
    let (known, distance) =
      Dataset.all.map { ($0.name, editDistance($0.name, name)) }.min { $0.1 < $1.1 } ?? ("", 0)
    return 2 * distance <= known.count ? known : nil
  }

  /// The problem and its remedy, in one line.
  public var description: String {
    let names = Dataset.all.map(\.name).joined(separator: ", ")
    return """
      data set \(name.debugDescription): no data set has this name; choose \
      \(nearest.map { "\($0), or " } ?? "")one of \(names)
      """
  }
}

/// Returns the number of insertions, deletions and replacements of characters that lead from `a` to `b`
/// (Levenshtein).
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
