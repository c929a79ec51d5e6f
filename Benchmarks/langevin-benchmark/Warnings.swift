/// Reasons not to trust the figures.
enum Warnings {
  /// How far apart quartiles may be, as a part of the median.
  private static let widestSpread = 0.1

  /// How much of the time a process has a processor on a machine that does nothing else, at least.
  private static let leastShare = 0.97

  /// What `environment` and the scatter of `rows` give reason for.
  static func of(
    _ environment: Environment, _ rows: [Row], processorShare: Double? = nil
  ) -> [String] {
    var warnings: [String] = []
    if let processorShare, processorShare < leastShare {
      warnings.append(
        """
        other programs took the processor away for \(NumberText.fixed(100 - processorShare * 100, 0)) \
        % of the time, from long timings above all; times are too long
        """)
    }
    if let load = environment.load, load > Double(environment.processors) {
      warnings.append(
        """
        the machine was busy (load \(NumberText.fixed(load, 1)) on \(environment.processors) \
        processors); trust ratios more than times
        """)
    }
    let spreads = rows.flatMap(\.measurements).compactMap { $0.secondsPerStep?.spread }
    let wide = spreads.count { $0 > widestSpread }
    if wide * 4 > spreads.count {
      warnings.append(
        """
        \(wide) of \(spreads.count) timings scatter by more than \
        \(Int(widestSpread * 100)) % between their quartiles; stop other programs and run again
        """)
    }
    if environment.openBLASVariables["OPENBLAS_CORETYPE"] != nil {
      warnings.append(
        "OPENBLAS_CORETYPE is set: OpenBLAS may not run its best kernels for this processor")
    }
    return warnings
  }
}
