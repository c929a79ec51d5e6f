import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// Sines and cosines of turns, compared with the C library in `Double`.
@Suite struct WavesTests {
  private static let tables = Kernels.available.map { Kernels.table($0) }

  private func waves(_ turns: [Float], _ table: KernelTable) -> (sines: [Float], cosines: [Float]) {
    var sines = [Float](repeating: .nan, count: turns.count)
    var cosines = sines
    unsafe sines.withUnsafeMutableBufferPointer { sines in
      unsafe cosines.withUnsafeMutableBufferPointer { cosines in
        guard let sines = sines.baseAddress, let cosines = cosines.baseAddress else { return }
        unsafe table.sinesAndCosines(turns.count, turns, sines, cosines)
      }
    }
    return (sines, cosines)
  }

  /// Magnitudes from 2⁻³⁰ to the largest that is reduced, with both signs, and multiples of an eighth,
  /// where the quadrant changes.
  private static let turns: [Float] =
    (0..<4000).flatMap { i -> [Float] in
      let x = exp2(Float(i) / 80 - 30)
      return [x, -x]
    }
    + (-40...40).flatMap { i -> [Float] in
      let x = Float(i) / 8
      return [x, x.nextUp, x.nextDown]
    } + [0x1p20, -0x1p20, 0, -0.0]

  @Test(arguments: Kernels.available)
  func staysNearTheExactValues(_ level: KernelLevel) {
    let (sines, cosines) = waves(Self.turns, Kernels.table(level))
    for (i, x) in Self.turns.enumerated() {
      // The reduction is exact: turns are reduced before they become an angle.
      let angle = 2 * Double.pi * remainder(Double(x), 1)
      #expect(abs(Double(sines[i]) - sin(angle)) <= 0x1p-23, "sine of \(x)")
      #expect(abs(Double(cosines[i]) - cos(angle)) <= 0x1p-23, "cosine of \(x)")
    }
  }

  @Test func isTheSameForEveryInstructionSet() {
    let expected = waves(Self.turns, Self.tables[0])
    for table in Self.tables {
      let found = waves(Self.turns, table)
      #expect(haveSameBits(found.sines, expected.sines), "\(table.level)")
      #expect(haveSameBits(found.cosines, expected.cosines), "\(table.level)")
    }
  }

  /// Works for any count and in place; elements beyond the results stay unchanged.
  @Test(arguments: Kernels.available, [0, 1, 3, 4, 15, 16, 17, 45])
  func worksInPlace(_ level: KernelLevel, _ count: Int) {
    let table = Kernels.table(level)
    let turns = Array(Self.turns.suffix(count))
    let expected = waves(turns, table)
    var both = turns + [Float](repeating: 7, count: count + 20)
    unsafe both.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe table.sinesAndCosines(count, base, base, base + count)
    }
    #expect(
      both == expected.sines + expected.cosines + [Float](repeating: 7, count: 20))
  }

  /// Values that cannot be reduced are clamped or give any result within [-1, 1].
  @Test(arguments: Kernels.available)
  func staysWithinOneForAnyInput(_ level: KernelLevel) {
    let turns: [Float] = [
      0x1p21, -1e30, .infinity, -.infinity, .greatestFiniteMagnitude, 714 * .leastNonzeroMagnitude,
    ]
    let (sines, cosines) = waves(turns, Kernels.table(level))
    for value in sines + cosines { #expect(abs(value) <= 1) }
  }
}
