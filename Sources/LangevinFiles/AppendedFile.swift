package import LangevinErrors

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file for appending. While this object exists, no other program can open the file as an ``AppendedFile``.
package final class AppendedFile {
  /// The path of the file.
  package let path: String
  private let file: Int32

  /// Opens the file at `path`, and creates it if it does not exist.
  ///
  /// - Throws: ``FileError`` if the file is not a regular one, if another program appends to it, or if it
  ///   cannot be opened.
  package init(_ path: String) throws(FileError) {
    self.path = path
    file = try naming(path) { () throws(Problem) in
      try checkPath(path)
      let flags = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
      let file = try check(unsafe open(path, flags, 0o644), "it cannot be opened for writing")
      do throws(Problem) {
        var status = stat()
        try check(unsafe fstat(file, &status), "it cannot be examined")
        if let kind = irregularity(status.st_mode) { throw .refused(notRegular(kind)) }
        // Some file systems have no locks.
        if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
          throw .refused("another program writes to it; wait until it has ended, or stop it")
        }
      } catch {
        close(file)
        throw error
      }
      return file
    }
  }

  deinit { unlockAndClose(file) }

  /// Writes `bytes` at the end. They stay in the file even if this process is killed afterwards.
  ///
  /// If they cannot all be written, for example because the disk is full, the file stays as it was.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    try naming(path) { () throws(Problem) in
      var status = stat()
      try check(unsafe fstat(file, &status), "it cannot be examined")
      do throws(Problem) {
        try writeAll(bytes, to: file)
      } catch {
        // The error of the write says what to do. Truncation needs no space.
        _ = retrying { ftruncate(file, status.st_size) }
        throw error
      }
    }
  }

  /// Flushes the file to disk, so that its contents survive a loss of power.
  package func synchronize() throws(FileError) {
    try naming(path) { () throws(Problem) in
      // Some file systems have nothing to flush, and report this error.
      if retrying({ fsync(file) }) != 0, errno != EINVAL {
        throw .system("it cannot be flushed to disk", code: errno)
      }
    }
  }
}
