import LangevinKernelTable
import LangevinPreconditions

extension RandomStream {
  /// Fills `matrix` with uniform numbers on [0, 1), multiples of 2⁻⁵³.
  ///
  /// Number i has its 27 upper bits from the word at `position + 2 i` and 26 more from the next one.
  func fillUniform(_ matrix: MatrixHandle<Double>, from position: UInt64) {
    forEachPair(matrix.count, from: position) { i, first, second in
      unsafe matrix.base[i] = Double(Self.bits(first, second)) * 0x1p-53
    }
  }

  /// Fills `matrix` with standard normal numbers.
  ///
  /// Number i is the normal quantile of a uniform number on (0, 1), an odd multiple of 2⁻⁵⁴, from the words
  /// at `position + 2 i` and the next one.
  func fillNormal(_ matrix: MatrixHandle<Double>, from position: UInt64) {
    forEachPair(matrix.count, from: position) { i, first, second in
      unsafe matrix.base[i] = normalQuantile(
        (Double(Self.bits(first, second)) + 0.5) * 0x1p-53)
    }
  }

  private static func bits(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first >> 5) << 26 | UInt64(second >> 6)
  }

  private func forEachPair(
    _ count: Int, from position: UInt64, _ body: (Int, UInt32, UInt32) -> Void
  ) {
    let kernels = Engine.current.kernels
    let blockSize = 256
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * blockSize) { words in
      guard let words = words.baseAddress else { return }
      var start = 0
      while start < count {
        let part = Swift.min(blockSize, count - start)
        unsafe kernels.words(2 * part, seed, stream, position &+ UInt64(2 * start), words)
        for i in 0..<part { unsafe body(start + i, words[2 * i], words[2 * i + 1]) }
        start += part
      }
    }
  }
}
