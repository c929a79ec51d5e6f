#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension AtomicFile {
  /// Removes the temporary files in `directory` that killed programs have left behind.
  ///
  /// A program that is still writing holds a lock on its file, so the file is kept. Files that cannot be
  /// removed stay, and do no harm.
  package static func removeLeftovers(in directory: String) {
    guard let listing = unsafe opendir(directory) else { return }
    defer { unsafe closedir(listing) }
    let folder = unsafe dirfd(listing)
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if Leftover.isName(name) { Leftover.remove(name, in: folder) }
    }
  }
}

/// The temporary file that replaces another by renaming.
enum Leftover {
  private static let (start, end) = (".langevin-", ".tmp")

  static func newName() -> String {
    start + String(UInt64.random(in: .min ... .max), radix: 36) + end
  }

  static func isName(_ name: String) -> Bool { name.hasPrefix(start) && name.hasSuffix(end) }

  /// Locks a new file to mark it as in use, and returns whether it is still there: another process may just
  /// have removed it as a leftover.
  ///
  /// The lock ends with the process, however it ends. On a file system without locks, leftovers are not
  /// removed either.
  static func claim(_ file: Int32) -> Bool {
    if !lock(file), errno == EWOULDBLOCK { return false }
    var status = stat()
    return unsafe fstat(file, &status) != 0 || status.st_nlink > 0
  }

  private static func lock(_ file: Int32) -> Bool { flock(file, LOCK_EX | LOCK_NB) == 0 }

  static func remove(_ name: String, in folder: Int32) {
    let file = unsafe openat(
      folder, name, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
    if file < 0 { return }
    defer { unlockAndClose(file) }
    var status = stat()
    if unsafe fstat(file, &status) == 0, irregularity(status.st_mode) == nil, lock(file) {
      unsafe unlinkat(folder, name, 0)
    }
  }
}
