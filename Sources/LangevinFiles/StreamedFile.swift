package import LangevinErrors
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Pipes, devices and standard input, which can be read only once.
package enum StreamedFile {
  /// The path that means standard input.
  package static let standardInput = "-"

  /// Returns whether `path` names standard input, or an existing pipe or device.
  package static func isNamed(_ path: String) -> Bool {
    // A shell may pass an open file of this process under such a name.
    let ofOpenFiles = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"]
    if path == standardInput || ofOpenFiles.contains(where: path.hasPrefix) { return true }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  /// Returns all bytes from `path`, after waiting for the end. Later calls return the same bytes.
  ///
  /// - Throws: ``FileError`` if `path` cannot be read, is a terminal, or gives more than `sizeLimit` bytes.
  package static func read(_ path: String, sizeLimit: Int) throws(FileError) -> [UInt8] {
    try naming(path == standardInput ? "standard input" : path) { () throws(Problem) in
      try known.withLock { (known: inout [String: [UInt8]]) throws(Problem) -> [UInt8] in
        if let bytes = known[path] { return bytes }
        let bytes = try readAll(path, sizeLimit: sizeLimit)
        known[path] = bytes
        return bytes
      }
    }
  }

  /// The bytes from each path that has been read.
  private static let known = Mutex<[String: [UInt8]]>([:])

  private static func readAll(_ path: String, sizeLimit: Int) throws(Problem) -> [UInt8] {
    try checkPath(path)
    let file =
      path == standardInput
      ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
    try check(file, "it cannot be opened")
    defer { close(file) }
    if isatty(file) == 1 { throw .refused("it is a terminal; name a file, or pipe one in") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        let whole = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[...])
        return retrying { unsafe readSome(file, whole) }
      }
      try check(Int32(clamping: count), "it cannot be read")
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > sizeLimit {
        throw .refused(
          "it gives more than \(sizeLimit) bytes, the limit; raise the limit, or send fewer")
      }
    }
  }
}
