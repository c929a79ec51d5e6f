import Foundation
import LinearAlgebra
import Testing

/// Mistakes of the programmer stop the program, and the message names both shapes.
///
/// Each of these starts the program anew, which an emulator (see `Tests/run-portability.sh`) does
/// not pass on.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
    "exit tests do not run inside of an emulator"))
struct PreconditionTests {
  private func expectMessage(_ result: ExitTest.Result?, _ parts: String...) {
    let bytes = result?.standardErrorContent ?? []
    let message = String(decoding: bytes, as: UTF8.self)
    for part in parts { #expect(message.contains(part), "\(message)") }
  }

  @Test func sumsNeedOneShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: 3) + Matrix(rows: 3, columns: 2)
    }
    expectMessage(result, "2 × 3", "3 × 2")
  }

  @Test func productsNeedFittingShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: 3) * Matrix(rows: 4, columns: 5)
    }
    expectMessage(result, "2 × 3", "4 × 5")
  }

  @Test func productsNeedAFittingResult() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c = Matrix(rows: 7, columns: 7)
      c.formProduct(Matrix(rows: 2, columns: 3), Matrix(rows: 3, columns: 5))
    }
    expectMessage(result, "2 × 3", "3 × 5", "7 × 7")
  }

  @Test func elementsNeedToBeInside() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: 3)[0, 3]
    }
    expectMessage(result, "(0, 3)", "2 × 3")
  }

  @Test func rowsNeedToBeInside() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: 3).rows(1..<3)
    }
    expectMessage(result, "1..<3", "2 × 3")
  }

  @Test func gatheredRowsNeedToBeInside() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 3).rows(at: [-1])
    }
  }

  @Test func rowsNeedOneLength() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix([[1, 2], [3]])
    }
    expectMessage(result, "row 1", "1 elements", "2")
  }

  @Test func solutionsNeedASquare() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Matrix(rows: 2, columns: 3).solve(Matrix(rows: 2, columns: 1))
    }
    expectMessage(result, "solve", "2 × 3")
  }

  @Test func boundsNeedToBePositive() async {
    await #expect(processExitsWith: .failure) {
      _ = RandomStream(seed: 1).integer(below: 0, at: 0)
    }
  }
}
