import Langevin
import Logging
import Testing

/// The trainer rejects invalid data and settings with a one-line error.
@Suite struct BadInputTests {
  private func refuse(
    _ data: some TrainingData, epochs: Int? = 1, heldOut: Double = 0,
    configure: (inout RunConfiguration) -> Void = { _ in }, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try Trainer(on: data, epochs: epochs, heldOut: heldOut, configure: configure)
      Issue.record("not rejected: \(words)", sourceLocation: sourceLocation)
    } catch {
      #expect("\(error)".contains(words), "\(error)", sourceLocation: sourceLocation)
      #expect(!"\(error)".contains("\n"), sourceLocation: sourceLocation)
    }
  }

  @Test func rows() {
    refuse([[Float]](), "the data have no rows; give at least one")
    refuse([[], []] as [[Float]], "the rows of the data have no numbers")
    refuse(
      [[1, 2], [3]] as [[Float]],
      "row 1 of the data (counted from 0) has 1 number, but the first row has 2; give")
    refuse(
      [[1, 2], [3, .nan]] as [[Float]],
      "row 1, column 1 of the data (counted from 0) is not a finite 32-bit number")
    refuse(
      [[1, 1e300]],
      "row 0, column 1 of the data (counted from 0) is not a finite 32-bit number; change")
    refuse(Matrix<Float>(rows: 0, columns: 2), "no rows")
    refuse(Matrix<Float>(rows: 2, columns: 0), "no numbers")
    refuse(Matrix<Float>(rows: 2, columns: 1, repeating: .infinity), "row 0, column 0")
  }

  @Test func tables() {
    refuse(Table([]), "no numbers")
    refuse(Table([Column("a", .numbers([]))]), "no rows")
    refuse(Table([Column("a", .numbers([3, 3]))]), "all columns of the table are constant")
    refuse(
      Table([Column("a", .numbers([3, .infinity]))]),
      "row 1 (counted from 0), column \"a\" of the table")
    refuse(
      Table([Column("a", .numbers([1, 2])), Column("b", .numbers([.nan, .nan]))]),
      "all cells of column \"b\" of the table are missing; drop the column")
    let table = Table([Column("a", .numbers([1, 2]))])
    refuse(TableData(table, conditions: ["b"]), "it has no column \"b\" to be a condition")
    refuse(TableData(table, conditions: ["a"]), "column \"a\" is numeric")
    refuse(DataFile("no such file.csv"), "no such file.csv")
    refuse(DataFile("table.txt"), "tables are read from .csv and .npy files")
  }

  @Test func settings() {
    let data = SmallTraining.matrix
    refuse(data, epochs: 0, "training.epochs is 0")
    refuse(data, heldOut: 1, "dataset.heldOut is 1; it must be a number from 0, below 1")
    refuse(data, heldOut: -.infinity, "dataset.heldOut is -inf")
    refuse(data, heldOut: .nan, "dataset.heldOut is nan")
    refuse(
      data, configure: { $0.training.batchSize = 201 },
      "training.batchSize is 201; it must be a number from 1 to the number of training rows, 200")
    refuse(
      data, configure: { $0.model.dimension = 3 },
      "describe the data (200 × 2); leave them unchanged")
    refuse(
      data,
      configure: {
        $0.model.process = .schedule(ScheduleConfiguration(.cosine, steps: 10))
        $0.model.samplingSteps = 20
      }, "model.samplingSteps is 20; it must be from 1 to 10")
    refuse(data, configure: { $0.training.learningRate = 0 }, "training.learningRate is 0;")
  }
}
