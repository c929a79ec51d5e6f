/// The kinds of file that a plot can become.
public enum PlotFormat: String, Sendable, CaseIterable {
  /// Pixels.
  case png
  /// Shapes that stay sharp at every size.
  case svg

  /// The format that the extension of `path` names, in capitals or not.
  ///
  /// - Throws: ``PlotError/unknownExtension(path:extension:)``.
  public init(path: String) throws(PlotError) {
    let ending = Self.fileExtension(of: path)
    guard let format = PlotFormat(rawValue: ending.lowercased()) else {
      throw .unknownExtension(path: path, extension: ending)
    }
    self = format
  }

  /// The extension of the file's name; empty if it has no dot.
  static func fileExtension(of path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    // A dot at the very beginning hides a file; it does not begin an extension.
    let parts = name.drop { $0 == "." }.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[parts.count - 1]) : ""
  }
}
