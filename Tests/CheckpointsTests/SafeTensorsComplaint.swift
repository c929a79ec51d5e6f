import Checkpoints
import SafeTensors
import Testing

/// Returns the bytes of a file with this header, which may be invalid, and this data.
func file(header: String, data: [UInt8] = []) -> [UInt8] {
  file(header: [UInt8](header.utf8), data: data)
}

func file(header: [UInt8], data: [UInt8] = []) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
}

/// Returns the error that `SafeTensors` throws for `bytes`, or nil if it accepts them.
func complaint(about bytes: [UInt8]) -> SafeTensorsError? {
  do throws(SafeTensorsError) {
    _ = try SafeTensorsFile(parsing: bytes)
    return nil
  } catch {
    return error
  }
}

/// Returns a file with metadata, odd names, element sizes from 1 to 8 bytes, and a tensor without elements.
func sample() -> SafeTensorsFile {
  var file = SafeTensorsFile(metadata: ["format": "1", "näme": "\"quoted\"\n\u{1}", "": ""])
  file.append(Tensor("flags", type: .bool, shape: [3], bytes: [1, 0, 1]))
  file.append(Tensor("layers.0.weight", floats: [1, -2.5, 3, 1e-30, 5, -0.0], shape: [2, 3]))
  file.append(Tensor("step", integers: [-7], shape: []))
  file.append(Tensor("half", type: .float16, shape: [2], bytes: [0x00, 0x3c, 0x00, 0xc0]))
  file.append(Tensor("nothing \u{1F600} \\ \u{0}", floats: [], shape: [4, 0]))
  file.append(Tensor("seed", integers: [UInt64.max], shape: [1, 1]))
  return file
}
