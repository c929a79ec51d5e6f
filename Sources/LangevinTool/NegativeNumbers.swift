/// Support for negative numbers as values of options. The parser takes an argument that begins with `-` for
/// an option, unless `=` joins it to the name of another.
enum NegativeNumbers {
  /// Returns `arguments` with each option joined to a negative number that follows it: `--guidance -3`
  /// becomes `--guidance=-3`. All other arguments are unchanged, and so are those after `--`.
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

  /// Returns whether `argument` begins like a negative number, and so not like an option. This includes lists
  /// of numbers.
  private static func isNegativeNumber(_ argument: String) -> Bool {
    guard argument.hasPrefix("-") else { return false }
    let rest = argument.dropFirst()
    let digits = rest.hasPrefix(".") ? rest.dropFirst() : rest
    return digits.first.map { ("0"..."9").contains($0) } == true
      || ["inf", "infinity", "nan"].contains(rest.lowercased())
  }
}
