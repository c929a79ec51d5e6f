/// Warnings about conditions that invalidate the figures.
enum Warnings {
  /// The largest acceptable distance between the quartiles, relative to the median.
  private static let widestSpread = 0.1

  /// The smallest fraction of time for which a process has a processor on an idle machine.
  private static let leastShare = 0.97

  /// The largest acceptable number of processors that others keep busy.
  private static let mostOthers = 0.1

  /// The largest acceptable relative change of the peak during the run.
  private static let largestChange = 0.05

  /// The largest acceptable relative difference in time between a step in parts and a whole step.
  private static let largestCost = 0.1

  /// Returns all warnings.
  static func of(
    _ settings: Settings, _ environment: Environment, _ disturbance: Disturbance, _ peak: Peak,
    _ rows: [Row]
  ) -> [String] {
    ofSettings(settings, environment) + ofMachine(environment, disturbance, peak) + ofRows(rows)
  }

  private static func ofSettings(_ settings: Settings, _ environment: Environment) -> [String] {
    var warnings: [String] = []
    if let problem = environment.kernelProblem { warnings.append("ignored: \(problem)") }
    if let best = environment.kernelLevels.last, environment.kernelLevel != best {
      warnings.append(
        """
        LANGEVIN_KERNELS: layers and steps use \(environment.kernelLevel) kernels, but this \
        processor supports \(best); unset it for the best kernels
        """)
    }
    if let problem = environment.openBLASProblem { warnings.append(problem) }
    if environment.variables["OPENBLAS_CORETYPE"] != nil {
      warnings.append(
        "OPENBLAS_CORETYPE: OpenBLAS may not use its best kernels for this processor; unset it")
    }
    if environment.openBLASThreads != settings.openBLASThreads {
      warnings.append(
        """
        OpenBLAS uses \(environment.openBLASThreads) threads, not the \(settings.openBLASThreads) \
        requested
        """)
    }
    if environment.allowedProcessors < environment.processors {
      warnings.append(
        """
        this process may use only \(environment.allowedProcessors) of \
        \(NumberText.count(environment.processors, "processor"))
        """)
    }
    let threads = max(settings.threads, settings.openBLASThreads)
    let processors = min(Double(environment.allowedProcessors), environment.quota ?? .infinity)
    if Double(threads) > processors {
      warnings.append(
        """
        up to \(threads) threads share the time of \(NumberText.short(processors)) processors; rows \
        with more threads do not show the speed on a machine with enough processors
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
        other programs interrupted this process for \(NumberText.percent(1 - share)) of the time, \
        mostly in long timings; the times are too long
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
        other guests of the host took \(NumberText.fixed(stolen, 1)) processors; trust ratios more \
        than times
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
        the peak \(change < 0 ? "fell" : "rose") by \(NumberText.percent(abs(change))) during the \
        run: the processor's clock changed, or other programs disturbed it; do not compare rows that \
        are far apart
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
        the quartiles of \(wide) of \(spreads.count) timings differ by more than \
        \(NumberText.percent(widestSpread)) of the median; stop other programs and run again
        """)
    }
    for measurement in measurements where measurement.contender == ModelWork.wholeStep {
      guard let speed = measurement.relativeSpeed, abs(speed - 1) > largestCost else { continue }
      warnings.append(
        """
        a training step in parts takes \(NumberText.fixed(speed, 2)) times as long as a whole step; \
        the times of the parts are not representative
        """)
    }
    return warnings
  }
}
