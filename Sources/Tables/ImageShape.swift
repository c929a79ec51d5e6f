/// Width and height of gray images, each of which is a row of pixels, line by line from the top.
public struct ImageShape: Codable, Sendable, Hashable, CustomStringConvertible {
  /// In pixels.
  public let width: Int
  /// In pixels.
  public let height: Int

  /// The longest side.
  package static let longestSide = 1024

  /// A shape; nil if a side is not from 1 to 1024.
  public init?(width: Int, height: Int) {
    let sides = 1...Self.longestSide
    guard sides.contains(width), sides.contains(height) else { return nil }
    (self.width, self.height) = (width, height)
  }

  /// The shape that `text` says, as 8x8: width and height.
  public init?(_ text: String) {
    let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]) else {
      return nil
    }
    self.init(width: width, height: height)
  }

  /// How many there are.
  package var pixels: Int { width * height }

  public var description: String { "\(width)x\(height)" }

  /// Whether it could have been made here.
  var isPossible: Bool { Self(width: width, height: height) == self }
}
