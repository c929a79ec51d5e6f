import Checkpoints
import Diffusion
import LinearAlgebra
import SafeTensors
import Tables
import Testing

/// Tensors without elements, and requests for zero rows.
@Suite struct EmptyRunTests {
  @Test(arguments: [[0], [0, 3], [3, 0]])
  func tensorsWithoutElementsComeBack(shape: [Int]) throws {
    var file = SafeTensorsFile()
    #expect(try SafeTensorsFile(parsing: file.serialized()) == file)
    file.append(Tensor("none", floats: [], shape: shape))
    file.append(Tensor("numbers", integers: [Int](), shape: shape))
    let again = try SafeTensorsFile(parsing: file.serialized())
    #expect(try again.floats("none", shape: shape) == [])
    #expect(try again.integers("numbers") == [])
  }

  @Test func noRowsAreAskedOfARun() throws {
    var configuration = TinyRun.configuration
    #expect(try configuration.contexts(count: 0, seed: 1) == nil)
    #expect(configuration.points(of: Matrix<Float>(rows: 0, columns: 2)).rows == 0)
    let table = try TableEncoding(
      Table([
        Column("x", .numbers([1, 2])),
        Column("kind", .categories([0, 1], names: ["a", "b"])),
      ]), conditions: ["kind"])
    configuration.table = table
    #expect(try configuration.contexts(count: 0, seed: 1) == Matrix<Float>(rows: 0, columns: 2))
  }

  @Test func progressOfNothingIsNothing() {
    let progress = TrainingProgress()
    #expect(progress.epochs == 0 && progress.steps == 0 && progress.epochLosses == [])
  }
}
