import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// The random number generators: the word behind each number, and its conversion to a number.
@Suite struct RandomNumberTests {
  private static let seed: UInt64 = 0x0123_4567_89AB_CDEF
  private static let stream: UInt64 = 0xFEDC_BA98_7654_3210

  /// Positions with a carry: inside a vector, inside a group of 64, in the low word of the counter (2³²
  /// counters are 2³⁴ positions), and in an `Int`; also the last positions.
  static let positions: [UInt64] = [
    0, 1, 15, 16, 63, 64, 1000, (1 << 32) - 100, (1 << 34) - 100, (1 << 36) - 100,
    (3 << 34) - 64, 1 << 58, (1 << 63) - 100, .max - 199,
  ]

  /// Checks the reference, which the other tests use, against the vectors published with Random123.
  @Test(arguments: [
    ([UInt32](repeating: 0, count: 6), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (
      [UInt32](repeating: .max, count: 6), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, 0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ])
  func referenceGivesPublishedVectors(counterAndKey: [UInt32], words: [UInt32]) {
    #expect(
      philox(counter: Array(counterAndKey.prefix(4)), key: Array(counterAndKey.suffix(2))) == words)
  }

  /// Every uniform number is the upper 24 bits of the word at its position.
  @Test(arguments: Kernels.available, positions)
  func uniformMatchesItsWord(_ level: KernelLevel, _ position: UInt64) {
    let count = 200
    let numbers = unsafe generated(
      count, seed: Self.seed, stream: Self.stream, from: position,
      by: Kernels.table(level).uniform)
    let expected = words(count, seed: Self.seed, stream: Self.stream, from: position)
      .map { Float($0 >> 8) * 0x1p-24 }
    #expect(haveSameBits(numbers, expected))
  }

  /// Words match the definition of the generator for any count.
  @Test(arguments: Kernels.available, positions)
  func wordsMatchTheDefinition(_ level: KernelLevel, _ position: UInt64) {
    for count in [0, 1, 3, 17, 63, 64, 65, 129, 200] {
      var numbers = [UInt32](repeating: 7, count: count + 80)
      unsafe Kernels.table(level).words(count, Self.seed, Self.stream, position, &numbers)
      let expected = words(count, seed: Self.seed, stream: Self.stream, from: position)
      #expect(Array(numbers.prefix(count)) == expected, "\(count) words")
      // No word after the last is written.
      #expect(numbers.dropFirst(count).allSatisfy { $0 == 7 })
    }
  }

  /// Two normal numbers, sixteen apart, are the Box-Muller transform of the two words at their
  /// positions.
  @Test(arguments: Kernels.available, positions.map { $0 / 64 * 64 })
  func normalMatchesItsWords(_ level: KernelLevel, _ position: UInt64) {
    let count = 192
    let numbers = unsafe generated(
      count, seed: Self.seed, stream: Self.stream, from: position,
      by: Kernels.table(level).normal)
    let words = words(count, seed: Self.seed, stream: Self.stream, from: position)
    for first in 0..<count where first & 16 == 0 {
      let u = (Double(words[first]) + 0.5) * 0x1p-32
      let radius = (-2 * log(u)).squareRoot()
      let angle = 2 * Double.pi * Double(words[first + 16]) * 0x1p-32
      // u is rounded to a `Float`. Near u = 1, where the radius is small, this changes the radius.
      let tolerance = 1.2e-6 + 0x1p-25 / radius
      #expect((Double(numbers[first]) - radius * cos(angle)).magnitude < tolerance)
      #expect((Double(numbers[first + 16]) - radius * sin(angle)).magnitude < tolerance)
    }
  }

  /// Every instruction set and every division of a range into blocks gives the same bits.
  @Test(arguments: [0, 5, 64, (1 << 34) - 500] as [UInt64])
  func dependsOnPositionAlone(_ position: UInt64) {
    let count = 1000
    let baseline = Kernels.table(.baseline)
    let uniform = unsafe generated(count, seed: 3, stream: 4, from: position, by: baseline.uniform)
    let normal = unsafe generated(count, seed: 3, stream: 4, from: position, by: baseline.normal)
    var generator = SplitMix64(seed: 5)
    for level in Kernels.available {
      let table = Kernels.table(level)
      var cutUniform: [Float] = []
      var cutNormal: [Float] = []
      while cutUniform.count < count {
        let part = min(Int.random(in: 0...150, using: &generator), count - cutUniform.count)
        let at = position + UInt64(cutUniform.count)
        unsafe cutUniform += generated(part, seed: 3, stream: 4, from: at, by: table.uniform)
        unsafe cutNormal += generated(part, seed: 3, stream: 4, from: at, by: table.normal)
      }
      #expect(haveSameBits(cutUniform, uniform), "\(level)")
      #expect(haveSameBits(cutNormal, normal), "\(level)")
    }
  }

  /// No number after the last is written.
  @Test(arguments: Kernels.available, [0, 1, 17, 64, 65, 130])
  func staysWithinItsMemory(_ level: KernelLevel, _ count: Int) {
    let table = Kernels.table(level)
    var numbers = [Float](repeating: 7, count: count + 80)
    unsafe table.uniform(count, 1, 2, 30, &numbers)
    #expect(numbers.dropFirst(count).allSatisfy { $0 == 7 })
    unsafe table.normal(count, 1, 2, 30, &numbers)
    #expect(numbers.dropFirst(count).allSatisfy { $0 == 7 })
  }

  /// Seeds and streams that differ in either half give different numbers.
  @Test(arguments: Kernels.available)
  func dependsOnAllOfSeedAndStream(_ level: KernelLevel) {
    let table = Kernels.table(level)
    var seen: Set<[UInt32]> = []
    for (seed, stream) in [(0, 0), (1, 0), (1 << 32, 0), (0, 1), (0, 1 << 32)] as [(UInt64, UInt64)]
    {
      let numbers = unsafe generated(4, seed: seed, stream: stream, by: table.uniform)
      seen.insert(numbers.map(\.bitPattern))
    }
    #expect(seen.count == 5)
  }
}
