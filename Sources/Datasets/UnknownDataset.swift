public import LangevinErrors

/// A name that no data set has.
public struct UnknownDataset: DescribedError, Equatable {
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
