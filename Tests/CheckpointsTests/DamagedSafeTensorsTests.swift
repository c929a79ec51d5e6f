import Checkpoints
import SafeTensors
import Testing

@Suite struct DamagedSafeTensorsTests {
  @Test func lengths() {
    for count in 0..<8 {
      let message = complaint(about: [UInt8](repeating: 0, count: count))?.description ?? ""
      #expect(message.hasPrefix("it has \(count) bytes, but a safetensors file has at least 8"))
    }
    for huge in [UInt64(100_000_001), .max, 1 << 63, UInt64(Int.max) - 7] {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: huge >> (8 * $0)) }
      #expect(
        complaint(about: bytes + [0x7b, 0x7d])
          == .format(
            """
            its first 8 bytes announce a header of \(huge) bytes, but the limit is 100000000; \
            this is not a safetensors file, or a damaged one
            """))
    }
    #expect(
      complaint(about: [3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d])
        == .format(
          """
          its header should take 3 bytes, but only 2 follow; it is cut short: copy it again
          """))
    #expect(throws: SafeTensorsError.self) {
      try SafeTensorsFile(parsing: file(header: "{}      "), headerLimit: 7)
    }
    #expect(throws: SafeTensorsError.self) {
      try SafeTensorsFile(parsing: file(header: "{}"), headerLimit: -1)
    }
  }

  @Test func textThatIsNotUTF8() {
    let header: [UInt8] = [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]
    #expect(complaint(about: file(header: header))?.description.contains("not UTF-8") == true)
  }

  /// Headers that are not objects of tensors, with a part of the expected message.
  @Test(
    arguments: [
      ("", "does not begin with '{'"),
      (" {}", "does not begin with '{'"),
      ("[]", "does not begin with '{'"),
      ("{", "expected a key"),
      ("{}{}", "byte 10 of the file: expected the end of the header"),
      ("{}\0", "expected the end of the header"),
      ("{\"", "unterminated string"),
      ("{\"a\\", "unterminated string"),
      ("{\"a\"}", "expected ':'"),
      ("{\"a\":", "tensor \"a\" should be an object"),
      ("{\"a\":1}", "tensor \"a\" should be an object"),
      ("{\"a\":null}", "tensor \"a\" should be an object"),
      ("{1:2}", "expected a key"),
      ("{\"__metadata__\":{},}", "expected a key"),
      ("{\"__metadata__\":{} \"a\"", "expected ',' or '}'"),
      ("{\"__metadata__\":null}", "__metadata__ should be an object"),
      ("{\"__metadata__\":{},\"__metadata__\":{}}", "__metadata__ twice"),
      ("{\"__metadata__\":{\"k\":1}}", "metadata \"k\": its value is not a string"),
      ("{\"__metadata__\":{\"k\":[]}}", "metadata \"k\": its value is not a string"),
      ("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", "metadata \"k\": the header has it twice"),
      ("{\"a\nb\":{}}", "unescaped control character"),
      ("{\"\\x\":{}}", "unknown escape"),
      ("{\"\\u12g4\":{}}", "four hexadecimal digits"),
      ("{\"\\u12", "four hexadecimal digits"),
      ("{\"\\ud800\":{}}", "unpaired surrogate"),
      ("{\"\\udc00\":{}}", "unpaired surrogate"),
      ("{\"\\ud800\\u0041\":{}}", "unpaired surrogate"),
      ("{\"\\ud800\\ud800\":{}}", "unpaired surrogate"),
    ])
  func headers(header: String, complaint expected: String) {
    let message = complaint(about: file(header: header))?.description ?? "no error"
    #expect(message.contains(expected), "\(message)")
  }

  /// Descriptions of a tensor, for eight bytes of data, with a part of the expected message.
  @Test(
    arguments: [
      (#""dtype":"F31","shape":[2],"data_offsets":[0,8]"#, "its dtype is \"F31\""),
      (#""dtype":"f32","shape":[2],"data_offsets":[0,8]"#, "its dtype is \"f32\""),
      (#""dtype":32,"shape":[2],"data_offsets":[0,8]"#, "its dtype is not a string"),
      (#""shape":[2],"data_offsets":[0,8]"#, "it has no dtype"),
      (#""dtype":"F32","data_offsets":[0,8]"#, "it has no shape"),
      (#""dtype":"F32","shape":[2]"#, "it has no data_offsets"),
      (#""#, "it has no dtype"),
      (#""dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]"#, "its shape appears twice"),
      (#""dtype":"F32","shape":[2],"data_offsets":[0,8],"x":{}"#, "unknown key \"x\""),
      (#""dtype":"F32","shape":2,"data_offsets":[0,8]"#, "its shape is not an array"),
      (#""dtype":"F32","shape":[-2],"data_offsets":[0,8]"#, "of its shape is negative"),
      (#""dtype":"F32","shape":[2.0],"data_offsets":[0,8]"#, "of its shape is not an integer"),
      (#""dtype":"F32","shape":[2e0],"data_offsets":[0,8]"#, "of its shape is not an integer"),
      (#""dtype":"F32","shape":[02],"data_offsets":[0,8]"#, "of its shape begins with a zero"),
      (#""dtype":"F32","shape":["2"],"data_offsets":[0,8]"#, "of its shape is not a number"),
      (#""dtype":"F32","shape":[[2]],"data_offsets":[0,8]"#, "of its shape is not a number"),
      (#""dtype":"F32","shape":[2,],"data_offsets":[0,8]"#, "of its shape is not a number"),
      (#""dtype":"F32","shape":[2 2],"data_offsets":[0,8]"#, "expected ',' or ']'"),
      (
        #""dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]"#,
        "of its shape is more than 9223372036854775807"
      ),
      (
        #""dtype":"F32","shape":[99999999999999999999999999],"data_offsets":[0,8]"#,
        "of its shape is more than 9223372036854775807"
      ),
      (
        #""dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]"#,
        "F32 of shape [4294967296, 4294967296] does not take a whole number"
      ),
      (
        #""dtype":"F32","shape":[2305843009213693952],"data_offsets":[0,8]"#,
        "does not take a whole number"
      ),
      (
        #""dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,8]"#,
        "does not take a whole number"
      ),
      (#""dtype":"F4","shape":[3],"data_offsets":[0,8]"#, "does not take a whole number"),
      (#""dtype":"F32","shape":[3],"data_offsets":[0,8]"#, "takes 12 bytes, but its offsets"),
      (#""dtype":"F32","shape":[0],"data_offsets":[0,8]"#, "takes 0 bytes, but its offsets span 8"),
      (#""dtype":"F64","shape":[],"data_offsets":[8,0]"#, "it begins at byte 8, but ends at 0"),
      (#""dtype":"F64","shape":[],"data_offsets":[0]"#, "its data_offsets are 1 numbers"),
      (#""dtype":"F64","shape":[],"data_offsets":[0,8,8]"#, "its data_offsets are 3 numbers"),
      (#""dtype":"F64","shape":[],"data_offsets":[]"#, "its data_offsets are 0 numbers"),
      (#""dtype":"F64","shape":[],"data_offsets":[-1,7]"#, "of its data_offsets is negative"),
      (
        #""dtype":"F32","shape":[3],"data_offsets":[0,12]"#,
        "it ends at byte 12 of the data, but the file holds 8; the file is cut short"
      ),
      (
        #""dtype":"F32","shape":[],"data_offsets":[4,8]"#,
        "it begins at byte 4, but bytes 0..<4 before it belong to no tensor"
      ),
    ])
  func tensors(description: String, complaint expected: String) {
    let bytes = file(header: "{\"w\":{\(description)}}", data: [0, 1, 2, 3, 4, 5, 6, 7])
    let message = complaint(about: bytes)?.description ?? "no error"
    #expect(message.hasPrefix("tensor \"w\": ") || message.contains("expected "))
    #expect(message.contains(expected), "\(message)")
  }

  /// The offsets of two four-byte tensors in eight bytes, with the expected message.
  @Test(
    arguments: [
      (0, 4, nil),
      (4, 0, nil),
      (0, 0, #"tensor "b": it begins at byte 0, inside tensor "a", which ends at 4"#),
      (0, 2, #"tensor "b": it begins at byte 2, inside tensor "a", which ends at 4"#),
      (2, 0, #"tensor "a": it begins at byte 2, inside tensor "b", which ends at 4"#),
      (0, 5, #"tensor "b": it ends at byte 9 of the data"#),
    ])
  func layouts(first: Int, second: Int, complaint expected: String?) {
    let header = """
      {"a":{"dtype":"F32","shape":[],"data_offsets":[\(first),\(first + 4)]},\
      "b":{"dtype":"I32","shape":[1],"data_offsets":[\(second),\(second + 4)]}}
      """
    let bytes = file(header: header, data: [UInt8](repeating: 0, count: 8))
    let message = complaint(about: bytes)?.description
    #expect(message?.prefix(expected?.count ?? 0) == expected.map { $0[...] }, "\(message ?? "")")
  }

  @Test func bytesBetweenAndAfter() {
    let header = """
      {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
      "b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}
      """
    #expect(
      complaint(about: file(header: header, data: [1, 2, 3]))?.description.contains(
        "bytes 1..<2 before it belong to no tensor") == true)
    #expect(
      complaint(about: file(header: "{}", data: [1, 2]))
        == .format(
          """
          2 bytes after the last tensor belong to no tensor; the header or the length of the file is \
          wrong: copy it again
          """))
  }

  @Test(arguments: ["w", "\\u0077"])
  func namesThatComeTwice(second: String) {
    let entry = #"{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"#
    #expect(
      complaint(about: file(header: "{\"w\":\(entry),\"\(second)\":\(entry)}"))
        == .tensor("w", "the header names it twice; write the file again"))
  }

  @Test func messagesStayShortAndOnOneLine() {
    let name = String(repeating: "x\\n\\u2028\\u001b", count: 142)
    let message = complaint(about: file(header: "{\"\(name)\":{}}"))?.description ?? ""
    #expect(message.contains("it has no dtype"))
    #expect(message.utf8.count < 1000)
    #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x2028 })
    let shape = String(repeating: "1,", count: 10_000) + "2"
    let header = #"{"w":{"dtype":"U8","shape":[\#(shape)],"data_offsets":[0,1]}}"#
    let long = complaint(about: file(header: header, data: [0]))
    #expect(long?.description.contains("10001 extents] takes 2 bytes") == true)
    #expect((long?.description.utf8.count ?? 0) < 1000)
  }

  @Test func longNamesAreRefused() throws {
    let entry = #"{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"#
    let longest = String(repeating: "n", count: SafeTensorsFile.nameLimit)
    #expect(complaint(about: file(header: "{\"\(longest)\":\(entry)}")) == nil)
    // Comparing the second of these names takes Swift half a minute.
    for name in [longest + "n", String(repeating: "\u{300}\u{316}", count: 100_000)] {
      for header in [
        "{\"\(name)\":\(entry)}", "{\"w\":{\"\(name)\":0}}", "{\"w\":{\"dtype\":\"\(name)\"}}",
        "{\"__metadata__\":{\"\(name)\":\"\"}}",
      ] {
        let message = complaint(about: file(header: header))?.description ?? "no error"
        #expect(message.contains("a name has more than 1000 bytes"), "\(message)")
      }
    }
    let value = String(repeating: "v", count: 100_000)
    let read = try SafeTensorsFile(parsing: file(header: #"{"__metadata__":{"k":"\#(value)"}}"#))
    #expect(read.metadata == ["k": value])
  }

  @Test(arguments: ["{\"a\":", "[", "{\"a\":{\"shape\":[", "{\"__metadata__\":{\"a\":"])
  func deepNestingIsRefused(opening: String) {
    let header = "{\"a\":" + String(repeating: opening, count: 100_000)
    #expect(complaint(about: file(header: header)) != nil)
  }
}
