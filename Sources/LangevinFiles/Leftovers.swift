#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension AtomicFile {
  /// Removes the files in `directory` that programs left behind which were killed while they wrote.
  ///
  /// A program that still writes holds a lock on its file, which is left alone. What cannot be removed
  /// stays: it is in nobody's way.
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

/// The file that is written beside another, to be renamed to it.
enum Leftover {
  private static let (start, end) = (".langevin-", ".tmp")

  static func newName() -> String {
    start + String(UInt64.random(in: .min ... .max), radix: 36) + end
  }

  static func isName(_ name: String) -> Bool { name.hasPrefix(start) && name.hasSuffix(end) }

  /// Marks a new file as somebody's, unless somebody has just taken it for a leftover. The lock goes with
  /// the process, however that ends. A file system that has no locks has no leftovers removed either.
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
