import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// Distances between samples and real points, each beside its floor: the same distance between two sets of real
/// points.
///
/// For each of `seeds` seeds there are two sets of real points. The samples, in an order of the seed's, are
/// compared with the first set, and as many points of the second are compared with the first as well. So a
/// ``Spread`` over seeds tells how much depends on the real points, and, where a measure uses only a part of the
/// samples, on which part. It does not tell how much samples of another seed, or of a model trained once more,
/// would differ.
public struct Evaluator: Sendable {
  /// What is measured.
  public var measures: Set<Measure>
  /// How many sets of real points the samples are compared with.
  public var seeds: Int
  /// The first seed; drawn sets get `seed`, `seed + 1`, … None may be that of the training data.
  public var seed: UInt64
  /// Which neighbor the measures use that look at neighbors.
  public var neighbor: Int
  /// How many threads compute. The results do not depend on it.
  public var threads: Int

  /// Creates an evaluator of `measures`. Without a number of threads, it uses those that the process may use.
  public init(
    measures: Set<Measure> = Set(Measure.allCases), seeds: Int = 5, seed: UInt64 = 1001,
    neighbor: Int = 5, threads: Int? = nil
  ) {
    let threads = threads ?? ThreadPool.availableProcessors
    require(
      seeds > 0 && neighbor > 0 && threads > 0,
      "Evaluator: \(seeds) seeds, neighbor \(neighbor), \(threads) threads are not all positive")
    self.measures = measures
    self.seeds = seeds
    self.seed = seed
    self.neighbor = neighbor
    self.threads = threads
  }

  /// Compares `samples` with real points.
  ///
  /// Measures that cannot be computed are listed with the reason, and the others are not held up.
  ///
  /// - Parameters:
  ///   - samples: The points to judge, one a row.
  ///   - reference: Real points. Drawn sets should have as many rows as `samples`, or more.
  ///   - training: What the model was trained on: to look for copies.
  /// - Throws: ``EvaluationError`` if no measure could compare these points.
  public func evaluate(
    samples: Matrix, against reference: ReferencePoints, training: Matrix? = nil
  ) throws(EvaluationError) -> EvaluationReport {
    var sets: [EvaluatedSets] = []
    for index in 0..<seeds {
      sets += try comparedSets(samples, reference, training, index: index)
    }
    let groups = MeasureGroup.allCases.filter { group in
      measures.contains { MeasureGroup(of: $0) == group }
    }
    // The longest come first, so that no thread is left alone with one at the end.
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

  /// What one seed compares: the samples first, then the real points that give the floor.
  private func comparedSets(
    _ samples: Matrix, _ reference: ReferencePoints, _ training: Matrix?, index: Int
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
