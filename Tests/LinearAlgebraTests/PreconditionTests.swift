import Foundation
import LinearAlgebra
import Testing

/// Programming errors stop the program with a message that names both shapes.
///
/// Each test starts the program again, which does not work in an emulator (see
/// `Tests/run-portability.sh`).
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
    "exit tests do not run in the emulator"))
struct PreconditionTests {
  private func expectMessage(_ result: ExitTest.Result?, _ parts: String...) {
    let bytes = result?.standardErrorContent ?? []
    let message = String(decoding: bytes, as: UTF8.self)
    for part in parts { #expect(message.contains(part), "\(message)") }
  }

  @Test func rejectsSumsOfDifferentShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3) + Matrix<Float>(rows: 3, columns: 2)
    }
    expectMessage(result, "2 × 3", "3 × 2")
  }

  @Test func rejectsProductsOfMismatchedShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3) * Matrix<Float>(rows: 4, columns: 5)
    }
    expectMessage(result, "2 × 3", "4 × 5")
  }

  @Test func rejectsResultsOfTheWrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c = Matrix<Float>(rows: 7, columns: 7)
      c.formProduct(Matrix<Float>(rows: 2, columns: 3), Matrix<Float>(rows: 3, columns: 5))
    }
    expectMessage(result, "2 × 3", "3 × 5", "7 × 7")
  }

  @Test func rejectsElementsOutOfRange() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3)[0, 3]
    }
    expectMessage(result, "(0, 3)", "2 × 3")
  }

  @Test func rejectsRowsOutOfRange() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3).rows(1..<3)
    }
    expectMessage(result, "1..<3", "2 × 3")
  }

  @Test func rejectsGatheredRowsOutOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Float>(rows: 2, columns: 3).rows(at: [-1])
    }
  }

  @Test func rejectsRowsOfDifferentLengths() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>([[1, 2], [3]])
    }
    expectMessage(result, "row 1", "1 elements", "2")
  }

  @Test func rejectsSolvingNonSquareMatrices() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Matrix<Float>(rows: 2, columns: 3).solve(Matrix<Float>(rows: 2, columns: 1))
    }
    expectMessage(result, "solve", "2 × 3")
  }

  @Test func rejectsBoundsBelowOne() async {
    await #expect(processExitsWith: .failure) {
      _ = RandomStream(seed: 1).integer(below: 0, at: 0)
    }
  }

  // Ranges and sizes that Swift's own checks would stop, in release without a message.

  @Test func rejectsBlocksBeyondTheEnd() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3)[3..., ...]
    }
    expectMessage(result, "rows 3..<2", "2 × 3")
  }

  @Test func rejectsBlocksThroughAnOutsideColumn() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3)[..., ...5]
    }
    expectMessage(result, "columns 0..<6", "2 × 3")
  }

  @Test func rejectsBlocksUpToANegativeRow() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>(rows: 2, columns: 3)[..<(-1), ...]
    }
    expectMessage(result, "rows 0..<-1", "2 × 3")
  }

  @Test func rejectsNegativeOrders() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Float>.identity(-1)
    }
    expectMessage(result, "identity", "-1")
  }

  @Test func rejectsPermutationsOfNegativeCounts() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomStream(seed: 1).permutation(of: -1)
    }
    expectMessage(result, "permutation", "-1")
  }

  @Test func rejectsNegativeShapesOfIntegers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomStream(seed: 1).integers(below: 3, rows: -1, columns: 2, of: Float.self)
    }
    expectMessage(result, "-1 × 2")
  }

  @Test func rejectsMasksOfOverflowingShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Mask(rows: 1 << 40, columns: 1 << 40, values: [])
    }
    expectMessage(result, "0 values", "1099511627776 × 1099511627776")
  }

  @Test func rejectsElementsOutsideAMask() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Mask(rows: 1, columns: 2, values: [true, false])[0, 2]
    }
    expectMessage(result, "Mask: element (0, 2) is outside 1 × 2")
  }

  @Test func rejectsInfiniteRangesOfUniformNumbers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomStream(seed: 1).uniform(rows: 1, columns: 1, in: 0..<Double.infinity)
    }
    expectMessage(result, "uniform", "not finite")
  }

  @Test func namesTheShapeOfAMatrixThatIsNotSymmetric() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Matrix<Float>(rows: 2, columns: 3).symmetricEigen()
    }
    expectMessage(result, "symmetricEigen", "2 × 3")
  }

  @Test func namesTheShapeInProductsOfRows() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = [1.0, 2, 3] * Matrix<Double>(rows: 2, columns: 3)
    }
    expectMessage(result, "3 elements times 2 × 3")
  }

  @Test func namesConcatenation() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix.vertically([Matrix<Float>(rows: 2, columns: 3), Matrix(rows: 2, columns: 2)])
    }
    expectMessage(result, "vertically", "2 × 2", "3 columns")
  }
}
