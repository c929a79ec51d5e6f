public import LangevinErrors
import LangevinFiles

/// Why a plot was not written.
public enum PlotError: DescribedError, Equatable {
  /// The name of the file does not end in `.png` or `.svg`.
  case unknownExtension(path: String, extension: String)
  /// The name of an animation's file does not end in `.webp`.
  case unknownAnimation(path: String, extension: String)
  /// A picture cannot have this many pixels per point.
  case invalidScale(Double)
  /// Cairo, which draws, reported this.
  case cannotDraw(reason: String)
  /// libwebp, which makes animations, reported this, or the animation is not a possible one.
  case cannotAnimate(reason: String)
  /// The file cannot be written.
  case cannotWrite(FileError)

  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownExtension(let path, let name):
      "plot \"\(path)\": \(Self.problem(name)); end the name in \".png\" or \".svg\""
    case .unknownAnimation(let path, let name):
      "animation \"\(path)\": \(Self.problem(name)); end the name in \".webp\""
    case .invalidScale(let scale):
      "plot: a scale of \(scale) pixels per point is not possible; use a number above 0, such as 2"
    case .cannotDraw(let reason):
      "plot: Cairo could not draw it (\(reason)); use a smaller scale"
    case .cannotAnimate(let reason):
      "animation: it could not be made (\(reason)); choose another size or duration"
    case .cannotWrite(let error): "plot: \(error)"
    }
  }

  private static func problem(_ name: String) -> String {
    name.isEmpty ? "the file has no extension" : "\".\(name)\" is not known"
  }
}
