#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files that are read and replaced as a whole.
public enum AtomicFile {
  /// Makes `bytes` the contents of the file at `path`, now and after a loss of power.
  ///
  /// A reader sees the old file or the new one, never a part; if anything fails, the old file stays
  /// as it was. The new one is written beside it under the name `.langevin-….tmp` and then renamed,
  /// so that a symbolic link at `path` is replaced, not followed, and a process that is killed in
  /// between leaves that file behind.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try naming(path) { () throws(Problem) in
      try checkPath(path)
      let (directoryPath, name) = split(path)
      // Opened first, because a failure after the renaming would be one too late.
      let directory = try check(
        unsafe open(directoryPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        "its directory cannot be opened; create it first")
      defer { close(directory) }
      try checkReplaceable(name, in: directory)

      let (temporary, file) = try createTemporary(in: directory)
      do throws(Problem) {
        do throws(Problem) {
          try writeAll(bytes, to: file)
          try check(retrying { fsync(file) }, "it cannot be flushed to disk")
        } catch {
          close(file)
          throw error
        }
        try check(close(file), "it cannot be closed")
        try check(
          unsafe renameat(directory, temporary, directory, name), "it cannot be put into place")
      } catch {
        unsafe unlinkat(directory, temporary, 0)
        throw error
      }
      // Some file systems cannot flush directories, and say so with this error.
      if retrying({ fsync(directory) }) != 0, errno != EINVAL {
        throw .system(
          "it is written, but its name may not survive a loss of power", code: errno)
      }
    }
  }

  /// The contents of the file at `path`, which must be a regular one of at most `sizeLimit` bytes.
  public static func read(_ path: String, sizeLimit: Int) throws(FileError) -> [UInt8] {
    try naming(path) { () throws(Problem) in
      try checkPath(path)
      // Without O_NONBLOCK, opening a pipe would wait for its other end.
      let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if file < 0, errno == ENXIO { throw .refused(notRegular("a socket or a device")) }
      try check(file, "it cannot be opened")
      defer { close(file) }

      var status = stat()
      try check(unsafe fstat(file, &status), "it cannot be examined")
      if let kind = irregularity(status.st_mode) { throw .refused(notRegular(kind)) }
      guard let size = Int(exactly: status.st_size), size <= sizeLimit else {
        throw .refused(
          """
          it has \(status.st_size) bytes, and the limit is \(sizeLimit); name a smaller file, or \
          raise the limit
          """)
      }

      // One more byte than there should be, to see that the file ends there.
      var bytes = [UInt8](repeating: 0, count: size + 1)
      var count = 0
      while count < bytes.count {
        let step = unsafe bytes.withUnsafeMutableBytes { buffer in
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
          return retrying { unsafe Self.read(file, rest) }
        }
        try check(Int32(clamping: step), "it cannot be read")
        if step == 0 { break }
        count += step
      }
      guard count == size else {
        throw .refused("it changed while it was read; read it again when it is complete")
      }
      bytes.removeLast()
      return bytes
    }
  }

  private static func read(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
    unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
    unsafe Musl.read(file, buffer.baseAddress, buffer.count)
    #else
    unsafe Darwin.read(file, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) throws(Problem) {
    var count = 0
    while count < bytes.count {
      let step = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[count...])
        return retrying { unsafe Self.write(file, rest) }
      }
      try check(Int32(clamping: step), "it cannot be written")
      count += step
    }
  }

  private static func write(_ file: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
    unsafe Glibc.write(file, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
    unsafe Musl.write(file, buffer.baseAddress, buffer.count)
    #else
    unsafe Darwin.write(file, buffer.baseAddress, buffer.count)
    #endif
  }

  /// A new file for writing in `directory`, of a name that nobody uses.
  private static func createTemporary(
    in directory: Int32
  ) throws(Problem) -> (name: String, file: Int32) {
    while true {
      // Not made from the name of the file, to which nothing could be added if it is a long one.
      let name = ".langevin-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
      let file = unsafe openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if file >= 0 { return (name, file) }
      if errno != EEXIST, errno != EINTR {
        throw .system("no file can be created in its directory", code: errno)
      }
    }
  }

  /// Refuses to rename a file over a directory or, as an administrator may, over a device.
  private static func checkReplaceable(
    _ name: String, in directory: Int32
  ) throws(Problem) {
    var status = stat()
    if unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
      if errno == ENOENT { return }
      throw .system("it cannot be examined", code: errno)
    }
    if status.st_mode & S_IFMT != S_IFLNK, let kind = irregularity(status.st_mode) {
      throw .refused(notRegular(kind))
    }
  }

  private static func checkPath(_ path: String) throws(Problem) {
    if path.utf8.isEmpty { throw .refused("the path is empty; name a file") }
    if path.utf8.contains(0) {
      throw .refused("the path has a null character, where it would end; name another file")
    }
  }

  /// The directory and the name in it of the file at `path`.
  private static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    // As after "runs/": the directory itself, which is then refused for being one.
    return (String(path[...slash]), name.isEmpty ? "." : name)
  }

  /// What sort of file this mode is of if it is not a regular one.
  private static func irregularity(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a directory"
    case S_IFIFO: "a pipe"
    default: "a socket or a device"
    }
  }

  private static func notRegular(_ kind: String) -> String {
    "it is \(kind); name a regular file"
  }

  /// Throws an error that says `reason` and the value of `errno` if `result` is negative.
  @discardableResult
  private static func check(_ result: Int32, _ reason: String) throws(Problem) -> Int32 {
    if result < 0 { throw .system(reason, code: errno) }
    return result
  }

  /// Runs `body`, and says of what it throws that it is about the file at `path`.
  private static func naming<Result>(
    _ path: String, _ body: () throws(Problem) -> Result
  ) throws(FileError) -> Result {
    do {
      return try body()
    } catch {
      switch error {
      case .refused(let reason): throw FileError(path: path, reason: reason)
      case .system(let reason, let code): throw FileError(path: path, reason: reason, code: code)
      }
    }
  }

  /// The result of `call`, repeated while signals interrupt it.
  private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

/// A ``FileError`` that does not know of its path yet.
private enum Problem: Error {
  /// The file is not one that may be read or replaced.
  case refused(String)
  /// A call to the operating system failed with this `errno`.
  case system(String, code: Int32)
}
