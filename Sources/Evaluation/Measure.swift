/// A measure that compares samples with real points. The raw values are the names in files.
public enum Measure: String, Sendable, Hashable, CaseIterable, Codable {
  /// The sliced 2-Wasserstein distance,
  /// ``Distance/slicedWasserstein(samples:reference:directions:quantiles:seed:threads:)``.
  case slicedW2 = "sliced_w2"
  /// The exact 2-Wasserstein distance, ``Distance/exactWasserstein(samples:reference:limit:)``.
  case exactW2 = "exact_w2"
  /// The energy distance, ``Distance/energy(samples:reference:limit:threads:)``.
  case energy
  /// The squared maximum mean discrepancy, ``Distance/squaredMMD(samples:reference:limit:threads:)``.
  case mmd2
  /// The squared Fréchet distance, ``Distance/squaredFrechet(samples:reference:)``.
  case frechet
  /// The Kullback–Leibler divergence in bits,
  /// ``Distance/nearestNeighborKL(samples:reference:neighbor:threads:)``.
  case knnKL = "knn_kl_bits"
  /// The accuracy of a classifier that tells the sets apart, ``ClassifierTwoSampleTest``.
  case c2st
  /// The share of samples that lie where real points do, ``NeighborhoodOverlap/precision``.
  case precision
  /// The share of real points that lie where samples do, ``NeighborhoodOverlap/recall``.
  case recall
  /// How densely real points surround samples, ``NeighborhoodOverlap/density``.
  case density
  /// The share of real points with a sample nearby, ``NeighborhoodOverlap/coverage``.
  case coverage
  /// The ratio of distances to training points, ``TrainingProximity/ratio``.
  case nearestTrainingDistance = "nearest_training_distance"
  /// The share of samples nearer to training points than fresh points are, ``TrainingProximity/share``.
  case nearestTrainingShare = "nearest_training_share"
  /// The largest difference of column means: max |μ(samples) − μ(reference)| / σ(reference).
  case meanDifference = "mean_difference"
  /// The largest relative difference of standard deviations: max |σ(samples) / σ(reference) − 1|.
  case standardDeviationDifference = "std_difference"

  /// The kind of values that are good.
  package enum Goal: String, Sendable, Hashable, Codable {
    /// Smaller values are better, down to the floor.
    case smaller
    /// Values near one half are good.
    case half
    /// Values near one are good.
    case one
    /// Larger values are better, up to the floor.
    case larger
  }

  /// The kind of values that are good.
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

  /// A short explanation of the value.
  public var meaning: String {
    switch self {
    case .slicedW2: "RMS distance that points must move, along random lines; 0 is best"
    case .exactW2: "RMS distance that points must move, for sets of equal size"
    case .energy: "excess distance between the sets over that within them; 0 is best"
    case .mmd2: "excess similarity within the sets, Gaussian kernel; 0 is best"
    case .frechet: "squared distance between the fitted Gaussians; 0 is best"
    case .knnKL:
      "KL divergence of the data from the samples, in bits, by nearest neighbors; 0 is best"
    case .c2st: "accuracy of a classifier that tells the sets apart; .5 is best"
    case .precision: "share of samples where real points lie"
    case .recall: "share of real points where samples lie"
    case .density: "how densely real points surround samples; 1 is best"
    case .coverage: "share of real points with a sample nearby"
    case .nearestTrainingDistance:
      "distance to training points, relative to that of real points; below 1: copies"
    case .nearestTrainingShare:
      "share of samples nearer to training points than real points are; above .5: copies"
    case .meanDifference: "largest difference of means, in standard deviations"
    case .standardDeviationDifference: "largest relative difference of standard deviations"
    }
  }
}
