import ArgumentParser
import Checkpoints
import Files
import LinearAlgebra

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where samples are written, in the format that the name asks for.
struct SampleFile {
  enum Format {
    case csv
    case npy
    case json
  }

  let path: String
  let format: Format

  /// The file at `path`; `-` is CSV on standard output.
  init(_ path: String) throws {
    self.path = path
    let name = path.lowercased()
    if path == "-" || name.hasSuffix(".csv") {
      format = .csv
    } else if name.hasSuffix(".npy") {
      format = .npy
    } else if name.hasSuffix(".json") {
      format = .json
    } else {
      throw ValidationError("\(path): the file's name must end in .csv, .npy or .json, or be -")
    }
  }

  func write(_ samples: Matrix) throws {
    let bytes: [UInt8]
    switch format {
    case .csv: bytes = Self.csv(samples)
    case .npy: bytes = Self.npy([samples], isTrajectory: false)
    case .json: bytes = try Self.json(samples)
    }
    if path == "-" {
      try Terminal.output(bytes)
    } else {
      try AtomicFile.write(bytes, to: path)
    }
  }

  /// A line a sample behind one of names, x0, x1 …; numbers have as many digits as tell them apart.
  static func csv(_ samples: Matrix) -> [UInt8] {
    var text = (0..<samples.columns).map { "x\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<samples.rows {
      for column in 0..<samples.columns {
        if column > 0 { text += "," }
        text += "\(samples[row, column])"
      }
      text += "\n"
    }
    return Array(text.utf8)
  }

  /// An array of samples; JSON has no infinities and NaN, these are an error.
  static func json(_ samples: Matrix) throws -> [UInt8] {
    let rows = (0..<samples.rows).map { row in
      (0..<samples.columns).map { samples[row, $0] }
    }
    do {
      return [UInt8](try JSONEncoder().encode(rows)) + [UInt8(ascii: "\n")]
    } catch {
      throw ToolError("a sample is not a finite number, which JSON cannot hold; write .csv or .npy")
    }
  }

  /// NumPy's format, version 1.0, `<f4`: samples × columns, or states × samples × columns.
  static func npy(_ states: [Matrix], isTrajectory: Bool = true) -> [UInt8] {
    let first = states.first ?? Matrix(rows: 0, columns: 0)
    let shape =
      isTrajectory
      ? "(\(states.count), \(first.rows), \(first.columns))" : "(\(first.rows), \(first.columns))"
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and length take 10 bytes; data begin at a multiple of 64.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)]
    bytes += Array(header.utf8)
    bytes.reserveCapacity(bytes.count + states.count * first.count * 4)
    for state in states {
      let elements = state.elements
      for i in elements.indices {
        let bits = elements[i].bitPattern
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
      }
    }
    return bytes
  }
}
