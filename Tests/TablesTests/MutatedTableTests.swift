import LinearAlgebra
import Tables
import Testing

/// Randomly damaged tables: each is read or refused without a crash.
@Suite struct MutatedTableTests {
  private static let npy = NPY.bytes(of: Matrix<Float>([[1, 2, 3], [-4, 5.5, 6e20]]))
  private static let csv = Array("a,\"b \"\"c\"\"\",d\r\n1,-2.5,\"3e4\"\n 4 ,+5,6.25\n\n".utf8)

  @Test func everyTruncatedArrayIsRefused() {
    for count in 0..<Self.npy.count {
      #expect(isRefused(array: Array(Self.npy[..<count])), "\(count) bytes")
    }
    #expect(!isRefused(array: Self.npy))
  }

  /// A truncated text is a shorter table, or is refused because a cell is missing.
  @Test func everyTruncatedTextIsReadOrRefused() {
    var refused = 0
    for count in 0..<Self.csv.count {
      refused += isRefused(text: Array(Self.csv[..<count])) ? 1 : 0
    }
    #expect(refused > Self.csv.count / 2 && refused < Self.csv.count)
    #expect(!isRefused(text: Self.csv))
  }

  @Test func everyBitMayFlip() {
    var refused = (array: 0, text: 0)
    for bit in 0..<8 * Self.npy.count {
      var damaged = Self.npy
      damaged[bit / 8] ^= 1 << (bit % 8)
      refused.array += isRefused(array: damaged) ? 1 : 0
    }
    // In the 128 bytes before the data, flips in the spaces and in a bit or so of a digit go unnoticed.
    #expect(refused.array > 8 * Self.npy.count / 4 && refused.array < 8 * Self.npy.count)
    for bit in 0..<8 * Self.csv.count {
      var damaged = Self.csv
      damaged[bit / 8] ^= 1 << (bit % 8)
      refused.text += isRefused(text: damaged) ? 1 : 0
    }
    #expect(refused.text > 8 * Self.csv.count / 4 && refused.text < 8 * Self.csv.count)
  }

  @Test(arguments: 0..<8)
  func bytesMayComeGoAndChange(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var refused = (array: 0, text: 0)
    for _ in 0..<300 {
      refused.array += isRefused(array: random.damage(Self.npy)) ? 1 : 0
      refused.text += isRefused(text: random.damage(Self.csv)) ? 1 : 0
    }
    #expect(refused.array > 150)
    #expect(refused.text > 75 && refused.text < 300)
  }

  /// Replaces tokens of a header with others, so that the result often still is a header.
  @Test(arguments: 0..<4)
  func tokensMayChange(seed: Int) {
    var random = SplitMix(state: UInt64(1000 + seed))
    let tokens = [
      "{", "}", "(", ")", ",", ":", "'", "\"", "[", "0", "1", "-1", "3", "9223372036854775807", "L",
      "4294967296", "True", "False", "None", "'<f8'", "'<f4'", "'shape'", "'descr'", "\n",
    ]
    let parts = "{ 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 ) , }"
      .split(separator: " ").map(String.init)
    #expect(!isRefused(array: NPYTests.file(parts.joined(), dataBytes: 24)))
    var refused = 0
    for _ in 0..<500 {
      var damaged = parts
      for _ in 0..<random.below(2) + 1 {
        damaged[random.below(damaged.count)] = tokens[random.below(tokens.count)]
      }
      refused += isRefused(array: NPYTests.file(damaged.joined(), dataBytes: 24)) ? 1 : 0
    }
    #expect(refused > 300 && refused < 500)
  }

  /// Random sequences of cells, separators and other tokens.
  @Test(arguments: 0..<4)
  func textMayBeAnything(seed: Int) {
    var random = SplitMix(state: UInt64(2000 + seed))
    let tokens = [
      "1", "2.5", "-3e4", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", " ", "\t", "x",
      "nan",
      "1e99", "\u{feff}", "ü", "\0", "e", "-",
    ]
    var read = 0
    for _ in 0..<1000 {
      let text = (0..<random.below(8)).map { _ in tokens[random.below(tokens.count)] }.joined()
      read += isRefused(text: Array(text.utf8)) ? 0 : 1
    }
    #expect(read > 10)
  }

  @Test func randomBytesAreRefused() {
    var random = SplitMix(state: 5)
    for _ in 0..<1000 {
      let bytes = (0..<random.below(100)).map { _ in UInt8(random.below(256)) }
      #expect(isRefused(array: bytes))
      _ = isRefused(text: bytes)
      let header = String(decoding: bytes, as: UTF8.self)
      #expect(isRefused(array: NPYTests.file("{" + header, dataBytes: 8)))
    }
  }

  /// Returns whether `bytes` are refused as an array; an array that is read must survive a round trip.
  private func isRefused(array bytes: [UInt8]) -> Bool {
    do throws(TableError) {
      let values = try NPY.matrix(parsing: bytes)
      #expect(values.isFinite && !values.isEmpty)
      #expect((try? NPY.matrix(parsing: NPY.bytes(of: values))) == values)
      return false
    } catch {
      #expect(!error.description.isEmpty && !error.description.utf8.contains(0x0a))
      return true
    }
  }

  /// Returns whether `bytes` are refused as text; a table that is read must survive a round trip.
  private func isRefused(text bytes: [UInt8]) -> Bool {
    do throws(TableError) {
      let table = try CSV.table(parsing: bytes)
      #expect(table.values.isFinite && !table.values.isEmpty)
      let again = try? CSV.table(parsing: CSV.bytes(of: table.values, names: table.names))
      #expect(again?.values == table.values)
      if let names = table.names { #expect(again?.names == names) }
      return false
    } catch {
      #expect(!error.description.isEmpty && !error.description.utf8.contains(0x0a))
      return true
    }
  }
}

/// Steele, Lea and Flood's SplitMix generator, which is good enough for choosing where to damage a file.
struct SplitMix {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }

  /// Returns `bytes` with up to four changes: a byte replaced, inserted or removed, or several bytes copied.
  mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    var damaged = bytes
    for _ in 0..<below(4) + 1 {
      let place = below(damaged.count)
      switch below(4) {
      case 0: damaged[place] = UInt8(below(256))
      case 1: damaged.insert(UInt8(below(256)), at: place)
      case 2: damaged.remove(at: place)
      default:
        let copy = damaged[place..<min(place + below(20), damaged.count)]
        damaged.insert(contentsOf: copy, at: below(damaged.count))
      }
    }
    return damaged
  }
}
