/// All contenders' measurements at one piece of work.
struct Row: Hashable, Codable {
  /// Which table shows it.
  let kind: Subject.Kind
  /// What it is called.
  let name: String
  /// Floating-point operations of the products in one step.
  let operationsPerStep: Double
  /// Contender by contender.
  let measurements: [Measurement]

  /// From the timings of `subject`.
  init(_ subject: Subject, _ timings: [Timings]) {
    kind = subject.kind
    name = subject.name
    operationsPerStep = subject.operations
    let reference = timings.first { $0.name == Contender.reference }
    measurements = timings.map { timing in
      let seconds = timing.statistics?.divided(by: Double(subject.steps))
      return Measurement(
        contender: timing.name, threads: timing.threads, repeats: timing.repeats,
        secondsPerStep: seconds, gigaflops: seconds.map { subject.operations / $0.median * 1e-9 },
        speedRelativeToOpenBLAS: reference.flatMap { timing.speed(relativeTo: $0) })
    }
  }
}
