/// The values that a setting may have, and their description for messages.
package struct Bounds<Value: Comparable & Sendable>: Sendable, CustomStringConvertible {
  /// The bounds in words: "from 1 to 64", "above 0".
  package let description: String
  private let isWithin: @Sendable (Value) -> Bool

  private init(_ description: String, _ isWithin: @escaping @Sendable (Value) -> Bool) {
    self.description = description
    self.isWithin = isWithin
  }

  /// Returns the bounds of values from `low`.
  package static func from(_ low: Value) -> Bounds {
    Bounds("from \(text(low))") { $0 >= low }
  }

  /// Returns the bounds of values from `low` to `high`, both included.
  package static func from(_ low: Value, to high: Value) -> Bounds {
    Bounds("from \(text(low)) to \(text(high))") { $0 >= low && $0 <= high }
  }

  /// Returns the bounds of values from `low`, below `high`.
  package static func from(_ low: Value, below high: Value) -> Bounds {
    Bounds("from \(text(low)), below \(text(high))") { $0 >= low && $0 < high }
  }

  /// Returns the bounds of values above `low`.
  package static func above(_ low: Value) -> Bounds {
    Bounds("above \(text(low))") { $0 > low }
  }

  /// Returns the bounds of values above `low`, up to `high`.
  package static func above(_ low: Value, to high: Value) -> Bounds {
    Bounds("above \(text(low)), up to \(text(high))") { $0 > low && $0 <= high }
  }

  /// Returns `value` as text, without the decimals of an integer.
  package static func text(_ value: Value) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Returns whether `value` is within the bounds. NaN never is.
  package func contain(_ value: Value) -> Bool { isWithin(value) }
}
