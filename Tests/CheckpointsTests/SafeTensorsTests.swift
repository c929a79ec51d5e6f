import Checkpoints
import SafeTensors
import Testing

@Suite struct SafeTensorsTests {
  @Test func whatIsWrittenIsRead() throws {
    let written = sample()
    let bytes = written.serialized()
    let read = try SafeTensorsFile(parsing: bytes)
    #expect(read == written)
    #expect(read.tensors.map(\.name) == written.tensors.map(\.name))
    #expect(read.metadata == written.metadata)
    #expect(read.serialized() == bytes)
    #expect(try read.floats("layers.0.weight", shape: [2, 3]) == [1, -2.5, 3, 1e-30, 5, -0.0])
    #expect(try read.integers("step", shape: []) == [-7])
    #expect(try read.tensor("seed").unsignedIntegers() == [UInt64.max])
    #expect(read["absent"] == nil)
  }

  @Test func nothingIsWrittenAndRead() throws {
    let bytes = SafeTensorsFile().serialized()
    #expect(bytes == file(header: "{}      "))
    #expect(try SafeTensorsFile(parsing: bytes) == SafeTensorsFile())
    #expect(try SafeTensorsFile(parsing: file(header: "{}")) == SafeTensorsFile())
  }

  @Test func theBytesAreThoseOfTheFormat() {
    var contents = SafeTensorsFile(metadata: ["b": "2", "a": "\t\u{7}é"])
    contents.append(Tensor("x", type: .uint8, shape: [2], bytes: [9, 8]))
    contents.append(Tensor("y\"", floats: [1], shape: []))
    contents.append(Tensor("z", integers: [-2], shape: [1, 1]))
    let header = #"""
      {"__metadata__":{"a":"\t\u0007é","b":"2"},"x":{"dtype":"U8","shape":[2],\#
      "data_offsets":[12,14]},"y\"":{"dtype":"F32","shape":[],"data_offsets":[8,12]},\#
      "z":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}}
      """#
    var padded = [UInt8](header.utf8)
    padded += [UInt8](repeating: 0x20, count: (8 - padded.count % 8) % 8)
    let data: [UInt8] = [
      0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x80, 0x3f, 9, 8,
    ]
    #expect(contents.serialized() == file(header: padded, data: data))
  }

  @Test func whiteSpaceEscapesAndOrderAreFree() throws {
    let header = #"""
      {"\u0061\ud83d\ude00\/\b\f" :
      	{ "data_offsets" : [ 0 , 4 ] , "shape" : [ ] , "dtype" : "\u00463\u0032" } ,
      "__metadata__" : { } }
      """# + "\r\n "
    let read = try SafeTensorsFile(parsing: file(header: header, data: [0, 0, 0, 0x40]))
    #expect(try read.floats("a\u{1F600}/\u{8}\u{c}") == [2])
    #expect(read.metadata.isEmpty)
  }

  @Test func everyTypeIsReadAndWritten() throws {
    var contents = SafeTensorsFile()
    for type in ElementType.allCases {
      contents.append(
        Tensor(
          type.rawValue, type: type, shape: [2, 4],
          bytes: (0..<UInt8(type.bits)).map { $0 &* 37 }[...]))
    }
    let read = try SafeTensorsFile(parsing: contents.serialized())
    #expect(read == contents)
    #expect(read.tensors.map(\.type) == ElementType.allCases)
  }

  @Test func dataAreAligned() throws {
    let bytes = sample().serialized()
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    #expect(length.isMultiple(of: 8))
    for tensor in try SafeTensorsFile(parsing: bytes).tensors {
      let size = max(tensor.type.bits / 8, 1)
      #expect(tensor.bytes.startIndex.isMultiple(of: size), "\(tensor.name)")
    }
  }

  @Test func halvesAreConverted() throws {
    let patterns = (UInt16.min...UInt16.max).filter { Float16(bitPattern: $0).isFinite }
    let bytes = patterns.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let half = Tensor("h", type: .float16, shape: [patterns.count], bytes: bytes[...])
    #expect(
      try half.floats().map(\.bitPattern)
        == patterns.map { Float(Float16(bitPattern: $0)).bitPattern })
    let brain = Tensor("b", type: .bfloat16, shape: [2], bytes: [0x49, 0xc0, 0x80, 0x3f])
    #expect(try brain.floats() == [-3.140625, 1])
    let double = Tensor(
      "d", type: .float64, shape: [1], bytes: [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f])
    #expect(try double.floats() == [0.1])
  }

  @Test(
    arguments: zip(
      [ElementType.int8, .int16, .int32, .int64, .uint8, .uint16, .uint32],
      [-2, -2, -2, -2, 0xfe, 0xfffe, 0xffff_fffe]))
  func integersAreConverted(type: ElementType, value: Int) throws {
    let bytes = [0xfe] + [UInt8](repeating: 0xff, count: type.bits / 8 - 1)
    #expect(try Tensor("i", type: type, shape: [], bytes: bytes[...]).integers() == [value])
  }

  @Test(arguments: [Float.infinity, -.infinity, .nan])
  func numbersThatAreNotFiniteAreNamed(value: Float) throws {
    let tensor = Tensor("layers.1.bias", floats: [0, 1, value, value], shape: [4])
    #expect(
      throws: SafeTensorsError.tensor(
        "layers.1.bias", "element 2 is \(value), not a finite number; use an earlier checkpoint")
    ) { try tensor.floats() }
    let values = try tensor.floats(allowingNonFinite: true)
    #expect(values.map(\.bitPattern) == [0, 1, value, value].map(\.bitPattern))
  }

  @Test func doublesBeyondTheRangeOfFloatAreNotFinite() throws {
    // 1e300
    let bytes: ArraySlice<UInt8> = [0x9c, 0x75, 0x00, 0x88, 0x3c, 0xe4, 0x37, 0x7e]
    let tensor = Tensor("d", type: .float64, shape: [], bytes: bytes)
    #expect(throws: SafeTensorsError.self) { try tensor.floats() }
    #expect(try tensor.floats(allowingNonFinite: true) == [.infinity])
  }

  @Test func wrongUseIsExplained() {
    let contents = sample()
    func message(_ body: () throws(SafeTensorsError) -> Void) -> String {
      do throws(SafeTensorsError) {
        try body()
        return "no error"
      } catch {
        return error.description
      }
    }
    #expect(
      message { () throws(SafeTensorsError) in _ = try contents.floats("weight") }
        == #"""
        tensor "weight": it is missing; the file holds "flags", "layers.0.weight", \#
        "step", "half", "nothing 😀 \ \0", "seed"
        """#)
    #expect(
      message { () throws(SafeTensorsError) in
        _ = try contents.floats("layers.0.weight", shape: [3, 2])
      } == """
        tensor "layers.0.weight": its shape is [2, 3], but [3, 2] is needed; use a checkpoint of \
        the same network
        """)
    #expect(
      message { () throws(SafeTensorsError) in _ = try contents.floats("step") }
        == """
        tensor "step": its elements are I64, not floating-point numbers; save it as F32
        """)
    #expect(
      message { () throws(SafeTensorsError) in _ = try contents.integers("half") }
        == """
        tensor "half": its elements are F16, not integers; save it as I64
        """)
    #expect(
      message { () throws(SafeTensorsError) in _ = try contents.integers("seed") }
        == """
        tensor "seed": element 0 is \(UInt64.max), more than \(Int.max); read it as unsigned
        """)
  }
}
