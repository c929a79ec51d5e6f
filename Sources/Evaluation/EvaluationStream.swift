import LinearAlgebra

/// Which stream of a seed serves which purpose, so that no two draw the same numbers; nor do those of the
/// models have any of these.
enum EvaluationStream: UInt64 {
  case directions = 0x45_01
  case samples
  case reference
  case order
  case validation

  /// The stream, number `index` of its kind.
  func stream(seed: UInt64, index: Int = 0) -> RandomStream {
    RandomStream(seed: seed, stream: rawValue << 48 | UInt64(index))
  }

  /// The numbers from 0 to `count - 1`, shuffled.
  func permutation(_ count: Int, seed: UInt64, index: Int = 0) -> [Int] {
    var order = Array(0..<count)
    stream(seed: seed, index: index).shuffle(&order)
    return order
  }
}
