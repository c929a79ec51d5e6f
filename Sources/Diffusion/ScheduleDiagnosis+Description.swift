extension ScheduleDiagnosis {
  /// What to do about it; empty if the schedule is good.
  public var advice: String {
    if verdict == .good { return "" }
    let start = "or start the sampler from the moments of x_T"
    if terminal.signal == 1 && terminal.noise > 0 {
      return "raise the largest sigma to some 20 deviations of the data, \(start)"
    }
    let rescale =
      "or rescale it to zero terminal SNR and estimate data or velocity"
    return "raise the end of the schedule until alphaBar_T is below 0.001, \(rescale), \(start)"
  }

  /// The diagnosis in words and numbers, a name and a text for each line.
  public func describe() -> [(String, String)] {
    var lines = [
      ("alphaBar_T", number(alphaBar)),
      ("SNR_T", number(signalToNoiseRatio)),
      (
        "prior term",
        "\(number(bitsPerDimension(priorTerm))) bits/dim (\(number(priorTerm)) nats)"
      ),
      (
        "KL of x_T's moments",
        "\(number(bitsPerDimension(priorDivergence))) bits/dim (\(number(priorDivergence)) nats)"
      ),
      ("mean of x_T", "\(list(terminalMean)); the prior's is 0"),
      ("deviation of x_T", "\(list(terminalDeviation)); the prior's is \(number(terminal.scale))"),
      ("verdict", meaning),
    ]
    if !advice.isEmpty { lines.append(("what to do", advice)) }
    return lines
  }

  private var meaning: String {
    switch verdict {
    case .good:
      terminal.signal == 0
        ? "good: nothing of the data is left; estimate data or velocity"
        : "good: what is left of the data does not show"
    case .leaky: "leaky: samples are biased by what is left of the data"
    case .bad: "bad: x_T still shows the data, samples start from something else"
    }
  }

  /// The first columns; of many, all would not fit a line.
  private func list(_ values: [Double]) -> String {
    let shown = values.prefix(4).map(number).joined(separator: ", ")
    return "(\(shown)\(values.count > 4 ? ", …" : ""))"
  }

  /// Three significant digits.
  private func number(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    // Rounded at the third digit, as Swift then writes it.
    var unit = 1e-2
    var exponent = 0
    while abs(value) >= unit * 1000 && exponent < 300 {
      unit *= 10
      exponent += 1
    }
    while abs(value) < unit * 100 && exponent > -300 {
      unit /= 10
      exponent -= 1
    }
    let digits = (value / unit).rounded()
    // A quotient by a power of ten is rounded once, so that Swift's shortest form has these digits.
    let places = 2 - exponent
    let result =
      places >= 0 ? digits / power(10, Double(places)) : digits * power(10, Double(-places))
    return "\(result)"
  }
}
