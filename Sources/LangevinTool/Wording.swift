/// The number and the noun, in the plural where it belongs.
func counted(_ number: Int, _ noun: String) -> String {
  number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}

/// The path as a shell takes it for one word.
func quotedForShell(_ path: String) -> String {
  let plain = path.unicodeScalars.allSatisfy { scalar in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", "+", ",", ":", "@", "%": true
    default: scalar.value > 127 && !scalar.properties.isWhitespace
    }
  }
  if plain && !path.isEmpty { return path }
  let parts = path.split(separator: "'", omittingEmptySubsequences: false)
  return "'" + parts.joined(separator: "'\\''") + "'"
}
