import LinearAlgebra
import Testing

/// The definition of the generator, and its agreement with the numbers of the kernels.
@Suite struct PhiloxTests {
  /// The test vectors that Random123 publishes for philox4x32-10.
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: UInt32.max), SIMD2<UInt32>(repeating: UInt32.max),
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func matchesPublishedWords(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, words: SIMD4<UInt32>
  ) {
    #expect(Philox4x32.block(counter: counter, key: key) == words)
  }

  /// Counter 0 of stream 0: its words are 16 positions apart.
  @Test func positionsSelectWords() {
    let stream = RandomStream(seed: 0)
    #expect(stream.word(at: 0) == 0x6627_e8d5)
    #expect(stream.word(at: 16) == 0xe169_c58d)
    #expect(stream.word(at: 32) == 0xbc57_ac4c)
    #expect(stream.word(at: 48) == 0x9b00_dbd8)
    // The last position is the last word of counter 2⁶² - 1.
    let last = Philox4x32.block(
      counter: SIMD4(.max, 0x3fff_ffff, 3, 4), key: SIMD2(1, 2))
    #expect(RandomStream(seed: 1 | 2 << 32, stream: 3 | 4 << 32).word(at: .max) == last[3])
  }

  @Test(
    arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) },
    [0, 7, (1 << 32) - 100, (1 << 34) - 100, (1 << 36) - 100, .max - 199] as [UInt64])
  func uniformNumbersMatchTheirWords(_ engine: Engine, _ position: UInt64) {
    let stream = RandomStream(seed: 0xDEAD_BEEF_0BAD_CAFE, stream: 0x1234_5678_9ABC_DEF0)
    var numbers = Matrix<Float>(rows: 1, columns: 200)
    var span = numbers.mutableElements
    stream.fillUniform(&span, from: position, engine: engine)
    for i in 0..<200 {
      let word = stream.word(at: position + UInt64(i))
      #expect(numbers[0, i] == Float(word >> 8) * 0x1p-24)
    }
  }
}
