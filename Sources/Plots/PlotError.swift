public import LangevinErrors
import LangevinFiles

/// A reason why a plot cannot be written.
public enum PlotError: DescribedError, Equatable {
  /// The name of the file does not end in `.png` or `.svg`.
  case unknownExtension(path: String, extension: String)
  /// The name of an animation's file does not end in `.webp`.
  case unknownAnimation(path: String, extension: String)
  /// The number of pixels per point is not a positive finite number.
  case invalidScale(Double)
  /// Cairo could not draw the plot, for this reason.
  case cannotDraw(reason: String)
  /// The animation is invalid, or libwebp could not encode it, for this reason.
  case cannotAnimate(reason: String)
  /// The file cannot be written.
  case cannotWrite(FileError)

  /// A message that states the problem and the remedy.
  public var description: String {
    switch self {
    case .unknownExtension(let path, let name):
      "plot \"\(path)\": \(Self.problem(name)); end the name in \".png\" or \".svg\""
    case .unknownAnimation(let path, let name):
      "animation \"\(path)\": \(Self.problem(name)); end the name in \".webp\""
    case .invalidScale(let scale):
      "plot: invalid scale (\(scale) pixels per point); use a positive number, for example 2"
    case .cannotDraw(let reason):
      "plot: Cairo cannot draw it (\(reason)); use a smaller scale"
    case .cannotAnimate(let reason):
      "animation: cannot be encoded (\(reason)); choose another size or duration"
    case .cannotWrite(let error): "plot: \(error)"
    }
  }

  private static func problem(_ name: String) -> String {
    name.isEmpty ? "the file has no extension" : "unknown extension \".\(name)\""
  }
}
