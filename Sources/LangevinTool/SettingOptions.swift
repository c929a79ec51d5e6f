import ArgumentParser
import Checkpoints

/// Options that are generated from a list of ``Setting``s.
///
/// ArgumentParser finds the options of a type by reflection, so the mirror of this type lists them.
protocol SettingOptions: ParsableArguments, CustomReflectable {
  static var settings: [Setting] { get }
  /// The text of each option that was given, by the option's name.
  var texts: [String: String] { get set }
}

extension SettingOptions {
  var customMirror: Mirror {
    Mirror(self, children: Self.settings.map { (label: $0.options[0], value: $0.argument) })
  }

  init(from decoder: any Decoder) throws {
    self.init()
    let values = try decoder.container(keyedBy: OptionKey.self)
    for setting in Self.settings {
      let key = OptionKey(stringValue: setting.options[0])
      texts[key.stringValue] =
        switch setting.form {
        case .value, .choice: try values.decode(Option<String?>.self, forKey: key).wrappedValue
        case .flag(canBeOff: true):
          try values.decode(Flag<Bool?>.self, forKey: key).wrappedValue.map { "\($0)" }
        case .flag(canBeOff: false):
          try values.decode(Flag<Bool>.self, forKey: key).wrappedValue ? "true" : nil
        }
    }
  }

  func validate() throws {
    for setting in Self.settings {
      do {
        if let text = texts[setting.options[0]] { try setting.validate(text) }
      } catch {
        throw ValidationError(described(error))
      }
    }
  }

  /// Sets the values of the given options in `configuration`.
  func apply(to configuration: inout RunConfiguration) throws {
    for setting in Self.settings {
      do {
        if let text = texts[setting.options[0]] { try setting.set(text, in: &configuration) }
      } catch {
        throw ValidationError(described(error))
      }
    }
  }
}

private struct OptionKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Setting {
  /// The property wrapper that declares the option.
  fileprivate var argument: Any {
    let name = NameSpecification(options.map { .customLong($0) })
    return switch form {
    case .value(let valueName):
      Option<String?>(
        name: name, help: ArgumentHelp("\(help)\(defaults).", valueName: "\(valueName)"))
    case .choice(let values):
      Option<String?>(
        name: name,
        help: ArgumentHelp(
          "\(help): \(values.joined(separator: ", "))\(defaults).", valueName: "KIND"),
        completion: .list(values))
    case .flag(canBeOff: true):
      Flag<Bool?>(name: name, inversion: .prefixedNo, help: ArgumentHelp("\(help)\(defaults)."))
    case .flag(canBeOff: false):
      Flag<Bool>(wrappedValue: false, name: name, help: ArgumentHelp("\(help)."))
    }
  }

  /// The values of the presets, as text for the help.
  private var defaults: String {
    let values = Preset.allCases.map { (preset: $0.rawValue, text: `default`(of: $0)) }
    if values.allSatisfy({ $0.text == values[0].text }) {
      return values[0].text.map { " (default: \($0))" } ?? ""
    }
    if values.dropFirst().allSatisfy({ $0.text != nil && $0.text == values[1].text }) {
      let others = values[1].text ?? ""
      if let first = values[0].text {
        return " (default: \(values[0].preset) \(first), others \(others))"
      }
      let names = values.dropFirst().map(\.preset).joined(separator: " and ")
      return " (default: \(names) \(others))"
    }
    let texts = values.compactMap { value in value.text.map { "\(value.preset) \($0)" } }
    return " (default: \(texts.joined(separator: ", ")))"
  }
}

/// The settings of the model that override the preset.
struct ModelOptions: SettingOptions {
  static let settings = Setting.model
  var texts: [String: String] = [:]
}

/// The settings of training that override the preset.
struct TrainingOptions: SettingOptions {
  static let settings = Setting.training
  var texts: [String: String] = [:]

  /// The share of held-out rows, on which the preset's settings depend.
  var heldOut: Double { texts["held-out"].flatMap { Double($0) } ?? 0 }
}
