/// What is measured between samples and real points. The raw values are the names in files.
public enum Measure: String, Sendable, Hashable, CaseIterable, Codable {
  /// ``SlicedWasserstein``.
  case slicedW2 = "sliced_w2"
  /// ``ExactWasserstein``.
  case exactW2 = "exact_w2"
  /// ``EnergyDistance``.
  case energy
  /// ``MaximumMeanDiscrepancy``.
  case mmd2
  /// ``FrechetDistance``.
  case frechet
  /// ``NearestNeighborDivergence``.
  case knnKL = "knn_kl_bits"
  /// ``ClassifierTwoSampleTest``.
  case c2st
  /// ``NeighborhoodOverlap/precision``.
  case precision
  /// ``NeighborhoodOverlap/recall``.
  case recall
  /// ``NeighborhoodOverlap/density``.
  case density
  /// ``NeighborhoodOverlap/coverage``.
  case coverage
  /// ``TrainingProximity/ratio``.
  case nearestTrainingDistance = "nearest_training_distance"
  /// ``TrainingProximity/share``.
  case nearestTrainingShare = "nearest_training_share"
  /// ``MomentDifference/mean``.
  case meanDifference = "mean_difference"
  /// ``MomentDifference/standardDeviation``.
  case standardDeviationDifference = "std_difference"

  /// Which values are good.
  package enum Goal: String, Sendable, Hashable, Codable {
    /// The smaller the better, down to the floor.
    case smaller
    /// Near one half.
    case half
    /// Near one.
    case one
    /// The larger the better, up to what real points reach.
    case larger
  }

  /// Which values are good.
  package var goal: Goal {
    switch self {
    case .slicedW2, .exactW2, .energy, .mmd2, .frechet, .knnKL, .meanDifference,
      .standardDeviationDifference:
      .smaller
    case .c2st, .nearestTrainingShare: .half
    case .density, .nearestTrainingDistance: .one
    case .precision, .recall, .coverage: .larger
    }
  }

  /// What the value says, in a few words.
  public var meaning: String {
    switch self {
    case .slicedW2: "root mean square distance that points move, seen along lines; 0 is best"
    case .exactW2: "root mean square distance that points move, at equal numbers"
    case .energy: "excess of distances between the sets; 0 is best"
    case .mmd2: "excess of likeness within the sets, Gaussian kernel; 0 is best"
    case .frechet: "squared distance of the fitted Gaussians; 0 is best"
    case .knnKL: "bits by which the samples miss the data, from neighbors; 0 is best"
    case .c2st: "accuracy of a classifier that tells the sets apart; .5 is best"
    case .precision: "share of samples where real points lie"
    case .recall: "share of real points where samples lie"
    case .density: "how densely real points surround samples; 1 is best"
    case .coverage: "share of real points with a sample nearby"
    case .nearestTrainingDistance:
      "distance to training points over that of real ones; below 1: copies"
    case .nearestTrainingShare: "samples nearer to training points than real ones; above .5: copies"
    case .meanDifference: "largest difference of means, in standard deviations"
    case .standardDeviationDifference: "largest relative difference of standard deviations"
    }
  }
}
