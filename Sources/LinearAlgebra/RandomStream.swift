import LangevinKernelTable
import LangevinPreconditions

/// Random numbers with an address: number `position` of stream `stream` under `seed` is always the
/// same, whoever asks for it, in whatever order, on whatever processor.
///
/// It holds no state. Work that is cut into blocks or spread over threads draws the numbers at its
/// own positions, and comes out the same.
///
/// Position p is word `w = (p / 16) % 4` of the ``Philox4x32`` block with counter
/// `(16 (p / 64) + p % 16, stream)`, key `seed`. Normal numbers come from two words each pair by
/// Box and Muller's transform; their tails end at 6.76 σ.
public struct RandomStream: Sendable, Hashable {
  /// The key: runs with the same seed draw the same numbers.
  public let seed: UInt64
  /// Which of the 2⁶⁴ independent streams of the seed.
  public let stream: UInt64

  /// Stream `stream` under `seed`.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// Overwrites `numbers` with uniform ones on [0, 1), from `position` on: multiples of 2⁻²⁴.
  public func fillUniform(
    _ numbers: inout MutableSpan<Float>, from position: UInt64 = 0, engine: Engine = .current
  ) {
    unsafe numbers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe engine.kernels.uniform(buffer.count, seed, stream, position, base)
    }
  }

  /// Overwrites `numbers` with standard normal ones, from `position` on.
  public func fillNormal(
    _ numbers: inout MutableSpan<Float>, from position: UInt64 = 0, engine: Engine = .current
  ) {
    unsafe numbers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe engine.kernels.normal(buffer.count, seed, stream, position, base)
    }
  }

  /// Overwrites `matrix`, row by row, with standard normal numbers from `position` on.
  public func fillNormal(
    _ matrix: inout Matrix, from position: UInt64 = 0, engine: Engine = .current
  ) {
    matrix.withMutableHandle {
      unsafe engine.kernels.normal($0.rows * $0.columns, seed, stream, position, $0.base)
    }
  }

  /// A matrix of uniform numbers on [0, 1), row by row from `position` on.
  public func uniform(rows: Int, columns: Int, from position: UInt64 = 0) -> Matrix {
    var matrix = Matrix(uninitializedRows: rows, columns: columns)
    var elements = matrix.mutableElements
    fillUniform(&elements, from: position)
    return matrix
  }

  /// A matrix of standard normal numbers, row by row from `position` on.
  public func normal(rows: Int, columns: Int, from position: UInt64 = 0) -> Matrix {
    var matrix = Matrix(uninitializedRows: rows, columns: columns)
    var elements = matrix.mutableElements
    fillNormal(&elements, from: position)
    return matrix
  }

  /// The word at `position`.
  public func word(at position: UInt64) -> UInt32 {
    let counter = (position >> 6) << 4 | (position & 15)
    let block = Philox4x32.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return block[Int((position >> 4) & 3)]
  }

  /// A whole number from 0 to `bound - 1` from the word at `position`.
  ///
  /// `⌊word · bound / 2³²⌋`: each number's probability is off by less than `bound / 2³²` of it.
  public func integer(below bound: Int, at position: UInt64) -> Int {
    require(
      bound > 0 && bound <= 1 << 31, "RandomStream: a bound of \(bound) is not from 1 to 2³¹")
    return Int((UInt64(word(at: position)) * UInt64(bound)) >> 32)
  }

  /// Overwrites `numbers` with whole ones from 0 to `bound - 1`, as ``integer(below:at:)``.
  public func fillIntegers(
    below bound: Int, _ numbers: inout [Int32], from position: UInt64 = 0,
    engine: Engine = .current
  ) {
    require(
      bound > 0 && bound <= 1 << 31, "RandomStream: a bound of \(bound) is not from 1 to 2³¹")
    unsafe numbers.withUnsafeMutableBytes { bytes in
      let words = unsafe bytes.bindMemory(to: UInt32.self)
      guard let base = words.baseAddress else { return }
      unsafe engine.kernels.words(words.count, seed, stream, position, base)
      for i in 0..<words.count {
        unsafe base[i] = UInt32((UInt64(base[i]) * UInt64(bound)) >> 32)
      }
    }
  }

  /// Shuffles `items` by Fisher and Yates, with the words from position 0 on.
  public func shuffle(_ items: inout [Int], engine: Engine = .current) {
    let kernels = engine.kernels
    var items = items.mutableSpan
    // Words come by the block; the last items are the first to be drawn for.
    let blockSize = 256
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: blockSize) { words in
      guard let words = words.baseAddress else { return }
      var end = items.count
      while end > 1 {
        let start = (end - 1) / blockSize * blockSize
        unsafe kernels.words(end - start, seed, stream, UInt64(start), words)
        for i in Swift.stride(from: end - 1, through: Swift.max(1, start), by: -1) {
          items.swapAt(i, unsafe Int((UInt64(words[i - start]) * UInt64(i + 1)) >> 32))
        }
        end = start
      }
    }
  }
}
