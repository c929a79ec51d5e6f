import Datasets
import Diffusion
import LinearAlgebra

/// The work of the model of the preset original: steps of training and of sampling.
enum ModelWork {
  /// The number of rows in a training step.
  static let batchSize = 128
  /// The swiss roll, with as many points as the largest batch.
  private static let points = Dataset.swissRoll.points(count: 8192, RandomStream(seed: 1))
  /// The name of the contender with which a step in parts is compared.
  static let wholeStep = "swift, as one"

  /// Returns the data for batches of `batchSize`: 16 whole batches, or fewer large ones.
  ///
  /// Each timing is a whole epoch, so that it shuffles the data once.
  static func data(batchSize: Int) -> Matrix<Float> {
    points.rows(0..<min(points.rows, 16 * batchSize))
  }

  /// Returns the number of points that `threads` threads sample, which gives each enough tiles.
  static func samplePoints(threads: Int) -> Int { 128 * max(8, 2 * threads) }

  /// Returns the rows of the tables, on one thread and on `threads` threads.
  static func subjects(threads: Int) -> [Subject] {
    let points = samplePoints(threads: threads)
    return [
      Subject(
        .model, group: "training step", detail: "of \(batchSize) points", seconds: 5,
        shortestTiming: Subject.longTiming
      ) { () throws(BenchmarkError) in
        var contenders: [Contender] = []
        for entry in entries(threads: threads) {
          contenders.append(
            try .training(
              entry.name, batchSize: batchSize, threads: entry.threads, engine: entry.engine,
              against: entry.against))
        }
        return contenders
      },
      Subject(
        .model, group: "parts of a training step", detail: "of \(batchSize) points", seconds: 4,
        shortestTiming: Subject.longTiming
      ) { () throws(BenchmarkError) in try parts(threads: threads) },
      Subject(
        .model, group: "sampling step", detail: "of \(points) points", seconds: 5,
        shortestTiming: Subject.longTiming
      ) { () throws(BenchmarkError) in
        entries(threads: threads).map {
          .sampling(
            $0.name, points: points, threads: $0.threads, engine: $0.engine, against: $0.against)
        }
      },
    ]
  }

  private typealias Entry = (name: String, threads: Int, engine: Engine, against: String)

  private static func entries(threads: Int) -> [Entry] {
    Set([1, threads]).sorted().flatMap { count -> [Entry] in
      let against = Contender.name(Contender.reference, threads: count)
      return [
        (Contender.name("swift", threads: count), count, .swift, against),
        (against, count, .openBLAS, against),
      ]
    }
  }

  private static func parts(threads: Int) throws(BenchmarkError) -> [Contender] {
    let data = data(batchSize: batchSize)
    let steps = data.rows / batchSize
    // Training by OpenBLAS is one task, so more threads would give the same figures.
    let entries = entries(threads: threads).filter {
      $0.threads == 1 || $0.engine.products == .swift
    }
    var split: [Contender] = []
    for entry in entries {
      let training = try TrainingParts(
        data: data,
        configuration: TrainingConfiguration(batchSize: batchSize, threads: entry.threads),
        engine: entry.engine)
      split.append(
        Contender(entry.name, threads: entry.threads, parts: training.parts, steps: steps) {
          training.steps(steps, &$0)
        })
    }
    let whole = try Contender.training(
      wholeStep, batchSize: batchSize, engine: .swift, against: entries[0].name)
    return split + [whole]
  }
}
