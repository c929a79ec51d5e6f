/// How a file lays out the cells of a table, so that samples of it can be laid out alike.
package enum TableLayout: Codable, Sendable, Hashable {
  /// Lines of cells with this character between them.
  case csv(separator: String = ",")
  /// An array of elements of this type of NumPy, `<f4` for instance. The axes behind the first, along
  /// which a row lies, have these lengths; none for an array of one axis.
  case npy(element: String, rowShape: [Int])

  /// What is between the cells of a line of CSV.
  var separator: UInt8 {
    if case .csv(let separator) = self, let byte = separator.utf8.first { byte } else { 0x2c }
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    switch self {
    case .csv(let separator):
      separator.utf8.count == 1 && separator.utf8.allSatisfy(CSVLayout.isSeparator)
        ? nil : "its layout has an impossible separator"
    case .npy(let element, let rowShape):
      NPYElement(rawValue: element) != nil && rowShape.count <= 32
        && rowShape.allSatisfy { (1...1 << 40).contains($0) }
        ? nil : "its layout has an impossible type or shape"
    }
  }
}
