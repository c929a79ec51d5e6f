/// A request to measure an operation.
struct Request {
  /// An operation on operands of one type and size.
  struct Work: Equatable {
    /// The types of elements.
    enum Kind: String {
      case float, double
    }

    let operation: String
    let kind: Kind
    let size: Int
  }

  let work: Work
  /// How long to repeat the operation.
  let seconds: Double

  /// Parses `OPERATION TYPE SIZE SECONDS`; nil if `line` is not a request.
  init?(_ line: String) {
    let words = line.split(separator: " ")
    guard words.count == 4, let kind = Work.Kind(rawValue: String(words[1])),
      let size = Int(words[2]), size > 0, let seconds = Double(words[3])
    else { return nil }
    work = Work(operation: String(words[0]), kind: kind, size: size)
    self.seconds = seconds
  }
}
