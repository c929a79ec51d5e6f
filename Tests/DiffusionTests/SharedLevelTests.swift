import LinearAlgebra
import Testing

@testable import Diffusion

/// Levels shared by several rows of a batch.
@Suite struct SharedLevelTests {
  /// Each level lies in the middle of the share of all levels that corresponds to its rows, also if the
  /// last group has fewer rows.
  @Test(arguments: [
    (128, 4), (128, 100), (130, 4), (7, 3), (5, 1), (5, 5), (5, 99), (5, .max),
  ])
  func levelsMatchTheShareOfTheirRows(_ rows: Int, _ rowsPerLevel: Int) throws {
    let model = residualModel()
    let fourier = try #require(model.features)
    let batch = NoisyBatch(
      model, weighting: .uniform, rowsPerLevel: rowsPerLevel, capacity: rows)
    batch.spreadLevels(rows: rows)
    let features = try #require(batch.features)
    for row in 0..<rows {
      let number = row / rowsPerLevel
      #expect(batch.conditions[row] == Int32(number))
      let first = number * min(rowsPerLevel, rows)
      let end = rowsPerLevel < rows ? min(first + rowsPerLevel, rows) : rows
      let middle = Double(first + end) / 2 / Double(rows)
      var expected = Matrix<Float>(rows: 1, columns: fourier.width)
      expected.withMutableHandle {
        fourier.write(model.process.level(at: middle), to: $0, row: 0)
      }
      for column in 0..<fourier.width {
        #expect(abs(features[number, column] - expected[0, column]) < 1e-5)
      }
    }
  }
}
