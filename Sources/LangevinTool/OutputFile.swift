import LangevinFiles
import Tables

/// Where a command writes what it made.
enum OutputFile {
  /// Replaces the file at `path` by `bytes`, compressed if its name ends in `.gz`; `-` is standard output.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" { return try Terminal.output(bytes) }
    try AtomicFile.write(TableFile.isCompressed(path) ? Gzip.compress(bytes) : bytes, to: path)
  }
}
