/// The measurements of all contenders for one piece of work, or for one part of it.
struct Row: Hashable, Codable {
  /// The section of the report.
  let section: Section
  /// The first part of the name, which the rows of a group share.
  let group: String
  /// The name of the row.
  let name: String
  /// The part of the work; nil means the whole work.
  let part: String?
  /// The measurements, one per contender.
  private(set) var measurements: [Measurement]

  /// Returns the rows for the timings of `subject`: one for each part and one for the whole work.
  static func all(_ subject: Subject, _ timings: [Timings]) -> [Row] {
    // Contenders may have different parts; the order of each contender's parts is kept.
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

  /// Returns the row with its measurements compared to the peak.
  func compared(with peak: Peak) -> Row {
    var copy = self
    copy.measurements = measurements.map { $0.compared(with: peak) }
    return copy
  }
}
