import LangevinKernelTable
import LangevinKernels
import Testing

/// A type of elements that has kernels.
protocol KernelElement: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// Returns the kernels of `level` for this type.
  static func kernels(_ level: KernelLevel) -> ElementKernels
}

extension Float: KernelElement {
  static func kernels(_ level: KernelLevel) -> ElementKernels { Kernels.floats(level) }
}

extension Double: KernelElement {
  static func kernels(_ level: KernelLevel) -> ElementKernels { Kernels.doubles(level) }
}

/// A level and a type of elements.
struct KernelBuild: Sendable, CustomTestStringConvertible {
  var level: KernelLevel
  var type: any KernelElement.Type

  /// All builds of the kernels that run on this processor.
  static let all = Kernels.available.flatMap { level in
    [KernelBuild(level: level, type: Float.self), KernelBuild(level: level, type: Double.self)]
  }

  var testDescription: String { "\(level), \(type)" }
}

/// Counts that include every remainder of a group of vectors, and more than one block.
let elementCounts = Array(0...70) + [127, 200, 4099]

/// Returns real numbers in (-1, 1).
func reals<T: KernelElement>(_ count: Int, seed: UInt64, _ type: T.Type) -> [T] {
  var generator = SplitMix64(seed: seed)
  return (0..<count).map { _ in T(Int64(bitPattern: generator.next()) >> 11) * 0x1p-52 }
}

/// Returns whole numbers from -8 to 8, whose sums and products are exact.
func wholes<T: KernelElement>(_ count: Int, seed: UInt64, _ type: T.Type) -> [T] {
  wholes(count, seed: seed).map { T($0) }
}

/// Returns `count` numbers with every special value among them.
func mixed<T: KernelElement>(_ count: Int, seed: UInt64, _ type: T.Type) -> [T] {
  let special: [T] = [
    .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1,
  ]
  var generator = SplitMix64(seed: seed)
  return reals(count, seed: seed + 1000, type).map { x in
    let choice = Int(generator.next() % 24)
    return choice < special.count ? special[choice] : x
  }
}

/// Returns whether each pair is equal, or both are NaN. It distinguishes -0 from 0.
func match<T: KernelElement>(_ a: [T], _ b: [T]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { x, y in
      x == y && x.sign == y.sign || x.isNaN && y.isNaN
    }
}
