/// The texts that stand for a missing cell in one column.
///
/// A word that is a number stands for all spellings of the number: `-9` also means `-9.0`.
struct MissingWords {
  /// The words given by the user.
  private let asked: Set<String>
  private let askedNumbers: Set<CanonicalDecimal>
  /// The length of the longest word, and of any spelling of a number that is looked up.
  private let longest: Int
  /// The user's words that occurred in a cell.
  private(set) var used: Set<String> = []

  /// Creates the words for the column of this name.
  init(_ options: TableOptions, column: String) {
    asked = options.missing.union(options.missingInColumn[column] ?? [])
    askedNumbers = Set(asked.compactMap { CanonicalDecimal(Array($0.utf8)[...]) })
    longest = max(64, asked.map(\.utf8.count).max() ?? 0)
  }

  /// Whether the user gave any words.
  var areAsked: Bool { !asked.isEmpty }

  /// Returns whether `text` is one of the user's words, and records the word as used.
  mutating func takesAsked(_ text: ArraySlice<UInt8>) -> Bool {
    // Long texts are not compared, to save time.
    if asked.isEmpty || text.count > longest { return false }
    let word = String(decoding: text, as: UTF8.self)
    if asked.contains(word) {
      used.insert(word)
      return true
    }
    guard !askedNumbers.isEmpty, let number = CanonicalDecimal(text), askedNumbers.contains(number)
    else {
      return false
    }
    used.formUnion(asked.filter { CanonicalDecimal(Array($0.utf8)[...]) == number })
    return true
  }

  /// Returns whether `text` is empty or one of ``TableOptions/missingWords``.
  static func areInAnyFile(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    // Compares bytes without creating a string: this is called for each cell that is not a number.
    return inAnyFile.contains { $0[0] == first && text.elementsEqual($0) }
  }

  private static let inAnyFile = TableOptions.missingWords.filter { !$0.isEmpty }.map {
    Array($0.utf8)
  }

  /// Returns notes about the user's words that occur in no cell of `columns`.
  static func unused(
    _ options: TableOptions, _ columns: some Sequence<(String, MissingWords)>
  ) -> [TableNote] {
    var notes: [TableNote] = []
    for word in options.missing.sorted()
    where !columns.contains(where: { $1.used.contains(word) }) {
      notes.append(.unusedMissing(word, column: nil))
    }
    for (name, words) in options.missingInColumn.sorted(by: { $0.key < $1.key }) {
      let column = columns.first { $0.0 == name }?.1
      for word in words.sorted() where column?.used.contains(word) != true {
        notes.append(.unusedMissing(word, column: name))
      }
    }
    return notes
  }
}
