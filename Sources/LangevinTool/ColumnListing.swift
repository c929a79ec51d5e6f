import LangevinErrors
import LangevinFiles
import Tables

/// The columns of a table, for printing.
struct ColumnListing {
  /// A name and a description for each column.
  let lines: [(name: String, text: String)]
  /// The names of the columns, grouped by kind.
  let sentence: String

  /// The largest number of columns to list.
  private static let mostColumns = 60
  /// The largest number of categories to list for a column.
  private static let mostCategories = 8

  /// Lists the columns of a file, some of which are to be `conditions`.
  init(_ table: Table, conditions: [String]) {
    self.init(
      table.columns.map { column in
        let missing = column.missingCount
        return Entry(
          name: column.name, kind: column.kind, isCondition: conditions.contains(column.name),
          bounds: column.bounds, categories: column.categories,
          missing: missing == 0 ? nil : "\(missing) of \(table.rowCount) missing")
      })
  }

  /// Lists the columns that a model has learned, except pixels.
  init(_ encoding: TableEncoding) {
    self.init(
      encoding.columns.filter { encoding.image == nil || $0.isCondition }.map { column in
        Entry(
          name: column.name, kind: column.kind, isCondition: column.isCondition,
          bounds: column.bounds, categories: column.categories,
          missing: column.hasMissing ? "some missing" : nil)
      })
  }

  private struct Entry {
    let name: String
    let kind: ColumnKind
    let isCondition: Bool
    let bounds: (least: String, greatest: String)?
    let categories: [String]?
    let missing: String?

    var text: String {
      var parts = [isCondition ? "condition" : kind.rawValue]
      if let bounds {
        parts.append(
          bounds.least == bounds.greatest
            ? "constant \(bounds.least)" : "\(bounds.least) … \(bounds.greatest)")
      }
      if let categories {
        let some = categories.prefix(ColumnListing.mostCategories).map { text in
          text.contains(",") ? "\"\(text.printable)\"" : text.printable
        }
        parts.append(
          "\(categories.count): \(some.joined(separator: ", "))"
            + (categories.count > some.count ? ", …" : ""))
      }
      return (parts + (missing.map { [$0] } ?? [])).joined(separator: ", ")
    }
  }

  private init(_ entries: [Entry]) {
    let more = entries.count - Self.mostColumns
    lines =
      entries.prefix(Self.mostColumns).map { ($0.name.printable, $0.text) }
      + (more > 0 ? [("…", "and \(counted(more, "more column"))")] : [])
    let groups: [(String, (Entry) -> Bool)] = [
      ("numeric", { $0.kind == .numeric }),
      ("categorical", { $0.kind == .categorical && !$0.isCondition }),
      ("conditions", { $0.isCondition }),
    ]
    sentence = groups.compactMap { word, isMember in
      let names = entries.filter(isMember).map(\.name.printable)
      if names.isEmpty { return nil }
      let some = names.prefix(12).joined(separator: ", ")
      return "\(word) (\(some)\(names.count > 12 ? ", … \(names.count)" : ""))"
    }.joined(separator: ", ")
  }
}

extension Column {
  /// The texts of the categories; nil for a column of numbers.
  fileprivate var categories: [String]? {
    if case .categories(_, let names) = cells { names } else { nil }
  }
}
