import LangevinErrors

/// An error that keeps a ``Setting`` from having a value.
package struct SettingError: DescribedError {
  /// The reason why a setting cannot have a value.
  package enum Reason: Error {
    /// The value is not one of the allowed ones, which the text describes.
    case notAllowed(String)
    /// The widths of residual blocks differ.
    case unequalBlocks
    /// Only a residual network has the setting.
    case notResidual
    /// Only a schedule with timesteps has the setting.
    case noSchedule
    /// The data have no conditions.
    case noConditions

    /// The problem; nil if the remedy implies it.
    fileprivate var problem: String? {
      switch self {
      case .notAllowed: nil
      case .unequalBlocks: "residual blocks cannot have different widths"
      case .notResidual: "only a residual network has this setting"
      case .noSchedule: "only a schedule with timesteps has this setting"
      case .noConditions: "there are no conditions"
      }
    }

    /// The remedy in terms of the configuration.
    package var remedy: String {
      switch self {
      case .notAllowed(let allowed): "choose \(allowed)"
      case .unequalBlocks: "choose equal ones"
      case .notResidual: "choose a residual model.network"
      case .noSchedule: "choose a model.process with timesteps"
      case .noConditions: "name the conditions of the table"
      }
    }
  }

  /// The setting in question.
  package let setting: Setting
  /// The value, as text; nil if the setting cannot have any.
  package let value: String?
  /// The reason.
  package let reason: Reason

  /// The problem and its remedy, in one line.
  package var description: String { description(name: \.key, remedy: \.remedy) }

  /// Returns the description with the setting named by `name` and the remedy worded by `remedy`, instead of
  /// in terms of the configuration.
  package func description(
    name: (Setting) -> String, remedy: (Reason) -> String
  ) -> String {
    let subject = name(setting) + (value.map { " \($0)" } ?? "")
    return "\(subject): \(reason.problem.map { "\($0); " } ?? "")\(remedy(reason))"
  }
}
