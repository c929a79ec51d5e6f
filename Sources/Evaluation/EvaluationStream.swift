import LinearAlgebra

/// The random streams of a seed, one for each purpose. No two purposes share numbers, and the models use
/// other streams.
enum EvaluationStream: UInt64 {
  case directions = 0x45_01
  case samples
  case reference
  case order
  case validation

  /// Returns stream number `index` for this purpose.
  func stream(seed: UInt64, index: Int = 0) -> RandomStream {
    RandomStream(seed: seed, stream: rawValue << 48 | UInt64(index))
  }

  /// Returns the numbers from 0 to `count - 1`, shuffled.
  func permutation(_ count: Int, seed: UInt64, index: Int = 0) -> [Int] {
    var order = Array(0..<count)
    stream(seed: seed, index: index).shuffle(&order)
    return order
  }
}
