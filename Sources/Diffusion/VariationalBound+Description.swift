extension VariationalBound {
  /// Returns the terms in words and numbers, as a name and a text for each line.
  package func describe() -> [(String, String)] {
    func text(_ nats: Double) -> String {
      "\(roundedText(bitsPerDimension(nats))) bits/dim (\(roundedText(nats)) nats)"
    }
    var lines = [
      ("prior term", text(prior)),
      ("steps", text(steps.reduce(0, +))),
      ("reconstruction", text(reconstruction)),
    ]
    if logDeterminant != 0 { lines.append(("unit of the data", text(-logDeterminant))) }
    lines.append(("bound", text(total)))
    if values.count > 1 { lines.append(("standard error", text(standardError))) }
    return lines
  }
}
