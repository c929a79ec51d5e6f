#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An advisory lock of a folder, for data that span several of its files. It excludes only code that also
/// asks for the lock, in this process and others.
package enum FolderLock: Sendable {
  /// A shared lock: any number of readers can hold it at the same time.
  case reading
  /// An exclusive lock: one writer holds it, and no reader.
  case writing

  /// Waits for the lock of the folder at `path`, and calls `body` while holding it. Calls cannot be nested.
  ///
  /// A folder that cannot be opened is not locked, nor is one on a file system without locks. In these cases,
  /// `body` reports what is wrong with the folder, if anything is.
  package func hold<Result, Failure: Error>(
    _ path: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder < 0 { return try body() }
    defer { unlockAndClose(folder) }
    // This fails on file systems without locks; see above.
    _ = retrying { flock(folder, self == .writing ? LOCK_EX : LOCK_SH) }
    return try body()
  }
}
