extension ScheduleDiagnosis {
  /// Advice on improving the schedule; empty if the schedule is good.
  public var advice: String {
    if verdict == .good { return "" }
    let start = "or start the sampler from the moments of x_T"
    if terminal.alpha == 1 && terminal.sigma > 0 {
      return "raise the largest sigma to about 20 deviations of the data, \(start)"
    }
    let rescale =
      "or rescale it to zero terminal SNR and estimate the data or the velocity"
    return "raise the end of the schedule until alphaBar_T is below 0.001, \(rescale), \(start)"
  }

  /// Returns the diagnosis in words and numbers, as a name and a text for each line.
  public func describe() -> [(String, String)] {
    var lines = [
      ("alphaBar_T", roundedText(alphaBar)),
      ("SNR_T", roundedText(signalToNoiseRatio)),
      (
        "prior term",
        "\(roundedText(bitsPerDimension(priorTerm))) bits/dim (\(roundedText(priorTerm)) nats)"
      ),
      (
        "KL of x_T's moments",
        "\(roundedText(bitsPerDimension(priorDivergence))) bits/dim (\(roundedText(priorDivergence)) nats)"
      ),
      ("mean of x_T", "\(list(terminalMean)); the prior's is 0"),
      (
        "deviation of x_T",
        "\(list(terminalDeviation)); the prior's is \(roundedText(terminal.scale))"
      ),
      ("verdict", meaning),
    ]
    if !advice.isEmpty { lines.append(("what to do", advice)) }
    return lines
  }

  private var meaning: String {
    switch verdict {
    case .good:
      terminal.alpha == 0
        ? "good: no signal is left; estimate the data or the velocity"
        : "good: the remaining signal has no visible effect"
    case .leaky: "leaky: the remaining signal biases the samples"
    case .bad: "bad: x_T still shows the data, but samples start from the prior"
    }
  }

  /// Returns the first values as text, since many would not fit on a line.
  private func list(_ values: [Double]) -> String {
    let shown = values.prefix(4).map(roundedText).joined(separator: ", ")
    return "(\(shown)\(values.count > 4 ? ", …" : ""))"
  }
}
