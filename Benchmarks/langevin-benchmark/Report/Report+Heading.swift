extension Report {
  /// The table of the machine and settings on which the figures depend.
  var heading: String {
    var table = Table([("langevin-benchmark \(version)", .left), ("", .left)])
    for line in lines { table.append([line.0, line.1]) }
    return table.text
  }

  private var lines: [(String, String?)] {
    [
      ("Processor", "\(environment.processor); \(processors)"),
      ("Swift kernels", kernels),
      ("OpenBLAS", "\(environment.openBLASCore) kernels, \(openBLASThreads) a product"),
      ("", environment.openBLASConfiguration), ("Variables", variables),
      ("Threads", "\(threadCounts) in training and sampling"),
      ("Load average", environment.load.map { NumberText.fixed($0, 2) }),
    ]
      + peak.rates.enumerated().map { index, rate in
        (index == 0 ? "Measured peak" : "", describe(rate))
      }
  }

  private var processors: String {
    var text = NumberText.count(environment.processors, "processor")
    if environment.allowedProcessors < environment.processors {
      text += ", bound to \(environment.allowedProcessors)"
    }
    if let quota = environment.quota { text += ", time limited to \(NumberText.short(quota))" }
    return text
  }

  private var kernels: String {
    let levels = environment.kernelLevels.joined(separator: ", ")
    return "\(environment.kernelLevel) in layers and steps; the processor runs \(levels)"
  }

  private var openBLASThreads: String { NumberText.count(environment.openBLASThreads, "thread") }

  private var threadCounts: String {
    settings.threadCounts.map(\.description).joined(separator: ", ")
  }

  /// The variables that are set, and always `OPENBLAS_CORETYPE`, which affects the figures most.
  private var variables: String {
    Environment.variableNames.compactMap { name -> String? in
      if let value = environment.variables[name] { return "\(name)=\(value)" }
      return name == "OPENBLAS_CORETYPE" ? "\(name) not set" : nil
    }.joined(separator: ", ")
  }

  private func describe(_ rate: BestRate) -> String {
    """
    \(NumberText.fixed(rate.gigaflops, 1)) GFLOP/s on \
    \(NumberText.count(rate.threads, "thread")), by \(rate.contender), \(rate.row)
    """
  }
}
