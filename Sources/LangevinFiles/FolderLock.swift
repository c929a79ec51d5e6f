#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A lock of a folder for what several files of it make up together. It keeps out those who ask for it,
/// in this process and others, and nobody else.
package enum FolderLock: Sendable {
  /// Any number may read at a time.
  case reading
  /// One may write, while nobody reads.
  case writing

  /// Calls `body` with the folder at `path` locked, which is waited for.
  ///
  /// A folder that cannot be opened is not locked, nor is one on a file system without locks: `body` says what
  /// is wrong with it, if anything is. Not for use within itself.
  package func hold<Result, Failure: Error>(
    _ path: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder < 0 { return try body() }
    defer { unlockAndClose(folder) }
    // It fails on file systems without locks, as above.
    _ = retrying { flock(folder, self == .writing ? LOCK_EX : LOCK_SH) }
    return try body()
  }
}
