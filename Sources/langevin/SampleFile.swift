import ArgumentParser
import Datasets
import Files
import LinearAlgebra

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where points are written, in the format that the name asks for.
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
    case .csv: bytes = CSV.bytes(of: samples)
    case .npy: bytes = NPY.bytes(of: samples)
    case .json: bytes = try Self.json(samples)
    }
    if path == "-" {
      try Terminal.output(bytes)
    } else {
      try AtomicFile.write(bytes, to: path)
    }
  }

  /// An array of rows; JSON has no infinities and NaN, these are an error.
  static func json(_ samples: Matrix) throws -> [UInt8] {
    let rows = (0..<samples.rows).map { row in
      (0..<samples.columns).map { samples[row, $0] }
    }
    do {
      return [UInt8](try JSONEncoder().encode(rows)) + [UInt8(ascii: "\n")]
    } catch {
      throw ToolError("a number is not finite, and JSON cannot hold it; write .csv or .npy")
    }
  }
}
