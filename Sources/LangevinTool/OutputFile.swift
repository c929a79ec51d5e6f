import ArgumentParser
import LangevinFiles
import Tables

/// The output of a command: a file or standard output.
enum OutputFile {
  /// Writes `bytes` to the file at `path`, replacing an existing one. The bytes are compressed if the name
  /// ends in `.gz`. The path `-` means standard output.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" { return try Terminal.output(bytes) }
    try AtomicFile.write(TableFile.isCompressed(path) ? Gzip.compress(bytes) : bytes, to: path)
  }
}

/// The option that allows a command to replace the data of its run.
struct ProtectionOptions: ParsableArguments {
  @Flag(help: "Replace an output file even if the run was trained on it.")
  var overwrite = false
}
