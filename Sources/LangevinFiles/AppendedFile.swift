#if canImport(Glibc)
import Glibc
package import LangevinErrors
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that grows at its end, and that no other program may have open for that as long as this object
/// lives.
package final class AppendedFile {
  /// The file.
  package let path: String
  private let file: Int32

  /// Opens the file at `path`, which is made if there is none, and must else be a regular one that nobody
  /// else appends to.
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
          throw .refused("another program writes to it; wait until that has ended, or stop it")
        }
      } catch {
        close(file)
        throw error
      }
      return file
    }
  }

  deinit { unlockAndClose(file) }

  /// Writes `bytes` at the end. They are the file's even if this process is killed next; if the disk is
  /// full, the first of them may be there.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    try naming(path) { () throws(Problem) in try writeAll(bytes, to: file) }
  }

  /// Returns when what was written would survive a loss of power.
  package func synchronize() throws(FileError) {
    try naming(path) { () throws(Problem) in
      // Some file systems have nothing to flush, and say so with this error.
      if retrying({ fsync(file) }) != 0, errno != EINVAL {
        throw .system("it cannot be flushed to disk", code: errno)
      }
    }
  }
}
