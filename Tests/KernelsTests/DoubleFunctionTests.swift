import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// A type that is more precise than `Double`, if the platform has one.
#if arch(x86_64) && !os(Windows)
private typealias Reference = Float80
/// The allowed error, in units in the last place.
private let bound = 4.0
#else
private typealias Reference = Double
// The C library may be off by one unit.
private let bound = 5.0
#endif

extension ElementaryFunction {
  fileprivate func reference(_ x: Reference) -> Reference {
    switch self {
    case .exponential: return exp(x)
    case .logarithmOnePlus: return log1p(x)
    case .softplus: return max(x, 0) + log1p(exp(-x.magnitude))
    case .sigmoid:
      let z = exp(-x.magnitude)
      return x < 0 ? z / (1 + z) : 1 / (1 + z)
    case .exponentialMinusOne: return expm1(x)
    case .logarithm: return log(x)
    case .hyperbolicTangent: return tanh(x)
    case .squareRoot: return x.squareRoot()
    }
  }
}

/// The elementary functions of `Double` stay within 4 ulp of the C library in extended precision.
@Suite struct DoubleFunctionTests {
  /// Returns the distance of `value` from `exact` in units in the last place, as for `Float`.
  private static func ulps(_ value: Double, from exact: Reference) -> Double {
    if exact.isNaN || value.isNaN { return exact.isNaN && value.isNaN ? 0 : .infinity }
    if exact.magnitude < Reference(Double.leastNormalMagnitude) && value == 0 { return 0 }
    let nearest = Double(exact)
    if value == nearest { return 0 }
    if value.isInfinite || nearest.isInfinite { return .infinity }
    return Double((Reference(value) - exact).magnitude / Reference(nearest.ulp))
  }

  /// All exponents and both signs, the ranges in which the functions are not constant, and the places
  /// where an implementation may switch.
  private static let arguments: [Double] = {
    var x = (0..<20_000).map { Double(bitPattern: UInt64($0) &* 0x000D_1B71_7A4F_CA3B) }
    var generator = SplitMix64(seed: 1)
    for width in [2.0, 40, 1500] {
      x += (0..<6000).map { _ in (Double(generator.next() >> 11) * 0x1p-53 - 0.5) * width }
    }
    // Arguments near 1 and -1, and in the last powers of two before 0.
    x += (0..<2000).map { 1 + Double($0 - 1000) * 0x1p-52 }
    x += (0..<2000).map { -1 + Double($0) * 0x1p-53 }
    x += (0..<2000).map { _ in
      let significand = 1 + Double(generator.next() >> 11) * 0x1p-53
      return Double(sign: .plus, exponent: -Int(generator.next() % 70), significand: significand)
    }
    for place in [0.34657, 0.693147, 1.04, 709.0, 709.78, 708.39, 744, 745.2, 19, 20, 36.7, 37] {
      x += (-100..<100).map { place + Double($0) * 0x1p-9 }
      x += (-100..<100).map { -place + Double($0) * 0x1p-9 }
    }
    return x
  }()

  @Test(arguments: ElementaryFunction.allCases)
  func staysWithinFourUlps(_ function: ElementaryFunction) {
    let exact = Self.arguments.map { function.reference(Reference($0)) }
    for level in Kernels.available {
      let y = unsafe mapped(Self.arguments, by: function.kernel(of: Kernels.doubles(level)))
      var worst = (ulps: 0.0, argument: 0.0)
      for i in y.indices {
        let error = Self.ulps(y[i], from: exact[i])
        if error > worst.ulps { worst = (error, Self.arguments[i]) }
      }
      if ProcessInfo.processInfo.environment["LANGEVIN_EXHAUSTIVE"] == "1" {
        print("\(function) \(level): \(worst.ulps) ulp at \(worst.argument)")
      }
      #expect(worst.ulps <= bound, "\(level): \(worst.ulps) ulp at \(worst.argument)")
    }
  }

  /// Values that ulps cannot describe: signs of zeros, infinities, saturation.
  @Test(arguments: KernelBuild.all)
  func keepsSpecialValues(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      let inf = T.infinity
      let tiny = T.leastNonzeroMagnitude
      let great = T.greatestFiniteMagnitude
      let cases: [(ElementaryFunction, [(x: T, y: T)])] = [
        (
          .exponential,
          [
            (0, 1), (-0.0, 1), (inf, inf), (-inf, 0), (tiny, 1), (great, inf), (-great, 0),
            (1000, inf), (-1000, 0), (.nan, .nan),
          ]
        ),
        (
          .exponentialMinusOne,
          [
            (0, 0), (-0.0, -0.0), (inf, inf), (-inf, -1), (tiny, tiny), (-tiny, -tiny),
            (great, inf), (-great, -1), (1000, inf), (-1000, -1), (.nan, .nan),
          ]
        ),
        (
          .logarithm,
          [
            (1, 0), (0, -inf), (-0.0, -inf), (inf, inf), (-1, .nan), (-inf, .nan), (-tiny, .nan),
            (.nan, .nan),
          ]
        ),
        (
          .logarithmOnePlus,
          [
            (0, 0), (-0.0, -0.0), (inf, inf), (-1, -inf), (tiny, tiny), (-tiny, -tiny),
            (-2, .nan), (-inf, .nan), (-great, .nan), (.nan, .nan),
          ]
        ),
        (
          .hyperbolicTangent,
          [
            (0, 0), (-0.0, -0.0), (inf, 1), (-inf, -1), (great, 1), (-great, -1), (50, 1),
            (-50, -1), (.nan, .nan),
          ]
        ),
        (
          .softplus,
          [(inf, inf), (-inf, 0), (1000, 1000), (-1000, 0), (great, great), (.nan, .nan)]
        ),
        (
          .sigmoid,
          [(0, 0.5), (-0.0, 0.5), (inf, 1), (-inf, 0), (1000, 1), (-1000, 0), (.nan, .nan)]
        ),
      ]
      for (function, pairs) in cases {
        let y = unsafe mapped(pairs.map(\.x), by: function.kernel(of: kernels))
        for (pair, value) in zip(pairs, y) {
          #expect(match([value], [pair.y]), "\(function)(\(pair.x)) is \(value), not \(pair.y)")
        }
      }
    }
    check(build.type)
  }

  /// The value of an element depends neither on its position nor on its neighbors, and the result may
  /// overwrite the argument.
  @Test(arguments: ElementaryFunction.allCases, Kernels.available)
  func doesNotDependOnPosition(_ function: ElementaryFunction, _ level: KernelLevel) {
    let kernel = unsafe function.kernel(of: Kernels.doubles(level))
    let x = reals(70, seed: 1, Double.self).map { 20 * $0 }
    let alone = x.flatMap { unsafe mapped([$0], by: kernel) }
    for count in 0...x.count {
      let some = Array(x.prefix(count))
      #expect(unsafe match(mapped(some, by: kernel), Array(alone.prefix(count))))
      #expect(unsafe match(mappedInPlace(some, by: kernel), Array(alone.prefix(count))))
    }
  }
}
