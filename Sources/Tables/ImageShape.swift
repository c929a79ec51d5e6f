/// The width and height of gray images. A table has one image per row, its pixels line by line from the top.
public struct ImageShape: Codable, Sendable, Hashable, CustomStringConvertible {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int

  /// The maximum length of a side, in pixels.
  package static let longestSide = 1024

  /// Creates a shape; nil if a side is not from 1 to 1024.
  public init?(width: Int, height: Int) {
    let sides = 1...Self.longestSide
    guard sides.contains(width), sides.contains(height) else { return nil }
    (self.width, self.height) = (width, height)
  }

  /// Parses a shape like `28x20`, width and height; nil if `text` is not a valid shape.
  public init?(_ text: String) {
    let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]) else {
      return nil
    }
    self.init(width: width, height: height)
  }

  /// The number of pixels.
  package var pixels: Int { width * height }

  /// The shape as text, such as `28x20`.
  public var description: String { "\(width)x\(height)" }

  /// Whether a shape from a file is valid.
  var isPossible: Bool { Self(width: width, height: height) == self }
}
