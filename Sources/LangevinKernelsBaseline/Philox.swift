#if !KERNELS_OMITTED
// Random numbers from Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy
// as 1, 2, 3", SC 2011), many counters at a time.
//
// A stream is divided into groups of 64 numbers. Group g comes from the counters 16 g … 16 g + 15: word w of
// counter 16 g + k is number 64 g + 16 w + k of the stream. For every vector length up to 16, a vector of
// counters thus gives vectors of consecutive numbers without shuffling, and a number depends only on its
// position.
//
// The code below uses no fused operations, so that all levels round alike and give the same bits.

/// The size of a group: the numbers from 16 counters.
private let groupSize = 64

/// Four words for each of `lanes` counters.
///
/// For a structure, the compiler would generate functions whose names collide with those of other levels.
typealias PhiloxWords = (WordVector, WordVector, WordVector, WordVector)

/// Returns the high and low halves of the 64-bit products of `a` and a constant.
@inline(__always)
private func widen(_ a: WordVector, _ constant: UInt32) -> (high: WordVector, low: WordVector) {
  // Multiply even and odd lanes separately as 64-bit lanes, which `pmuludq` does.
  #if KERNELS_AVX512
  typealias Wide = SIMD8<UInt64>
  #elseif KERNELS_AVX2
  typealias Wide = SIMD4<UInt64>
  #else
  typealias Wide = SIMD2<UInt64>
  #endif
  let lowMask = Wide(repeating: 0xffff_ffff)
  let factor = Wide(repeating: UInt64(constant))
  let pairs = unsafe unsafeBitCast(a, to: Wide.self)
  let even = (pairs & lowMask) &* factor
  let half = Wide(repeating: 32)
  let odd = (pairs &>> half) &* factor
  let high = (even &>> half) | (odd & ~lowMask)
  return unsafe (unsafeBitCast(high, to: WordVector.self), a &* all(constant))
}

/// Runs ten rounds on the counters `(firstCounter + lane, stream)`.
@inline(__always)
private func philox(
  firstCounter: UInt64, stream: UInt64, seed: UInt64
) -> PhiloxWords {
  // A group starts at a multiple of 16, so the low word never wraps inside a vector.
  var x0 = WordVector(repeating: UInt32(truncatingIfNeeded: firstCounter)) &+ laneNumbers
  var x1 = WordVector(repeating: UInt32(truncatingIfNeeded: firstCounter >> 32))
  var x2 = WordVector(repeating: UInt32(truncatingIfNeeded: stream))
  var x3 = WordVector(repeating: UInt32(truncatingIfNeeded: stream >> 32))
  var key0 = WordVector(repeating: UInt32(truncatingIfNeeded: seed))
  var key1 = WordVector(repeating: UInt32(truncatingIfNeeded: seed >> 32))
  for _ in 0..<10 {
    let a = widen(x0, 0xD251_1F53)
    let b = widen(x2, 0xCD9E_8D57)
    (x0, x1, x2, x3) = (
      b.high ^ x1 ^ key0, b.low,
      a.high ^ x3 ^ key1, a.low
    )
    key0 &+= WordVector(repeating: 0x9E37_79B9)
    key1 &+= WordVector(repeating: 0xBB67_AE85)
  }
  return (x0, x1, x2, x3)
}

/// The number of each lane: 0, 1, 2, …
@inline(__always)
private var laneNumbers: WordVector {
  #if KERNELS_AVX512
  WordVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  #elseif KERNELS_AVX2
  WordVector(0, 1, 2, 3, 4, 5, 6, 7)
  #else
  WordVector(0, 1, 2, 3)
  #endif
}

/// Writes the numbers `position ..< position + count`; `fill` writes the 64 numbers of a group.
///
/// A group that the range covers only in part goes through a buffer on the stack.
@inline(__always)
private func generate(
  _ count: Int, _ position: UInt64, _ numbers: Output, _ fill: (UInt64, Output) -> Void
) {
  var done = 0
  while done < count {
    let at = position &+ UInt64(truncatingIfNeeded: done)
    let group = at >> 6
    let offset = Int(truncatingIfNeeded: at & 63)
    if offset == 0 && count &- done >= groupSize {
      unsafe fill(group, numbers + done)
      done &+= groupSize
      continue
    }
    let part = min(groupSize &- offset, count &- done)
    unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: groupSize) { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fill(group, base)
      for i in 0..<part { unsafe numbers[done &+ i] = base[offset &+ i] }
    }
    done &+= part
  }
}

func uniform(_ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64, _ numbers: Output)
{
  /// Returns numbers of 24 bits: the largest is 1 - 2⁻²⁴, never 1.
  @inline(__always)
  func unit(_ words: WordVector) -> FloatVector {
    let (high, low) = halves(words & all(0xffff_ff00))
    return high * all(0x1p-16) + low * all(0x1p-32)
  }
  unsafe generate(count, position, numbers) { group, output in
    var lane = 0
    while lane < 16 {
      let words = philox(
        firstCounter: group &* 16 &+ UInt64(truncatingIfNeeded: lane), stream: stream, seed: seed)
      unsafe store(unit(words.0), output + lane)
      unsafe store(unit(words.1), output + (16 &+ lane))
      unsafe store(unit(words.2), output + (32 &+ lane))
      unsafe store(unit(words.3), output + (48 &+ lane))
      lane &+= lanes
    }
  }
}

func normal(_ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64, _ numbers: Output) {
  unsafe generate(count, position, numbers) { group, output in
    var lane = 0
    while lane < 16 {
      let words = philox(
        firstCounter: group &* 16 &+ UInt64(truncatingIfNeeded: lane), stream: stream, seed: seed)
      let first = boxMuller(words.0, words.1)
      let second = boxMuller(words.2, words.3)
      unsafe store(first.0, output + lane)
      unsafe store(first.1, output + (16 &+ lane))
      unsafe store(second.0, output + (32 &+ lane))
      unsafe store(second.1, output + (48 &+ lane))
      lane &+= lanes
    }
  }
}

func words(
  _ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64,
  _ words: UnsafeMutablePointer<UInt32>
) {
  // `generate` writes floats, so the bits of the words pass through it as floats.
  let output = unsafe UnsafeMutableRawPointer(words).assumingMemoryBound(to: Float.self)
  @inline(__always)
  func bits(_ words: WordVector) -> FloatVector {
    unsafe unsafeBitCast(words, to: FloatVector.self)
  }
  unsafe generate(count, position, output) { group, output in
    var lane = 0
    while lane < 16 {
      let words = philox(
        firstCounter: group &* 16 &+ UInt64(truncatingIfNeeded: lane), stream: stream, seed: seed)
      unsafe store(bits(words.0), output + lane)
      unsafe store(bits(words.1), output + (16 &+ lane))
      unsafe store(bits(words.2), output + (32 &+ lane))
      unsafe store(bits(words.3), output + (48 &+ lane))
      lane &+= lanes
    }
  }
}
#endif
