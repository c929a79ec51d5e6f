public import Files

/// Why a plot was not written.
public enum PlotError: Error, Equatable, CustomStringConvertible {
  /// The name of the file does not end in `.png` or `.svg`.
  case unknownExtension(path: String, extension: String)
  /// A picture cannot have this many pixels per point.
  case invalidScale(Double)
  /// Cairo, which draws, reported this.
  case cannotDraw(reason: String)
  /// The file cannot be written.
  case cannotWrite(FileError)

  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownExtension(let path, let name):
      """
      plot "\(path)": \(name.isEmpty ? "the file has no extension" : "\".\(name)\" is not known"); \
      end the name in ".png" or ".svg"
      """
    case .invalidScale(let scale):
      "plot: a scale of \(scale) pixels per point is not possible; use a number above 0, such as 2"
    case .cannotDraw(let reason):
      "plot: Cairo could not draw it (\(reason)); use a smaller scale"
    case .cannotWrite(let error): "plot: \(error)"
    }
  }
}
