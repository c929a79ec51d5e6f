import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// A comparison of samples with real points: each distance, and its floor, the same distance between two sets
/// of real points.
///
/// Each of `seeds` seeds gives two sets of real points. The evaluator shuffles the samples by the seed and
/// compares them with the first set; then it compares the same number of points from the second set with the
/// first. The ``Spread`` over seeds therefore shows how much a value depends on the real points and, for a
/// measure that uses only part of the samples, on the choice of that part. It does not show how much the
/// samples of another seed or of a retrained model would differ.
public struct Evaluator: Sendable {
  /// The measures to compute.
  public var measures: Set<Measure>
  /// The number of sets of real points that the samples are compared with.
  public let seeds: Int
  /// The first seed. Drawn sets use `seed`, `seed + 1`, …; none of these may be the seed of the training
  /// data.
  public var seed: UInt64
  /// The number k of the neighbor that nearest-neighbor measures use.
  public let neighbor: Int
  /// The number of threads. It does not affect the results.
  public let threads: Int

  /// Creates an evaluator of `measures`. If `threads` is nil, it uses all processors available to the
  /// process.
  public init(
    measures: Set<Measure> = Set(Measure.allCases), seeds: Int = 5, seed: UInt64 = 1001,
    neighbor: Int = 5, threads: Int? = nil
  ) {
    let threads = threads ?? ThreadPool.availableProcessors
    require(
      seeds > 0 && neighbor > 0 && threads > 0,
      "Evaluator: \(seeds) seeds, neighbor \(neighbor), \(threads) threads must all be positive")
    self.measures = measures
    self.seeds = seeds
    self.seed = seed
    self.neighbor = neighbor
    self.threads = threads
  }

  /// Compares `samples` with real points.
  ///
  /// The report lists each measure that cannot be computed, with the reason; the others are still computed.
  ///
  /// - Parameters:
  ///   - samples: The points to judge, one per row.
  ///   - reference: Real points. Drawn sets should have at least as many rows as `samples`.
  ///   - training: The training data of the model, to look for copies.
  /// - Throws: ``EvaluationError`` if no measure can compare these points.
  public func evaluate(
    samples: Matrix<Float>, against reference: ReferencePoints, training: Matrix<Float>? = nil
  ) throws(EvaluationError) -> EvaluationReport {
    var sets: [EvaluatedSets] = []
    for index in 0..<seeds {
      sets += try comparedSets(samples, reference, training, index: index)
    }
    let groups = MeasureGroup.allCases.filter { group in
      measures.contains { MeasureGroup(of: $0) == group }
    }
    // The longest tasks come first, so that no thread begins one when the others are done.
    let outcomes = OpenBLAS.withOneThread { [sets, neighbor] in
      ThreadPool(threads: threads).map(groups.count * sets.count) { task in
        let (group, set) = task.quotientAndRemainder(dividingBy: sets.count)
        return Result { () throws(EvaluationError) in
          try groups[group].values(sets[set], neighbor: neighbor)
        }
      }
    }
    return report(groups, outcomes, sets[0])
  }

  /// Returns the sets that one seed compares: the samples first, then the real points that give the floor.
  private func comparedSets(
    _ samples: Matrix<Float>, _ reference: ReferencePoints, _ training: Matrix<Float>?, index: Int
  ) throws(EvaluationError) -> [EvaluatedSets] {
    let (first, second) = reference.pair(seed: seed, index: index)
    try PointSets.check(samples: samples, reference: first, for: "evaluation")
    try PointSets.check(samples: samples, reference: second, for: "evaluation")
    let order = EvaluationStream.samples.permutation(samples.rows, seed: seed, index: index)
    let count = min(samples.rows, second.rows)
    return [samples.rows(at: order[..<count]), second.firstRows(count)].map {
      EvaluatedSets(
        samples: $0, reference: first, training: training, seed: seed &+ UInt64(index))
    }
  }

  private func report(
    _ groups: [MeasureGroup], _ outcomes: [Result<[Measure: Double], EvaluationError>],
    _ sets: EvaluatedSets
  ) -> EvaluationReport {
    var results: [MeasureResult] = []
    var omitted: [EvaluationReport.Omission] = []
    for measure in Measure.allCases where measures.contains(measure) {
      let group = MeasureGroup(of: measure)
      let place = groups.firstIndex(of: group) ?? 0
      let own = outcomes[place * 2 * seeds..<(place + 1) * 2 * seeds]
      do {
        let values = try own.map { try $0.get()[measure] ?? .nan }
        guard values.allSatisfy(\.isFinite) else {
          throw EvaluationError.overflow(measure: measure.rawValue)
        }
        let pairs = stride(from: 0, to: values.count, by: 2)
        let available =
          group.usesEqualNumbers
          ? min(sets.samples.rows, sets.reference.rows) : sets.samples.rows
        results.append(
          MeasureResult(
            measure: measure, value: Spread(pairs.map { values[$0] }),
            floor: Spread(pairs.map { values[$0 + 1] }),
            points: min(available, group.limit ?? available), goal: measure.goal))
      } catch {
        omitted.append(.init(measure: measure, reason: "\(error)"))
      }
    }
    return EvaluationReport(results: results, omitted: omitted)
  }
}
