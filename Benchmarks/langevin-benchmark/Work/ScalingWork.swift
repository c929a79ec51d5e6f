import LinearAlgebra

/// The curves of the rates of training and sampling against threads, batch size and width.
enum ScalingWork {
  /// The batch sizes and widths to measure.
  static let batchSizes = (5...13).map { 1 << $0 }
  static let widths = (6...10).map { 1 << $0 }

  /// The groups of the curves against a size, which a plot can show.
  static let trainingByBatch = "training by batch"
  static let trainingByWidth = "training by width"

  /// Returns the curves. Each point is a contender, so that all points of a curve take turns.
  static func subjects(threadCounts: [Int]) -> [Subject] {
    let batch = ModelWork.batchSize
    let points = ModelWork.samplePoints(threads: threadCounts.last ?? 1)
    return [
      curve(
        "training by threads", "batch \(batch), width 128", threadCounts,
        unit: { NumberText.count($0, "thread") }
      ) {
        (count, name, first) throws(BenchmarkError) in
        try .training(name, batchSize: batch, threads: count, engine: .automatic, against: first)
      },
      curve(
        "sampling by threads", "\(points) points", threadCounts,
        unit: { NumberText.count($0, "thread") }
      ) {
        (count, name, first) throws(BenchmarkError) in
        .sampling(name, points: points, threads: count, engine: .automatic, against: first)
      },
      curve(trainingByBatch, "width 128, 1 thread", batchSizes, unit: { "batch \($0)" }) {
        (size, name, first) throws(BenchmarkError) in
        try .training(name, batchSize: size, size: size, engine: .automatic, against: first)
      },
      curve(trainingByWidth, "batch \(batch), 1 thread", widths, unit: { "width \($0)" }) {
        (width, name, first) throws(BenchmarkError) in
        try .training(
          name, width: width, batchSize: batch, size: width, engine: .automatic, against: first)
      },
    ]
  }

  /// Returns a curve; `point` creates a point from a value, its name and the name of the first point.
  private static func curve(
    _ group: String, _ detail: String, _ values: [Int], unit: @escaping @Sendable (Int) -> String,
    _ point: @escaping @Sendable (Int, String, String) throws(BenchmarkError) -> Contender
  ) -> Subject {
    Subject(
      .scaling, group: group, detail: "(\(detail))", seconds: Double(values.count),
      shortestTiming: Subject.longTiming
    ) { () throws(BenchmarkError) in
      var contenders: [Contender] = []
      for value in values { contenders.append(try point(value, unit(value), unit(values[0]))) }
      return contenders
    }
  }
}
