import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// The elementary functions of `Float` stay within 4 ulp of the C library in `Double`.
struct ElementaryFunctionTests {
  private static let tables = Kernels.available.map { Kernels.floats($0) }

  /// A sample of all 2³² bit patterns: a prime stride covers every exponent, both signs, and NaNs.
  @Test(arguments: ElementaryFunction.allCases)
  func staysWithinFourUlps(_ function: ElementaryFunction) {
    let stride: UInt32 = 40_009
    let count = Int(UInt32.max / stride) + 1
    let errors = worstErrors(
      of: function, tables: Self.tables, first: 0, stride: stride, count: count)
    for (table, worst) in zip(Self.tables, errors) {
      #expect(
        worst.ulps <= 4,
        "\(table.level): \(worst.ulps) ulp at \(worst.argument), where it is \(worst.value)")
    }
  }

  /// Every float in a range of 2000 around each point where an implementation switches: near 0, ±1, ±ln
  /// 2, ±88, and others.
  @Test(
    arguments: ElementaryFunction.allCases,
    [Float(0x1p-24), 0.35, 0.6931472, 1, 16, 87.336544, 88, 88.72283, 103.97])
  func staysWithinFourUlpsNearBreakpoints(_ function: ElementaryFunction, _ place: Float) {
    for x in [place, -place] {
      let errors = worstErrors(
        of: function, tables: Self.tables, first: x.bitPattern &- 1000, stride: 1, count: 2000)
      for (table, worst) in zip(Self.tables, errors) {
        #expect(
          worst.ulps <= 4,
          "\(table.level): \(worst.ulps) ulp at \(worst.argument), where it is \(worst.value)")
      }
    }
  }

  /// All 2³² bit patterns. The test takes minutes in a release build and much longer in a debug build,
  /// so it runs only on request:
  ///
  ///     LANGEVIN_EXHAUSTIVE=1 swift test -c release --filter KernelsTests.ElementaryFunction
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EXHAUSTIVE"] == "1",
      "set LANGEVIN_EXHAUSTIVE=1 to test every bit pattern"),
    arguments: ElementaryFunction.allCases)
  func staysWithinFourUlpsEverywhere(_ function: ElementaryFunction) async {
    let chunk = 1 << 16
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let errors = await withTaskGroup(of: [WorstError].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var worst = Self.tables.map { _ in WorstError() }
          for part in stride(from: worker, to: (1 << 32) / chunk, by: workers) {
            let errors = worstErrors(
              of: function, tables: Self.tables, first: UInt32(part * chunk), stride: 1,
              count: chunk)
            for i in errors.indices { worst[i].merge(errors[i]) }
          }
          return worst
        }
      }
      return await group.reduce(into: Self.tables.map { _ in WorstError() }) { worst, errors in
        for i in errors.indices { worst[i].merge(errors[i]) }
      }
    }
    for (table, worst) in zip(Self.tables, errors) {
      print("\(function) \(table.level): \(worst.ulps) ulp at \(worst.argument)")
      #expect(
        worst.ulps <= 4,
        "\(table.level): \(worst.ulps) ulp at \(worst.argument), where it is \(worst.value)")
    }
  }

  /// Values that ulps cannot describe must match bit for bit: signs of zeros, infinities, saturation.
  @Test(arguments: Kernels.available)
  func keepsSpecialValues(_ level: KernelLevel) {
    let table = Kernels.floats(level)
    let inf = Float.infinity
    let tiny = Float.leastNonzeroMagnitude
    let cases: [(ElementaryFunction, [(x: Float, y: Float)])] = [
      (
        .exponential,
        [
          (0, 1), (-0.0, 1), (inf, inf), (-inf, 0), (tiny, 1), (-tiny, 1), (88.72284, inf),
          (1000, inf), (.greatestFiniteMagnitude, inf), (-.greatestFiniteMagnitude, 0), (-104, 0),
        ]
      ),
      (
        .logarithmOnePlus,
        [
          (0, 0), (-0.0, -0.0), (inf, inf), (-1, -inf), (tiny, tiny), (-tiny, -tiny),
          (0x1p-130, 0x1p-130), (-0x1p-130, -0x1p-130),
        ]
      ),
      (
        .softplus,
        [
          (inf, inf), (-inf, 0), (200, 200), (-200, 0),
          (.greatestFiniteMagnitude, .greatestFiniteMagnitude), (-.greatestFiniteMagnitude, 0),
        ]
      ),
      (
        .sigmoid,
        [
          (0, 0.5), (-0.0, 0.5), (inf, 1), (-inf, 0), (200, 1), (-200, 0), (tiny, 0.5),
          (.greatestFiniteMagnitude, 1), (-.greatestFiniteMagnitude, 0),
        ]
      ),
    ]
    for (function, pairs) in cases {
      let y = unsafe mapped(pairs.map(\.x), by: function.kernel(of: table))
      for (pair, value) in zip(pairs, y) {
        #expect(
          value.bitPattern == pair.y.bitPattern, "\(function)(\(pair.x)) is \(value), not \(pair.y)"
        )
      }
      let nan = unsafe mapped([Float.nan, -.nan, .signalingNaN], by: function.kernel(of: table))
      #expect(nan.allSatisfy { $0.isNaN }, "\(function)(NaN) is \(nan)")
    }
    let below = unsafe mapped(
      [Float(-1.0000001), -2, -inf, -.greatestFiniteMagnitude], by: table.logarithmOnePlus)
    #expect(below.allSatisfy { $0.isNaN }, "log of a negative number is \(below)")
  }

  /// The value of an element depends neither on its position nor on its neighbors, and the result may
  /// overwrite the argument.
  @Test(arguments: ElementaryFunction.allCases, Kernels.available)
  func doesNotDependOnPosition(_ function: ElementaryFunction, _ level: KernelLevel) {
    let kernel = unsafe function.kernel(of: Kernels.floats(level))
    let x = reals(70, seed: 1).map { 20 * $0 }
    let alone = x.flatMap { unsafe mapped([$0], by: kernel) }
    for count in 0...x.count {
      let some = Array(x.prefix(count))
      #expect(unsafe haveSameBits(mapped(some, by: kernel), Array(alone.prefix(count))))
      #expect(unsafe haveSameBits(mappedInPlace(some, by: kernel), Array(alone.prefix(count))))
    }
  }
}
