import LangevinErrors
import LangevinFiles

extension SafeTensorsFile {
  /// Reads the file at `path`, of at most `sizeLimit` bytes.
  public init(path: String, sizeLimit: Int = 1 << 30) throws(SafeTensorsError) {
    let bytes = try SafeTensorsError.accessing { () throws(FileError) in
      try AtomicFile.read(path, sizeLimit: sizeLimit)
    }
    self = try SafeTensorsError.inFile(path) { () throws(SafeTensorsError) in
      try SafeTensorsFile(parsing: bytes)
    }
  }

  /// Writes the file at `path`, and replaces an old file only when all is written.
  public func write(to path: String) throws(SafeTensorsError) {
    try SafeTensorsError.accessing { () throws(FileError) in
      try AtomicFile.write(serialized(), to: path)
    }
  }
}
