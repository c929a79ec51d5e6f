/// A radix sort of numbers, eleven bits at a time; several times faster than a comparison sort.
struct RadixSort {
  private static let digitBits = 11
  private static let digits = 3
  private var keys: [UInt32] = []
  private var scratch: [UInt32] = []

  /// Sorts `numbers` in ascending order. None of them may be NaN.
  mutating func sort(_ numbers: inout [Float]) {
    let radix = 1 << Self.digitBits
    var counts = [Int](repeating: 0, count: radix * Self.digits)
    keys.removeAll(keepingCapacity: true)
    for number in numbers {
      let key = Self.key(number)
      keys.append(key)
      for digit in 0..<Self.digits { counts[digit * radix + Self.digit(digit, of: key)] += 1 }
    }
    scratch = keys
    for digit in 0..<Self.digits {
      var next = 0
      for value in digit * radix..<(digit + 1) * radix {
        (counts[value], next) = (next, next + counts[value])
      }
      for key in keys {
        let slot = digit * radix + Self.digit(digit, of: key)
        scratch[counts[slot]] = key
        counts[slot] += 1
      }
      swap(&keys, &scratch)
    }
    for index in numbers.indices { numbers[index] = Self.number(keys[index]) }
  }

  private static func digit(_ digit: Int, of key: UInt32) -> Int {
    Int(key >> UInt32(digit * digitBits)) & (1 << digitBits - 1)
  }

  /// Returns bits with the same order as the numbers. The bits of negative numbers descend, so all of them
  /// are flipped.
  private static func key(_ number: Float) -> UInt32 {
    let bits = number.bitPattern
    return bits >> 31 == 1 ? ~bits : bits | 1 << 31
  }

  private static func number(_ key: UInt32) -> Float {
    Float(bitPattern: key >> 31 == 1 ? key & ~(1 << 31) : ~key)
  }
}
