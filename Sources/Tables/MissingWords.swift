/// The texts that stand for a missing cell of one column.
///
/// A word that is a number stands for all texts of that number: `-9` for `-9.0` as well.
struct MissingWords {
  /// The words that the user of the reader gave.
  private let asked: Set<String>
  private let askedNumbers: Set<CanonicalDecimal>
  /// The user's words that a cell had.
  private(set) var used: Set<String> = []

  /// The words for the column of this name.
  init(_ options: TableOptions, column: String) {
    asked = options.missing.union(options.missingInColumn[column] ?? [])
    askedNumbers = Set(asked.compactMap { CanonicalDecimal(Array($0.utf8)[...]) })
  }

  /// Whether the user gave some.
  var areAsked: Bool { !asked.isEmpty }

  /// Whether the user's words have `text`, which is noted.
  mutating func takesAsked(_ text: ArraySlice<UInt8>) -> Bool {
    // No word is longer than most texts.
    if asked.isEmpty || text.count > 64 { return false }
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

  /// Whether `text` is one of ``TableOptions/missingWords``, or empty.
  static func areInAnyFile(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    // Asked of each cell that is not a number: no text is made of its bytes.
    return inAnyFile.contains { $0[0] == first && text.elementsEqual($0) }
  }

  private static let inAnyFile = TableOptions.missingWords.filter { !$0.isEmpty }.map {
    Array($0.utf8)
  }

  /// The words that were asked for and that no cell of these columns is.
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
