extension ScheduleDiagnosis {
  /// What to do about it; empty if the schedule is good.
  public var advice: String {
    if verdict == .good { return "" }
    let start = "or start the sampler from the moments of x_T"
    if terminal.alpha == 1 && terminal.sigma > 0 {
      return "raise the largest sigma to some 20 deviations of the data, \(start)"
    }
    let rescale =
      "or rescale it to zero terminal SNR and estimate data or velocity"
    return "raise the end of the schedule until alphaBar_T is below 0.001, \(rescale), \(start)"
  }

  /// The diagnosis in words and numbers, a name and a text for each line.
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
        ? "good: nothing of the data is left; estimate data or velocity"
        : "good: what is left of the data does not show"
    case .leaky: "leaky: samples are biased by what is left of the data"
    case .bad: "bad: x_T still shows the data, samples start from something else"
    }
  }

  /// The first columns; of many, all would not fit a line.
  private func list(_ values: [Double]) -> String {
    let shown = values.prefix(4).map(roundedText).joined(separator: ", ")
    return "(\(shown)\(values.count > 4 ? ", …" : ""))"
  }
}
