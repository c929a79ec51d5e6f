/// The parts of an animated WebP, according to the specification of its container.
struct WebPFile {
  /// A picture of the animation.
  struct Frame: Equatable {
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    /// The duration, in milliseconds.
    let duration: Int
  }

  private(set) var width = 0
  private(set) var height = 0
  /// The number of loops; 0 means endless.
  private(set) var loops: Int?
  private(set) var frames: [Frame] = []
  /// Whether the lengths of all chunks add up to the length of the file.
  private(set) var isComplete = false

  init(_ bytes: [UInt8]) {
    func number(_ place: Int, _ length: Int) -> Int {
      (0..<length).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    func name(_ place: Int) -> String { String(decoding: bytes[place..<place + 4], as: UTF8.self) }
    guard bytes.count > 12, name(0) == "RIFF", name(8) == "WEBP", number(4, 4) == bytes.count - 8
    else { return }
    var place = 12
    while place + 8 <= bytes.count {
      let (kind, length, body) = (name(place), number(place + 4, 4), place + 8)
      guard body + length <= bytes.count else { return }
      switch kind {
      case "VP8X": (width, height) = (number(body + 4, 3) + 1, number(body + 7, 3) + 1)
      case "ANIM": loops = number(body + 4, 2)
      case "ANMF":
        frames.append(
          Frame(
            x: 2 * number(body, 3), y: 2 * number(body + 3, 3), width: number(body + 6, 3) + 1,
            height: number(body + 9, 3) + 1, duration: number(body + 12, 3)))
      default: break
      }
      place = body + length + length % 2
    }
    isComplete = place == bytes.count
  }
}
