import LinearAlgebra

/// The layout of the cells in a table's file, which files of samples have too.
package enum TableLayout: Codable, Sendable, Hashable {
  /// Lines of cells with this character between them.
  case csv(separator: String = ",")
  /// An array with elements of this NumPy type, such as `<f4`. `rowShape` has the lengths of all axes but the
  /// first, which together make a row; it is empty for an array of one axis.
  case npy(element: String, rowShape: [Int])

  /// The separator between the cells of a line of CSV; a comma for an array.
  var separator: UInt8 {
    if case .csv(let separator) = self, let byte = separator.utf8.first { byte } else { 0x2c }
  }

  /// The reason why a layout from a file is invalid; nil if it is valid.
  var problem: String? {
    switch self {
    case .csv(let separator):
      separator.utf8.count == 1 && separator.utf8.allSatisfy(CSVLayout.isSeparator)
        ? nil : "its layout has an invalid separator"
    case .npy(let element, let rowShape):
      NPYElement(rawValue: element) != nil && rowShape.count <= 32
        && rowShape.allSatisfy { (1...1 << 40).contains($0) }
        ? nil : "its layout has an invalid type or shape"
    }
  }
}
