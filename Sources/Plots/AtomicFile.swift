#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files that appear all at once or not at all.
enum AtomicFile {
  /// Writes `bytes` beside `path` under another name, then moves them there.
  static func replace(_ path: String, with bytes: [UInt8]) throws(PlotError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    // Short, whatever the file is called: a name has a greatest length.
    let name = "\(folder).plot-\(getpid())-\(UInt64.random(in: 0 ... .max)).tmp"
    let file = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw lastFailure(path) }
    var error = append(bytes, to: file, of: path)
    // A disk over the network may say only here that it is full.
    if close(file) != 0, error == nil { error = lastFailure(path) }
    if error == nil, unsafe rename(name, path) != 0 { error = lastFailure(path) }
    if let error {
      _ = unsafe unlink(name)
      throw error
    }
  }

  private static func append(_ bytes: [UInt8], to file: Int32, of path: String) -> PlotError? {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { rest in
        unsafe write(file, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        return lastFailure(path)
      }
    }
    return fsync(file) == 0 ? nil : lastFailure(path)
  }

  /// What `errno` says now.
  private static func lastFailure(_ path: String) -> PlotError {
    .cannotWrite(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
