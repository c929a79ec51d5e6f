/// The file formats of plots.
public enum PlotFormat: String, Sendable, CaseIterable {
  /// Pixels, in a PNG file.
  case png
  /// Shapes that stay sharp at every size, in an SVG file.
  case svg

  /// Creates the format that the extension of `path` names, in upper or lower case.
  ///
  /// - Throws: ``PlotError/unknownExtension(path:extension:)``.
  public init(path: String) throws(PlotError) {
    let ending = Self.fileExtension(of: path)
    guard let format = PlotFormat(rawValue: ending.lowercased()) else {
      throw .unknownExtension(path: path, extension: ending)
    }
    self = format
  }

  /// Returns the extension of the file's name, empty if the name has no dot.
  static func fileExtension(of path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    // A dot at the beginning of the name marks a hidden file, not an extension.
    let parts = name.drop { $0 == "." }.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[parts.count - 1]) : ""
  }
}
