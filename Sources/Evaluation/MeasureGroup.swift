import LinearAlgebra

/// Measures that one computation gives. Those that take longest come first.
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

  /// How many points of each set are used at most; nil if all are.
  var limit: Int? {
    switch self {
    case .exact: ExactWasserstein().limit
    case .energy: EnergyDistance().limit
    case .kernel: MaximumMeanDiscrepancy().limit
    case .classifier: ClassifierTwoSampleTest().limit
    case .overlap: 10_000
    case .sliced, .divergence, .proximity, .frechet, .moments: nil
    }
  }

  /// Whether the smaller set decides how many points of both are used.
  var usesEqualNumbers: Bool { [.exact, .classifier, .overlap].contains(self) }

  /// The values of the group's measures.
  func values(_ sets: EvaluatedSets, neighbor: Int) throws(EvaluationError) -> [Measure: Double] {
    let (samples, reference) = (sets.samples, sets.reference)
    switch self {
    case .sliced:
      let sliced = SlicedWasserstein(seed: sets.seed)
      return [.slicedW2: try sliced.distance(samples: samples, reference: reference)]
    case .exact:
      return [.exactW2: try ExactWasserstein().distance(samples: samples, reference: reference)]
    case .energy:
      return [.energy: try EnergyDistance().distance(samples: samples, reference: reference)]
    case .kernel:
      return [.mmd2: try MaximumMeanDiscrepancy().squared(samples: samples, reference: reference)]
    case .frechet:
      return [.frechet: try FrechetDistance.squared(samples: samples, reference: reference)]
    case .divergence:
      let divergence = NearestNeighborDivergence(neighbor: neighbor)
      return [.knnKL: try divergence.bits(samples: samples, data: reference)]
    case .classifier:
      let test = ClassifierTwoSampleTest(seed: sets.seed)
      return [.c2st: try test.result(samples: samples, reference: reference).accuracy]
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

/// The points that one run of the measures compares.
struct EvaluatedSets: Sendable {
  /// What is judged: samples, or real points for the floor.
  var samples: Matrix
  /// Real points.
  var reference: Matrix
  /// What the model was trained on, if that is known.
  var training: Matrix?
  /// The seed of what is random in a measure.
  var seed: UInt64
}
