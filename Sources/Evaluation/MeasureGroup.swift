import LinearAlgebra

/// The measures that one computation gives. The slowest computations come first.
enum MeasureGroup: CaseIterable {
  case exact, classifier, sliced, kernel, energy, overlap, divergence, proximity, frechet, moments

  init(of measure: Measure) {
    self =
      switch measure {
      case .slicedW2: .sliced
      case .exactW2: .exact
      case .energy: .energy
      case .mmd2: .kernel
      case .frechet: .frechet
      case .knnKL: .divergence
      case .c2st: .classifier
      case .precision, .recall, .density, .coverage: .overlap
      case .nearestTrainingDistance, .nearestTrainingShare: .proximity
      case .meanDifference, .standardDeviationDifference: .moments
      }
  }

  /// The maximum number of points used from each set, or nil if all are used.
  var limit: Int? {
    switch self {
    case .exact: Distance.assignmentLimit
    case .energy: Distance.pairLimit
    case .kernel: Distance.pairLimit
    case .classifier: ClassifierTwoSampleTest.defaultLimit
    case .overlap: 10_000
    case .sliced, .divergence, .proximity, .frechet, .moments: nil
    }
  }

  /// Whether the smaller set decides how many points of both are used.
  var usesEqualNumbers: Bool { [.exact, .classifier, .overlap].contains(self) }

  /// Returns the values of the group's measures.
  func values(_ sets: EvaluatedSets, neighbor: Int) throws(EvaluationError) -> [Measure: Double] {
    let (samples, reference) = (sets.samples, sets.reference)
    switch self {
    case .sliced:
      return [
        .slicedW2: try Distance.slicedWasserstein(
          samples: samples, reference: reference, seed: sets.seed)
      ]
    case .exact:
      return [.exactW2: try Distance.exactWasserstein(samples: samples, reference: reference)]
    case .energy:
      return [.energy: try Distance.energy(samples: samples, reference: reference)]
    case .kernel:
      return [.mmd2: try Distance.squaredMMD(samples: samples, reference: reference)]
    case .frechet:
      return [.frechet: try Distance.squaredFrechet(samples: samples, reference: reference)]
    case .divergence:
      return [
        .knnKL: try Distance.nearestNeighborKL(
          samples: samples, reference: reference, neighbor: neighbor)
      ]
    case .classifier:
      let test = try ClassifierTwoSampleTest(
        samples: samples, reference: reference, seed: sets.seed)
      return [.c2st: test.accuracy]
    case .overlap:
      let count = min(samples.rows, reference.rows, limit ?? .max)
      let overlap = try NeighborhoodOverlap(
        samples: samples.firstRows(count), reference: reference.firstRows(count),
        neighbor: neighbor)
      return [
        .precision: overlap.precision, .recall: overlap.recall,
        .density: overlap.density, .coverage: overlap.coverage,
      ]
    case .proximity:
      guard let training = sets.training else { throw .noTrainingSet }
      let proximity = try TrainingProximity(
        samples: samples, fresh: reference, training: training)
      return [.nearestTrainingDistance: proximity.ratio, .nearestTrainingShare: proximity.share]
    case .moments:
      let difference = try MomentDifference(samples: samples, reference: reference)
      return [
        .meanDifference: difference.mean,
        .standardDeviationDifference: difference.standardDeviation,
      ]
    }
  }
}

/// The points that the measures compare with each other.
struct EvaluatedSets: Sendable {
  /// The points to judge: samples, or real points for the floor.
  var samples: Matrix<Float>
  /// Real points.
  var reference: Matrix<Float>
  /// The training data of the model, if known.
  var training: Matrix<Float>?
  /// The seed for the random choices of a measure.
  var seed: UInt64
}
