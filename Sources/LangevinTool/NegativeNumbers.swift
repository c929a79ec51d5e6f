/// Negative numbers as values of options. The parser takes what begins with `-` for an option, unless it is
/// joined to the name of another by `=`.
enum NegativeNumbers {
  /// `arguments` in which each option is joined to a negative number behind it: `--guidance -3` is
  /// `--guidance=-3`. All else stays, and so does what is behind `--`.
  static func joined(_ arguments: [String]) -> [String] {
    var result: [String] = []
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return result + arguments[index...] }
      if let option = result.last, isLongOption(option), isNegativeNumber(argument) {
        result[result.count - 1] = "\(option)=\(argument)"
      } else {
        result.append(argument)
      }
    }
    return result
  }

  private static func isLongOption(_ argument: String) -> Bool {
    argument.hasPrefix("--") && !argument.contains("=")
  }

  /// Whether it begins as a negative number does, and as no option does: a list of numbers is one, too.
  private static func isNegativeNumber(_ argument: String) -> Bool {
    guard argument.hasPrefix("-") else { return false }
    let rest = argument.dropFirst()
    let digits = rest.hasPrefix(".") ? rest.dropFirst() : rest
    return digits.first.map { ("0"..."9").contains($0) } == true
      || ["inf", "infinity", "nan"].contains(rest.lowercased())
  }
}
