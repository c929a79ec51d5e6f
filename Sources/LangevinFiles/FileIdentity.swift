#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which file a path leads to, whatever its name: symbolic and hard links of one file are equal.
package struct FileIdentity: Equatable {
  private let device: dev_t
  private let number: ino_t

  /// The file, or folder, at `path`; nil if nothing is there.
  package init?(_ path: String) {
    var status = stat()
    if unsafe stat(path, &status) != 0 { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }

  /// Whether `path` and `other` lead to one file, or would if a file were made there.
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
  /// The directory and the name in it of the file at this path.
  package var directoryAndName: (directory: String, name: String) {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", self) }
    let name = String(self[utf8.index(after: slash)...])
    // As after "runs/": the directory itself, which is then refused for being one.
    return (String(self[...slash]), name.isEmpty ? "." : name)
  }

  /// The path of the file that this path leads to through symbolic links; nil if nothing is there.
  package var withoutLinks: String? {
    guard let path = unsafe realpath(self, nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
