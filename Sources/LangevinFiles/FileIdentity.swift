#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The identity of a file, independent of its path: symbolic and hard links to one file are equal.
package struct FileIdentity: Equatable {
  private let device: dev_t
  private let number: ino_t

  /// Creates the identity of the file or folder at `path`; nil if the path does not exist.
  package init?(_ path: String) {
    var status = stat()
    if unsafe stat(path, &status) != 0 { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }

  /// Returns whether `path` and `other` lead to the same file, or would if a file were created there.
  package static func areSame(_ path: String, _ other: String) -> Bool {
    if let file = FileIdentity(path), file == FileIdentity(other) { return true }
    let (place, otherPlace) = (path.directoryAndName, other.directoryAndName)
    guard place.name == otherPlace.name, let folder = FileIdentity(place.directory) else {
      return false
    }
    return folder == FileIdentity(otherPlace.directory)
  }
}

extension String {
  /// The directory of the file at this path, and its name in the directory.
  package var directoryAndName: (directory: String, name: String) {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", self) }
    let name = String(self[utf8.index(after: slash)...])
    // A path like "runs/" means the directory itself, which is then rejected as a directory.
    return (String(self[...slash]), name.isEmpty ? "." : name)
  }

  /// The path with all symbolic links resolved; nil if there is no file.
  package var withoutLinks: String? {
    guard let path = unsafe realpath(self, nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
