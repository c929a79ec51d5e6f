import ArgumentParser
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import Plots
import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A file for points, whose name decides the format.
struct SampleFile {
  enum Format {
    case csv
    case npy
    case json
    /// A picture of images.
    case picture
  }

  let path: String
  let format: Format

  /// Creates a file at `path`. The path `-` means CSV on standard output.
  init(_ path: String) throws {
    self.path = path
    let name = path.lowercased()
    if path == "-" || TableFile.isText(path) {
      format = .csv
    } else if name.hasSuffix(".npy") {
      format = .npy
    } else if name.hasSuffix(".json") {
      format = .json
    } else if name.hasSuffix(".png") || name.hasSuffix(".svg") {
      format = .picture
    } else {
      throw ValidationError(
        "\(path): the file's name must end in .csv, .csv.gz, .npy or .json, .png or .svg for images, or be -"
      )
    }
  }

  /// Writes points.
  func write(_ samples: Matrix<Float>) throws {
    switch format {
    case .csv: try write(CSV.bytes(of: samples))
    case .npy: try write(NPY.bytes(of: samples))
    case .json: try write(Self.json(samples))
    case .picture: throw noPicture
    }
  }

  private var noPicture: ToolError {
    ToolError(
      "\(path.printable): the samples are not images; write .csv, .npy or .json, or use langevin plot"
    )
  }

  /// The largest number of images in a picture.
  private static let mostImages = 10_000

  /// Throws, before any work is done, if the file is a picture and the samples are not images or too many.
  func requireRoom(for count: Int, of table: TableEncoding?) throws {
    guard format == .picture else { return }
    if table?.image == nil { throw noPicture }
    if count > Self.mostImages {
      throw ToolError(
        "\(path.printable): a picture has room for \(Self.mostImages) images; choose a smaller --count"
      )
    }
  }

  /// Writes a picture of rows of coordinates, which are images.
  private func drawImages(_ encoding: TableEncoding, _ rows: Matrix<Float>) throws {
    guard let shape = encoding.image else { throw noPicture }
    let columns = max(1, Int(Double(rows.rows).squareRoot().rounded(.up)))
    let images = GrayImages(
      encoding.brightness(rows), width: shape.width, height: shape.height, columns: columns)
    try ImageGrid([("\(counted(rows.rows, "sample"))", images)]).write(to: path)
  }

  /// Writes rows of a table, given as coordinates.
  func write(_ encoding: TableEncoding, _ rows: Matrix<Float>) throws {
    if format == .picture { return try drawImages(encoding, rows) }
    try write(encoding.decode(rows))
  }

  /// Writes rows of a table.
  func write(_ table: Table) throws {
    switch format {
    case .csv: try write(CSV.bytes(of: table))
    case .npy:
      do {
        try write(NPY.bytes(of: table))
      } catch let error as TableError {
        throw ToolError("\(path.printable): \(error)")
      }
    case .json: try write(table.json)
    case .picture: throw noPicture
    }
  }

  private func write(_ bytes: [UInt8]) throws { try OutputFile.write(bytes, to: path) }

  /// Returns a JSON array of rows.
  ///
  /// - Throws: An error if a number is not finite, because JSON has no infinities and no NaN.
  static func json(_ samples: Matrix<Float>) throws -> [UInt8] {
    let rows = (0..<samples.rows).map { row in
      (0..<samples.columns).map { samples[row, $0] }
    }
    do {
      return [UInt8](try JSONEncoder().encode(rows)) + [UInt8(ascii: "\n")]
    } catch {
      throw ToolError("a sample is not finite, and JSON has no such numbers; write .csv or .npy")
    }
  }
}
