/// All contenders' measurements at one piece of work, or at one part of it.
struct Row: Hashable, Codable {
  /// Where it is shown.
  let section: Section
  /// The first part of its name, which it shares with others.
  let group: String
  /// What it is called.
  let name: String
  /// Which part of the work; nil is all of it.
  let part: String?
  /// Contender by contender.
  private(set) var measurements: [Measurement]

  /// The rows from the timings of `subject`: one for each part, and one for the whole.
  static func all(_ subject: Subject, _ timings: [Timings]) -> [Row] {
    // Contenders may have parts that others have not; each keeps its order.
    var names: [String] = []
    for timing in timings {
      var next = 0
      for part in timing.contender.parts {
        if let index = names.firstIndex(of: part.name) {
          next = index + 1
        } else {
          names.insert(part.name, at: next)
          next += 1
        }
      }
    }
    let parts = names.map { name in
      Row(
        subject, part: name,
        timings.compactMap { whole in whole.part(name).map { ($0, whole) } })
    }
    return parts + [Row(subject, part: nil, timings.map { ($0, nil) })]
  }

  private init(_ subject: Subject, part: String?, _ timings: [(own: Timings, whole: Timings?)]) {
    section = subject.section
    group = subject.group
    name = subject.name
    self.part = part
    let all = timings.map(\.own)
    measurements = timings.map { Measurement($0.own, beside: all, whole: $0.whole) }
  }

  /// The same, beside what the processor can do.
  func compared(with peak: Peak) -> Row {
    var copy = self
    copy.measurements = measurements.map { $0.compared(with: peak) }
    return copy
  }
}
