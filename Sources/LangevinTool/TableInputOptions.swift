import ArgumentParser
import Tables

/// The options for reading a table whose file is ambiguous.
struct TableReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns to read as categories even if their cells are numbers.", valueName: "NAME,NAME,…"))
  var categorical: NameList?

  @Option(help: ArgumentHelp("Columns to read as numbers.", valueName: "NAME,NAME,…"))
  var numeric: NameList?

  @Option(help: ArgumentHelp("Columns to leave out.", valueName: "NAME,NAME,…"))
  var drop: NameList?

  @OptionGroup var missing: MissingOptions

  @Option(
    help: ArgumentHelp(
      "Character between cells, or tab (default: a comma, or the semicolon, tab or vertical bar that "
        + "separates the first lines alike).", valueName: "CHARACTER"))
  var separator: Mark?

  @Option(
    help: ArgumentHelp(
      "Character between groups of three digits (default: taken from the cells of each column).",
      valueName: "CHARACTER"))
  var thousands: Mark?

  @Option(
    name: .customLong("decimal"),
    help: ArgumentHelp(
      "Decimal separator (default: taken from the cells of each column).",
      valueName: "CHARACTER"))
  var decimalMark: Mark?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Read the first line as the names of the columns (default: if it has no numbers, or texts above numbers)."
  )
  var header: Bool?

  mutating func validate() throws {
    if let name = categorical?.names.first(where: (numeric?.names ?? []).contains) {
      throw ValidationError("--categorical and --numeric \(name): choose one")
    }
    if let thousands, thousands == decimalMark {
      throw ValidationError("--thousands and --decimal \(thousands): choose different characters")
    }
  }

  /// The names of the options, for messages.
  static let names =
    "--categorical, --numeric, --drop, --missing, --separator, --thousands, --decimal and --header"

  /// Whether any option was given.
  var areGiven: Bool { options != TableOptions() }

  var options: TableOptions {
    var options = TableOptions()
    options.categorical = Set(categorical?.names ?? [])
    options.numeric = Set(numeric?.names ?? [])
    options.dropped = Set(drop?.names ?? [])
    missing.apply(to: &options)
    options.separator = separator?.character
    options.thousands = thousands?.character
    options.decimalMark = decimalMark?.character
    options.hasHeader = header
    return options
  }
}

/// The options for training on a table: what the model learns, and how the file is read.
struct TableInputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns of categories to condition on; sample --where chooses a category to sample.",
      valueName: "NAME,NAME,…"))
  var condition: NameList?

  @Option(
    help: ArgumentHelp(
      "Read all columns but conditions as the pixels of gray images of this width and height, integers from "
        + "a range like 0 … 255.", valueName: "WxH"), transform: ImageShape.init(option:))
  var image: ImageShape?

  @Option(
    help: ArgumentHelp(
      "File of one column with a label for each row, which becomes a condition with the name label.",
      valueName: "FILE"), completion: .file(extensions: ["npy", "csv"]))
  var labels: String?

  @OptionGroup var reading: TableReadingOptions

  mutating func validate() throws {
    let conditions = condition?.names ?? []
    if let name = conditions.first(where: (reading.numeric?.names ?? []).contains) {
      throw ValidationError("--condition and --numeric \(name): choose one")
    }
    if let name = conditions.first(where: (reading.drop?.names ?? []).contains) {
      throw ValidationError("--condition and --drop \(name): choose one")
    }
  }

  /// The names of the options, for messages.
  static let names = "--condition, --image, --labels, \(TableReadingOptions.names)"

  /// Whether any option was given.
  var areGiven: Bool { condition != nil || image != nil || labels != nil || reading.areGiven }
}

extension ImageShape {
  fileprivate init(option text: String) throws {
    guard let shape = Self(text) else {
      throw ValidationError("write width x height in pixels, as in 8x8")
    }
    self = shape
  }
}

/// The option for missing words, which stand for a missing cell.
struct MissingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Words for a missing cell, in addition to \(words). NAME=WORD is for one column. -9 also means -9.0.",
      valueName: "WORD,NAME=WORD,…"))
  var missing: NameList?

  private static var words: String {
    "an empty cell, "
      + TableOptions.missingWords.filter { !$0.isEmpty }.sorted().joined(separator: ", ")
  }

  /// Adds the words to `options`.
  func apply(to options: inout TableOptions) {
    for item in missing?.names ?? [] {
      if let place = item.firstIndex(of: "="), place > item.startIndex {
        let word = String(item[item.index(after: place)...])
        options.missingInColumn[String(item[..<place]), default: []].insert(word)
      } else {
        options.missing.insert(item)
      }
    }
  }
}

/// A character that separates cells or digits.
struct Mark: ExpressibleByArgument, CustomStringConvertible, Equatable {
  let character: Character

  init?(argument: String) {
    switch argument {
    case "tab", "\\t": character = "\t"
    case "space": character = " "
    default:
      guard argument.count == 1, let character = argument.first else { return nil }
      self.character = character
    }
  }

  var description: String { String(character) }
}

/// A list of names, separated by commas; a name that contains a comma is quoted.
struct NameList: ExpressibleByArgument, CustomStringConvertible {
  let names: [String]

  init?(argument: String) {
    var names = [""]
    var isQuoted = false
    for character in argument {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: names.append("")
      default: names[names.count - 1].append(character)
      }
    }
    if isQuoted { return nil }
    self.names = names.map(Self.trimmed)
    if self.names.contains("") { return nil }
  }

  var description: String { names.joined(separator: ",") }

  /// Returns `name` without blanks at its ends. (Foundation's function for this would add 45 MB of tables of
  /// Unicode to the installed program.)
  private static func trimmed(_ name: String) -> String {
    let start = name.drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
