import LangevinErrors
import LangevinFiles

extension SafeTensors {
  /// The contents of the file at `path`, of at most `sizeLimit` bytes.
  public init(file path: String, sizeLimit: Int = 1 << 30) throws(CheckpointError) {
    let bytes = try CheckpointError.accessing { () throws(FileError) in
      try AtomicFile.read(path, sizeLimit: sizeLimit)
    }
    self = try CheckpointError.inFile(path) { () throws(CheckpointError) in
      try SafeTensors(parsing: bytes)
    }
  }

  /// Writes the file at `path`, replacing an old one only when all is written.
  public func write(to path: String) throws(CheckpointError) {
    try CheckpointError.accessing { () throws(FileError) in
      try AtomicFile.write(serialized(), to: path)
    }
  }
}
