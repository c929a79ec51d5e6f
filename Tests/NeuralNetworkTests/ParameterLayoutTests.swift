import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The positions of parameters in the buffer, and their division among threads.
@Suite struct ParameterLayoutTests {
  /// Layouts that include grains of rows that do not fill cache lines.
  static let layouts = [
    ParameterLayout([.matrix("a", rows: 16, columns: 3, initialRange: 0...1, grain: 4)]),
    ParameterLayout([
      .matrix("a", rows: 33, columns: 7, initialRange: 0...1),
      .vector("b", count: 33, initialRange: 0...1),
      .matrix("c", rows: 16, columns: 33, initialRange: 0...1, grain: 4),
      .matrix("d", rows: 1, columns: 1, initialRange: 0...1),
      .vector("e", count: 70, initialRange: 0...1),
      .matrix("f", rows: 50, columns: 5, initialRange: 0...1, grain: 4),
      .matrix("g", rows: 64, columns: 16, initialRange: 0...1),
      .matrix("h", rows: 11, columns: 1, initialRange: 0...1, grain: 1),
    ]),
  ]

  @Test(arguments: layouts)
  func parametersStartOnCacheLines(_ layout: ParameterLayout) {
    var end = 0
    for (declaration, offset) in zip(layout.declarations, layout.offsets) {
      #expect(offset % 16 == 0 && offset >= end && offset < end + 16)
      end = offset + declaration.count
    }
    #expect(layout.bufferCount >= end && layout.bufferCount < end + 16)
  }

  /// For any number of threads, each element of the buffer, gaps included, belongs to exactly one
  /// thread.
  @Test(arguments: layouts, [1, 2, 3, 5, 100])
  func partsCoverEachElementOnce(_ layout: ParameterLayout, count: Int) {
    var owners = [Int](repeating: 0, count: layout.bufferCount)
    for part in 0..<count {
      for (index, declaration) in layout.declarations.enumerated() {
        let rows = declaration.rows(of: Part(part, of: count))
        let elements = layout.elements(ofParameter: index, rows: rows)
        #expect(elements.upperBound <= layout.bufferCount)
        for element in elements.clamped(to: owners.indices) { owners[element] += 1 }
      }
    }
    #expect(owners.allSatisfy { $0 == 1 })
  }

  /// Each element of the buffer belongs to exactly one row.
  @Test(arguments: layouts)
  func rowsCoverEachElementOnce(_ layout: ParameterLayout) {
    var next = 0
    for (index, declaration) in layout.declarations.enumerated() {
      for row in 0..<(declaration.isVector ? declaration.columns : declaration.rows) {
        let elements = layout.elements(ofParameter: index, rows: row..<row + 1)
        #expect(elements.lowerBound == next)
        next = elements.upperBound
      }
      // An empty range of rows has no elements, wherever it is.
      for row in [0, declaration.isVector ? declaration.columns : declaration.rows] {
        #expect(layout.elements(ofParameter: index, rows: row..<row).isEmpty)
      }
    }
    #expect(next == layout.bufferCount)
  }
}
