#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The memory of this computer.
package enum PhysicalMemory {
  /// Returns the bytes that `rows` × `columns` elements of `numbersEach` floats take.
  package static func bytes(rows: Int, columns: Int, numbersEach: Int) -> Double {
    Double(rows) * Double(columns) * Double(numbersEach) * 4
  }

  /// The size in bytes.
  package static var size: Double { Double(ProcessInfo.processInfo.physicalMemory) }

  /// Whether `rows` × `columns` elements of `numbersEach` floats fit.
  package static func fits(rows: Int, columns: Int, numbersEach: Int) -> Bool {
    bytes(rows: rows, columns: columns, numbersEach: numbersEach) <= size
  }
}
