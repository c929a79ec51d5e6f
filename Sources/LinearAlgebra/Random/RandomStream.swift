import LangevinKernelTable
import LangevinPreconditions

/// A stream of counter-based random numbers (Philox).
///
/// The number at position `position` of stream `stream` under `seed` is always the same, in any order of
/// drawing and on any processor. A stream holds no state: work that is split into blocks or threads draws
/// the numbers at its own positions, so the split does not change the results.
///
/// Position p is word `w = (p / 16) % 4` of the Philox4x32-10 block with counter
/// `(16 (p / 64) + p % 16, stream)` and key `seed`. The Box–Muller transform turns each pair of words into
/// two normal numbers, whose tails end at 6.76 σ.
public struct RandomStream: Sendable, Hashable {
  /// The seed, used as the key: the same seed gives the same numbers.
  public let seed: UInt64
  /// The number of this stream, one of the 2⁶⁴ independent streams of the seed.
  public let stream: UInt64

  /// Creates stream number `stream` of `seed`.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// Fills `numbers` with uniform numbers on [0, 1), multiples of 2⁻²⁴, starting at `position`.
  public func fillUniform(
    _ numbers: inout MutableSpan<Float>, from position: UInt64 = 0, engine: Engine = .current
  ) {
    unsafe numbers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe engine.kernels.uniform(buffer.count, seed, stream, position, base)
    }
  }

  /// Fills `numbers` with standard normal numbers, starting at `position`.
  public func fillNormal(
    _ numbers: inout MutableSpan<Float>, from position: UInt64 = 0, engine: Engine = .current
  ) {
    unsafe numbers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe engine.kernels.normal(buffer.count, seed, stream, position, base)
    }
  }

  /// Fills `matrix`, row by row, with uniform numbers on [0, 1), multiples of 2⁻²⁴, starting at `position`.
  public func fillUniform(
    _ matrix: inout Matrix<Float>, from position: UInt64 = 0, engine: Engine = .current
  ) {
    matrix.withMutableHandle {
      unsafe engine.kernels.uniform($0.rows * $0.columns, seed, stream, position, $0.base)
    }
  }

  /// Fills `matrix`, row by row, with standard normal numbers, starting at `position`.
  public func fillNormal(
    _ matrix: inout Matrix<Float>, from position: UInt64 = 0, engine: Engine = .current
  ) {
    matrix.withMutableHandle {
      unsafe engine.kernels.normal($0.rows * $0.columns, seed, stream, position, $0.base)
    }
  }

  /// Returns a matrix of uniform numbers on [0, 1), drawn row by row, starting at `position`.
  ///
  /// `Float` numbers are multiples of 2⁻²⁴ and take one position each. `Double` numbers are multiples of
  /// 2⁻⁵³ and take two.
  @_disfavoredOverload
  public func uniform<Element: MatrixElement>(
    rows: Int, columns: Int, from position: UInt64 = 0, of type: Element.Type = Element.self
  ) -> Matrix<Element> {
    var matrix = Matrix<Element>(uninitializedRows: rows, columns: columns)
    matrix.withMutableHandle { Element.routines.fillUniform(self, position, $0) }
    return matrix
  }

  /// Returns a matrix of uniform numbers on `range`, drawn row by row, starting at `position`.
  ///
  /// Numbers that would round to the upper bound become the number before it.
  ///
  /// The width of `range` must be a finite number.
  public func uniform<Element: MatrixElement>(
    rows: Int, columns: Int, in range: Range<Element>, from position: UInt64 = 0
  ) -> Matrix<Element> {
    let width = range.upperBound - range.lowerBound
    require(width.isFinite, "uniform: the width of \(range) is not finite")
    var matrix = uniform(rows: rows, columns: columns, from: position, of: Element.self)
    matrix *= width
    matrix += range.lowerBound
    return range.isEmpty ? matrix : matrix.clamped(to: ...range.upperBound.nextDown)
  }

  /// Returns a matrix of standard normal numbers, drawn row by row, starting at `position`.
  ///
  /// `Float` numbers take one position each, `Double` numbers two; their tails end at 6.76 σ and 8.57 σ.
  @_disfavoredOverload
  public func normal<Element: MatrixElement>(
    rows: Int, columns: Int, from position: UInt64 = 0, of type: Element.Type = Element.self
  ) -> Matrix<Element> {
    var matrix = Matrix<Element>(uninitializedRows: rows, columns: columns)
    matrix.withMutableHandle { Element.routines.fillNormal(self, position, $0) }
    return matrix
  }

  /// Returns a matrix of whole numbers from 0 to `bound - 1`, as ``integer(below:at:)`` draws them.
  public func integers<Element: MatrixElement>(
    below bound: Int, rows: Int, columns: Int, from position: UInt64 = 0,
    of type: Element.Type = Element.self
  ) -> Matrix<Element> {
    var matrix = Matrix<Element>(uninitializedRows: rows, columns: columns)
    var numbers = [Int32](repeating: 0, count: matrix.count)
    fillIntegers(below: bound, &numbers, from: position)
    matrix.withMutableHandle { target in
      for (i, number) in numbers.enumerated() { unsafe target.base[i] = Element(number) }
    }
    return matrix
  }

  /// Returns the numbers from 0 to `count - 1` in random order.
  public func permutation(of count: Int) -> [Int] {
    require(count >= 0, "permutation: the count \(count) is negative")
    var items = Array(0..<count)
    shuffle(&items)
    return items
  }

  // The type of the elements is `Float` unless the context says `Double`. The generic functions are disfavored:
  // a literal in `0.1 * stream.normal(rows: 3, columns: 2)` would make the matrix one of `Double`.

  /// Returns a matrix of uniform `Float` numbers on [0, 1), drawn row by row, starting at `position`.
  public func uniform(rows: Int, columns: Int, from position: UInt64 = 0) -> Matrix<Float> {
    uniform(rows: rows, columns: columns, from: position, of: Float.self)
  }

  /// Returns a matrix of standard normal `Float` numbers, drawn row by row, starting at `position`.
  public func normal(rows: Int, columns: Int, from position: UInt64 = 0) -> Matrix<Float> {
    normal(rows: rows, columns: columns, from: position, of: Float.self)
  }

  /// Returns `count` different numbers from 0 to `population - 1`, in random order.
  public func choice(_ count: Int, of population: Int) -> [Int] {
    require(
      count >= 0 && count <= population,
      "choice: \(count) different numbers cannot be chosen of \(population)")
    return Array(permutation(of: population).prefix(count))
  }

  /// Returns the 32-bit random word at `position`.
  public func word(at position: UInt64) -> UInt32 {
    let counter = (position >> 6) << 4 | (position & 15)
    let block = Philox4x32.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return block[Int((position >> 4) & 3)]
  }

  /// Returns a random integer from 0 to `bound - 1`, computed from the word at `position`.
  ///
  /// It is `⌊word · bound / 2³²⌋`. The relative error of each integer's probability is below `bound / 2³²`.
  public func integer(below bound: Int, at position: UInt64) -> Int {
    require(
      bound > 0 && bound <= 1 << 31, "RandomStream: a bound of \(bound) is not from 1 to 2³¹")
    return Int((UInt64(word(at: position)) * UInt64(bound)) >> 32)
  }

  /// Fills `numbers` with random integers from 0 to `bound - 1`, as ``integer(below:at:)`` draws them.
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

  /// Shuffles `items` by the Fisher–Yates algorithm, using the words from position 0 on.
  public func shuffle(_ items: inout [Int], engine: Engine = .current) {
    let kernels = engine.kernels
    var items = items.mutableSpan
    // The words are drawn in blocks, from the last items to the first.
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
