import Diffusion

/// A setting of ``RunConfiguration`` that users choose.
///
/// Its key in `config.json`, its options, its bounds and its help are declared only here. The declaration
/// validates files and defines the options of `langevin train`.
package struct Setting: Sendable {
  /// The kind of option.
  package enum Form: Sendable {
    /// `--option VALUE`, where the associated name stands for the value in the help.
    case value(String)
    /// `--option VALUE`, where the value is one of those in the list.
    case choice([String])
    /// `--option`, and `--no-option` if it can be turned off.
    case flag(canBeOff: Bool)
  }

  /// The path of the value in `config.json`, such as `training.learningRate`.
  package let key: String
  /// The names of the option, without dashes. Messages use the first one.
  package let options: [String]
  package let form: Form
  package let help: String
  /// The value in a configuration, as text for its option; nil if the configuration has no such value.
  package let text: @Sendable (RunConfiguration) -> String?
  /// A description of the allowed values, such as "a number above 0".
  private let allowed: String
  /// Whether the help shows the values of the presets.
  private let hasDefault: Bool
  /// Whether the value in a configuration is allowed.
  private let isValid: @Sendable (RunConfiguration) -> Bool
  /// Whether a text is an allowed value.
  private let accepts: @Sendable (String) -> Bool
  /// Sets the value in a configuration from a text.
  private let assign: @Sendable (String, inout RunConfiguration) throws(SettingError.Reason) -> Void
  /// The reason why a configuration cannot have the setting; nil if it can.
  private let obstacle: @Sendable (RunConfiguration) -> SettingError.Reason?

  /// All settings.
  package static let all = model + training

  /// Throws unless the value in `configuration` is allowed.
  func validate(_ configuration: RunConfiguration) throws(CheckpointError) {
    if isValid(configuration) { return }
    throw .setting(key: key, value: text(configuration) ?? "missing", allowed: allowed)
  }

  /// Returns the value in `preset` for a data set, as text for the option; nil if it depends on the data.
  package func `default`(of preset: Preset) -> String? {
    let configuration = RunConfiguration(
      preset, dataset: .init(name: "", count: preset.points, seed: 0), dimension: 2)
    return hasDefault && obstacle(configuration) == nil ? text(configuration) : nil
  }

  /// Throws unless `text` is an allowed value of the option.
  package func validate(_ text: String) throws(SettingError) {
    if !accepts(text) {
      throw SettingError(setting: self, value: text, reason: .notAllowed(allowed))
    }
  }

  /// Sets the value in `configuration` from `text`.
  package func set(_ text: String, in configuration: inout RunConfiguration) throws(SettingError) {
    try validate(text)
    if let reason = obstacle(configuration) {
      throw SettingError(setting: self, value: nil, reason: reason)
    }
    do {
      try assign(text, &configuration)
    } catch {
      throw SettingError(setting: self, value: text, reason: error)
    }
  }
}

/// A number that an option can have.
package typealias SettingNumber = Comparable & LosslessStringConvertible & Sendable

extension Setting {
  package typealias Path<Value> = WritableKeyPath<RunConfiguration, Value> & Sendable

  /// Returns a setting with a number within `bounds`.
  static func number<Value: SettingNumber>(
    _ key: String, _ path: any Path<Value>, in bounds: Bounds<Value>, options: [String],
    value name: String, help: String, hasDefault: Bool = true,
    unless obstacle: @escaping @Sendable (RunConfiguration) -> SettingError.Reason? = { _ in nil }
  ) -> Setting {
    Setting(
      key: key, options: options, form: .value(name), help: help,
      text: { Bounds.text($0[keyPath: path]) },
      allowed: "a number \(bounds)", hasDefault: hasDefault,
      isValid: { bounds.contain($0[keyPath: path]) },
      accepts: { Value($0).map(bounds.contain) ?? false },
      assign: { text, configuration throws(SettingError.Reason) in
        if let value = Value(text) { configuration[keyPath: path] = value }
      }, obstacle: obstacle)
  }

  /// Returns a setting with a number within `bounds` or nil. The option accepts `none`, unless nil, for nil.
  static func number<Value: SettingNumber>(
    _ key: String, _ path: any Path<Value?>, none: Value? = nil, in bounds: Bounds<Value>,
    options: [String], value name: String, help: String,
    unless obstacle: @escaping @Sendable (RunConfiguration) -> SettingError.Reason? = { _ in nil }
  ) -> Setting {
    Setting(
      key: key, options: options, form: .value(name), help: help,
      text: { ($0[keyPath: path] ?? none).map(Bounds.text) },
      allowed: "a number \(bounds)", hasDefault: true,
      isValid: { $0[keyPath: path].map(bounds.contain) ?? true },
      accepts: { Value($0).map { $0 == none || bounds.contain($0) } ?? false },
      assign: { text, configuration throws(SettingError.Reason) in
        if let value = Value(text) { configuration[keyPath: path] = value == none ? nil : value }
      }, obstacle: obstacle)
  }

  /// Returns a setting with one of the cases of an enumeration.
  static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ key: String, _ path: any Path<Value>, options: [String], help: String,
    unless obstacle: @escaping @Sendable (RunConfiguration) -> SettingError.Reason? = { _ in nil }
  ) -> Setting {
    let names = Value.allCases.map(\.rawValue)
    return text(
      key, options: options, form: .choice(names), help: help,
      allowed: "one of \(names.joined(separator: ", "))", read: { $0[keyPath: path].rawValue },
      parse: { Value(rawValue: $0) }, write: { $1[keyPath: path] = $0 }, unless: obstacle)
  }

  /// Returns a setting that is true or false.
  static func flag(
    _ key: String, _ path: any Path<Bool>, canBeOff: Bool, options: [String], help: String,
    unless obstacle: @escaping @Sendable (RunConfiguration) -> SettingError.Reason? = { _ in nil }
  ) -> Setting {
    text(
      key, options: options, form: .flag(canBeOff: canBeOff), help: help, allowed: "true or false",
      read: { "\($0[keyPath: path])" }, parse: { Bool($0) }, write: { $1[keyPath: path] = $0 },
      unless: obstacle)
  }

  /// Returns a setting with a value of any other type.
  static func text<Value>(
    _ key: String, options: [String], form: Form, help: String, allowed: String,
    read: @escaping @Sendable (RunConfiguration) -> String?,
    parse: @escaping @Sendable (String) -> Value?,
    write: @escaping @Sendable (Value, inout RunConfiguration) throws(SettingError.Reason) -> Void,
    unless obstacle: @escaping @Sendable (RunConfiguration) -> SettingError.Reason? = { _ in nil }
  ) -> Setting {
    Setting(
      key: key, options: options, form: form, help: help, text: read, allowed: allowed,
      hasDefault: true, isValid: { _ in true }, accepts: { parse($0) != nil },
      assign: { text, configuration throws(SettingError.Reason) in
        if let value = parse(text) { try write(value, &configuration) }
      }, obstacle: obstacle)
  }
}
