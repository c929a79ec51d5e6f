package import LangevinErrors

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Functions that read and replace whole files.
package enum AtomicFile {
  /// Writes `bytes` to the file at `path`, atomically and durably.
  ///
  /// A reader sees the old file or the new one, never a part. If the function fails before the renaming, the
  /// old file is unchanged; an error after it says so. When the function returns, the new file survives a
  /// loss of power.
  ///
  /// The new file is written to the same directory under the name `.langevin-….tmp` and then renamed. A
  /// symbolic link at `path` is therefore replaced, not followed, and a process that is killed in between
  /// leaves the temporary file behind (``removeLeftovers(in:)``). The permissions of an existing file are
  /// kept.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try EndingSignals.duringWrite { () throws(FileError) in try replace(path, by: bytes) }
  }

  private static func replace(_ path: String, by bytes: [UInt8]) throws(FileError) {
    try naming(path) { () throws(Problem) in
      try checkPath(path)
      let (directoryPath, name) = path.directoryAndName
      // Opened first, because a failure after the renaming would come too late.
      let directory = try check(
        unsafe open(directoryPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        "its directory cannot be opened; create it first")
      defer { close(directory) }
      let permissions = try permissions(ofReplaceable: name, in: directory)

      let (temporary, file) = try createTemporary(in: directory)
      // Holds the lock until the file has its name.
      let lock = dup(file)
      defer { unlockAndClose(lock) }
      do throws(Problem) {
        do throws(Problem) {
          // Set before there is anything to read.
          if let permissions { try set(permissions, of: file) }
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
        // If this fails as well, the first error is reported, and the file stays as a leftover.
        unsafe unlinkat(directory, temporary, 0)
        throw error
      }
      try flushNames(in: directory)
    }
  }

  /// Renames the file at `oldPath` to `path`, in the same directory, atomically and durably. An existing file
  /// at `path` is replaced.
  package static func rename(_ oldPath: String, to path: String) throws(FileError) {
    try naming(path) { () throws(Problem) in
      try checkPath(path)
      let directory = try check(
        unsafe open(path.directoryAndName.directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        "its directory cannot be opened; create it first")
      defer { close(directory) }
      try check(
        unsafe renameat(
          directory, oldPath.directoryAndName.name, directory, path.directoryAndName.name),
        "it cannot be put into place")
      try flushNames(in: directory)
    }
  }

  private static func flushNames(in directory: Int32) throws(Problem) {
    // Some file systems cannot flush directories, and report this error.
    if retrying({ fsync(directory) }) != 0, errno != EINVAL {
      throw .system("it is written, but its name may not survive a loss of power", code: errno)
    }
  }

  /// Returns the contents of the file at `path`, which must be a regular file of at most `sizeLimit` bytes.
  ///
  /// If the file `mayGrow`, these are the contents at the time of opening. Otherwise, an error is thrown if
  /// its size changes while it is read.
  package static func read(
    _ path: String, sizeLimit: Int, mayGrow: Bool = false
  ) throws(FileError) -> [UInt8] {
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

      // One byte more than the size, to check that the file ends there.
      var bytes = [UInt8](repeating: 0, count: size + 1)
      var count = 0
      while count < bytes.count {
        let step = unsafe bytes.withUnsafeMutableBytes { buffer in
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
          return retrying { unsafe readSome(file, rest) }
        }
        try check(Int32(clamping: step), "it cannot be read")
        if step == 0 { break }
        count += step
      }
      guard count == size || mayGrow && count > size else {
        throw .refused("it changed while it was read; read it again when it is complete")
      }
      bytes.removeLast()
      return bytes
    }
  }

  /// Creates a new file for writing in `directory`, with an unused name.
  private static func createTemporary(
    in directory: Int32
  ) throws(Problem) -> (name: String, file: Int32) {
    while true {
      // Not derived from the name of the file, which may be too long to add anything to it.
      let name = Leftover.newName()
      let file = unsafe openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if file >= 0 {
        if Leftover.claim(file) { return (name, file) }
        close(file)
        continue
      }
      if errno != EEXIST, errno != EINTR {
        throw .system("no file can be created in its directory", code: errno)
      }
    }
  }

  /// Sets the permissions of `file` unless it already has them, as on file systems without permissions.
  private static func set(_ permissions: mode_t, of file: Int32) throws(Problem) {
    var status = stat()
    try check(unsafe fstat(file, &status), "it cannot be examined")
    if status.st_mode & 0o777 == permissions { return }
    try check(fchmod(file, permissions), "its permissions cannot be kept")
  }

  /// Returns the permissions of the file to replace; nil if there is no such file.
  ///
  /// - Throws: An error if it is a directory or a device, which an administrator could replace.
  private static func permissions(
    ofReplaceable name: String, in directory: Int32
  ) throws(Problem) -> mode_t? {
    var status = stat()
    if unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
      if errno == ENOENT { return nil }
      throw .system("it cannot be examined", code: errno)
    }
    if status.st_mode & S_IFMT == S_IFLNK { return nil }
    if let kind = irregularity(status.st_mode) { throw .refused(notRegular(kind)) }
    return status.st_mode & 0o777
  }
}
