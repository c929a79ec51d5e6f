/// Returns `number` and `noun`, in the plural unless the number is 1.
func counted(_ number: Int, _ noun: String) -> String {
  number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}

/// Returns a line for each name and its meaning, with the meanings aligned. Lines are at most 80 characters
/// long, the width of the help.
func definitions(_ entries: [(name: String, meaning: String)]) -> String {
  let indent = 2
  let width = (entries.map(\.name.count).max() ?? 0) + 2
  return entries.map { entry in
    var lines = [""]
    for word in entry.meaning.split(separator: " ") {
      if indent + width + lines[lines.count - 1].count + 1 + word.count > 79 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.enumerated().map { index, line in
      String(repeating: " ", count: indent) + (index == 0 ? entry.name : "").padded(to: width)
        + line
    }.joined(separator: "\n")
  }.joined(separator: "\n")
}
