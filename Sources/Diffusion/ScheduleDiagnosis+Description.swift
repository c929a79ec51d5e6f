import LinearAlgebra

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
    numbers + [("verdict", verdictInWords)] + (advice.isEmpty ? [] : [("what to do", advice)])
  }

  /// The numbers of the diagnosis, as a name and a text for each line.
  package var numbers: [(String, String)] {
    [
      ("alphaBar_T", alphaBar.significant(3)),
      ("SNR_T", signalToNoiseRatio.significant(3)),
      (
        "prior term",
        "\(bitsPerDimension(priorTerm).significant(3)) bits/dim (\(priorTerm.significant(3)) nats)"
      ),
      (
        "KL of x_T's moments",
        "\(bitsPerDimension(priorDivergence).significant(3)) bits/dim (\(priorDivergence.significant(3)) nats)"
      ),
      ("mean of x_T", "\(list(terminalMean)); the prior's is 0"),
      (
        "deviation of x_T",
        "\(list(terminalDeviation)); the prior's is \(terminal.scale.significant(3))"
      ),
    ]
  }

  /// The verdict in words.
  package var verdictInWords: String {
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
    let shown = values.prefix(4).map { $0.significant(3) }.joined(separator: ", ")
    return "(\(shown)\(values.count > 4 ? ", …" : ""))"
  }
}
