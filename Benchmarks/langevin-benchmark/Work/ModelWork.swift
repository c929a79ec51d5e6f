import Datasets
import Diffusion
import LinearAlgebra

/// What the seed's model spends its time on: steps of training, and of sampling.
enum ModelWork {
  /// Rows of a step of training.
  static let batchSize = 128
  /// The swiss roll, of as many points as the largest batch of all.
  private static let points = SwissRoll(count: 8192).points(RandomStream(seed: 1))
  /// The contender that a step in parts is checked with.
  static let wholeStep = "swift, as one"

  /// The data for batches of `batchSize`, which it divides: 16 batches, or fewer large ones.
  ///
  /// What is timed are whole epochs, so that each timing shuffles the data once.
  static func data(batchSize: Int) -> Matrix { points.rows(0..<min(points.rows, 16 * batchSize)) }

  /// Points that `threads` threads sample: enough tiles for each.
  static func samplePoints(threads: Int) -> Int { 128 * max(8, 2 * threads) }

  /// The rows of the tables, on one thread and on `threads`.
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
    // Training by OpenBLAS is one task: more threads would show the same again.
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
