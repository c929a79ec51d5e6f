import Checkpoints
import SafeTensors
import Testing

/// Randomly damaged files are read or rejected, and do not crash the program.
@Suite struct MutatedSafeTensorsTests {
  @Test func everyTruncationIsRefused() {
    let bytes = sample().serialized()
    for count in 0..<bytes.count {
      #expect(complaint(about: [UInt8](bytes[..<count])) != nil, "\(count) bytes")
    }
    #expect(complaint(about: bytes) == nil)
  }

  @Test func everyBitMayFlip() {
    let bytes = sample().serialized()
    var refused = 0
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      refused += isRefused(damaged) ? 1 : 0
    }
    // A flipped bit in a name or an element may go unnoticed, but most of the header is neither.
    #expect(refused > 8 * bytes.count / 4)
    #expect(refused < 8 * bytes.count)
  }

  @Test(arguments: 0..<8)
  func bytesMayComeGoAndChange(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let bytes = sample().serialized()
    var refused = 0
    for _ in 0..<500 {
      var damaged = bytes
      for _ in 0..<random.below(4) + 1 {
        let place = random.below(damaged.count)
        switch random.below(4) {
        case 0: damaged[place] = UInt8(random.below(256))
        case 1: damaged.insert(UInt8(random.below(256)), at: place)
        case 2: damaged.remove(at: place)
        default:
          let end = min(place + random.below(20), damaged.count)
          let copy = damaged[place..<end]
          damaged.insert(contentsOf: copy, at: random.below(damaged.count))
        }
      }
      refused += isRefused(damaged) ? 1 : 0
    }
    #expect(refused > 250)
  }

  /// Replaces tokens of the header by others, so that it often stays valid JSON.
  @Test(arguments: 0..<8)
  func tokensMayChange(seed: Int) {
    var random = SplitMix(state: UInt64(1000 + seed))
    let tokens = [
      "{", "}", "[", "]", ":", ",", "\"", " ", "0", "1", "-1", "4", "8", "1.5", "1e400", "null",
      "18446744073709551615", "9223372036854775807", "4611686018427387904", "\"F32\"", "\"F4\"",
      "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"a\"", "\"\\ud800\"",
      "\"\\ud83d\\ude00\"", "{}", "[]", "[0,8]",
    ]
    let whole = #"""
      { "__metadata__" : { "a" : "b" } , "w" : { "dtype" : "F32" , "shape" : [ 2 ] , \#
      "data_offsets" : [ 0 , 8 ] } , "v" : { "dtype" : "U8" , "shape" : [ 8 , 1 ] , \#
      "data_offsets" : [ 8 , 16 ] } }
      """#
    let parts = whole.split(separator: " ").map(String.init)
    let data = [UInt8](repeating: 0x41, count: 16)
    #expect(!isRefused(file(header: parts.joined(), data: data)))
    var refused = 0
    for _ in 0..<500 {
      var damaged = parts
      for _ in 0..<random.below(2) + 1 {
        let place = random.below(damaged.count)
        if random.below(4) == 0 {
          damaged.swapAt(place, random.below(damaged.count))
        } else {
          damaged[place] = tokens[random.below(tokens.count)]
        }
      }
      refused += isRefused(file(header: damaged.joined(), data: data)) ? 1 : 0
    }
    #expect(refused > 250)
    #expect(refused < 500)
  }

  @Test func randomBytesAreRefused() {
    var random = SplitMix(state: 5)
    for _ in 0..<1000 {
      let bytes = (0..<random.below(100)).map { _ in UInt8(random.below(256)) }
      #expect(isRefused(bytes))
      #expect(isRefused(file(header: [0x7b] + bytes)))
    }
  }

  /// Returns whether `bytes` are rejected. If they are not, their contents must survive a round trip.
  private func isRefused(_ bytes: [UInt8]) -> Bool {
    do throws(SafeTensorsError) {
      let contents = try SafeTensorsFile(parsing: bytes)
      for tensor in contents.tensors {
        _ = try? tensor.floats()
        _ = try? tensor.integers()
      }
      let again = try? SafeTensorsFile(parsing: contents.serialized())
      #expect(again == contents)
      return false
    } catch {
      let message = error.description
      #expect(!message.isEmpty && !message.utf8.contains(0x0a))
      return true
    }
  }
}

/// The random generator of Steele, Lea and Flood, which selects the places to damage.
struct SplitMix {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }
}
