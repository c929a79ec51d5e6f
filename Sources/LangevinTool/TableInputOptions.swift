public import ArgumentParser
import Foundation
public import Tables

/// How a table is read that a user names, where the file itself leaves a choice.
struct TableReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns whose cells are categories though they are numbers.", valueName: "NAME,NAME,…"))
  var categorical: NameList?

  @Option(help: ArgumentHelp("Columns whose cells are numbers.", valueName: "NAME,NAME,…"))
  var numeric: NameList?

  @Option(help: ArgumentHelp("Columns that are left out.", valueName: "NAME,NAME,…"))
  var drop: NameList?

  @OptionGroup var missing: MissingOptions

  @Option(
    help: ArgumentHelp(
      "The character between cells, or tab; unless given, a comma, or what separates the first lines alike: a "
        + "semicolon, a tab or a vertical bar.", valueName: "CHARACTER"))
  var separator: Mark?

  @Option(
    help: ArgumentHelp(
      "The character between groups of three digits; unless given, what the cells of a column show.",
      valueName: "CHARACTER"))
  var thousands: Mark?

  @Option(
    name: .customLong("decimal"),
    help: ArgumentHelp(
      "The character before decimals; unless given, what the cells of a column show.",
      valueName: "CHARACTER"))
  var decimalMark: Mark?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether the first line has the names of the columns; unless given, if it has no numbers."
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

  /// What can be asked for.
  static let names =
    "--categorical, --numeric, --drop, --missing, --separator, --thousands, --decimal and --header"

  /// Whether anything was asked for.
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

/// What a model learns of a table, and how that is read.
struct TableInputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns of categories that the model is told, and does not make: sample --where chooses one.",
      valueName: "NAME,NAME,…"))
  var condition: NameList?

  @Option(
    help: ArgumentHelp(
      "The columns, but for conditions, are the pixels of gray images of this width and height, integers such "
        + "as 0 … 255.", valueName: "WxH"))
  var image: ImageShape?

  @Option(
    help: ArgumentHelp(
      "A file of one column, a label for each row, which becomes the condition label.",
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

  /// What can be asked for.
  static let names = "--condition, --image, --labels, \(TableReadingOptions.names)"

  /// Whether anything was asked for.
  var areGiven: Bool { condition != nil || image != nil || labels != nil || reading.areGiven }
}

extension ImageShape: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// What stands for a missing cell.
struct MissingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What stands for a missing cell, besides \(words). NAME=WORD is for one column; -9 is -9.0 too.",
      valueName: "WORD,NAME=WORD,…"))
  var missing: NameList?

  private static var words: String {
    "nothing, "
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

/// Names, separated by commas; one with a comma in it is in quotation marks.
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
    self.names = names.map { $0.trimmingCharacters(in: .whitespaces) }
    if self.names.contains("") { return nil }
  }

  var description: String { names.joined(separator: ",") }
}
