/// Reasons not to trust the figures.
enum Warnings {
  /// How far apart quartiles may be, as a part of the median.
  private static let widestSpread = 0.1

  /// How much of the time a process has a processor on a machine that does nothing else, at least.
  private static let leastShare = 0.97

  /// How many processors others may keep busy.
  private static let mostOthers = 0.1

  /// How far the peak may change while rows are measured, as a part of it.
  private static let largestChange = 0.05

  /// How much longer or shorter a step in parts may take than a whole one, as a part of it.
  private static let largestCost = 0.1

  /// All reasons there are.
  static func of(
    _ settings: Settings, _ environment: Environment, _ disturbance: Disturbance, _ peak: Peak,
    _ rows: [Row]
  ) -> [String] {
    ofSettings(settings, environment) + ofMachine(environment, disturbance, peak) + ofRows(rows)
  }

  private static func ofSettings(_ settings: Settings, _ environment: Environment) -> [String] {
    var warnings: [String] = []
    if let problem = environment.kernelProblem { warnings.append("passed over: \(problem)") }
    if let best = environment.kernelLevels.last, environment.kernelLevel != best {
      warnings.append(
        """
        LANGEVIN_KERNELS keeps layers and steps to \(environment.kernelLevel) kernels; this \
        processor runs \(best)
        """)
    }
    if let problem = environment.openBLASProblem { warnings.append(problem) }
    if environment.variables["OPENBLAS_CORETYPE"] != nil {
      warnings.append(
        "OPENBLAS_CORETYPE is set: OpenBLAS may not run its best kernels for this processor")
    }
    if environment.openBLASThreads != settings.openBLASThreads {
      warnings.append(
        """
        OpenBLAS has \(environment.openBLASThreads) threads, not the \(settings.openBLASThreads) \
        that were asked for
        """)
    }
    if environment.allowedProcessors < environment.processors {
      warnings.append(
        """
        this process is bound to \(environment.allowedProcessors) of \
        \(NumberText.count(environment.processors, "processor"))
        """)
    }
    let threads = max(settings.threads, settings.openBLASThreads)
    let processors = min(Double(environment.allowedProcessors), environment.quota ?? .infinity)
    if Double(threads) > processors {
      warnings.append(
        """
        up to \(threads) threads share processors that are worth \(NumberText.short(processors)); \
        rows with more tell nothing of a machine that has enough
        """)
    }
    return warnings
  }

  private static func ofMachine(
    _ environment: Environment, _ disturbance: Disturbance, _ peak: Peak
  ) -> [String] {
    var warnings: [String] = []
    if let share = disturbance.processorShare, share < leastShare {
      warnings.append(
        """
        other programs took the processor away for \(NumberText.percent(1 - share)) of the time, \
        from long timings above all; times are too long
        """)
    }
    if let others = disturbance.othersProcessors, others > mostOthers {
      warnings.append(
        """
        other programs kept \(NumberText.fixed(others, 1)) processors busy; stop them and run again
        """)
    }
    if let stolen = disturbance.stolenProcessors, stolen > mostOthers {
      warnings.append(
        """
        other guests of this machine's host took \(NumberText.fixed(stolen, 1)) processors; trust \
        ratios more than times
        """)
    }
    if let load = environment.load, load > Double(environment.processors) {
      warnings.append(
        """
        the machine was busy (load \(NumberText.fixed(load, 1)) on \(environment.processors) \
        processors) in the minute before; trust ratios more than times
        """)
    }
    if let change = peak.change, abs(change) > largestChange {
      warnings.append(
        """
        the peak \(change < 0 ? "fell" : "rose") by \(NumberText.percent(abs(change))) from the \
        beginning to the end: the processor's clock changed, or others disturbed it; rows that are \
        far apart cannot be compared
        """)
    }
    return warnings
  }

  private static func ofRows(_ rows: [Row]) -> [String] {
    var warnings: [String] = []
    let measurements = rows.flatMap(\.measurements)
    let spreads = measurements.compactMap { $0.secondsPerStep?.spread }
    let wide = spreads.count { $0 > widestSpread }
    if wide * 4 > spreads.count {
      warnings.append(
        """
        \(wide) of \(spreads.count) timings scatter by more than \
        \(NumberText.percent(widestSpread)) between their quartiles; stop other programs and run \
        again
        """)
    }
    for measurement in measurements where measurement.contender == ModelWork.wholeStep {
      guard let speed = measurement.relativeSpeed, abs(speed - 1) > largestCost else { continue }
      warnings.append(
        """
        a training step in parts takes \(NumberText.fixed(speed, 2)) times as long as a whole one: \
        the parts do not tell where its time goes
        """)
    }
    return warnings
  }
}
