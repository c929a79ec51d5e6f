/// Distances between samples and real points.
///
///     let distance = try Distance.slicedWasserstein(samples: samples, reference: data)
///
/// Each distance is a function of two sets of points (points × d), which may differ in size. A distance
/// means little without its floor, the same distance between two sets of real points. An ``Evaluator``
/// computes both.
public enum Distance {
  /// The maximum number of points for distances over all pairs.
  public static let pairLimit = 4000
  /// The maximum number of points for the exact Wasserstein distance, which takes cubic time.
  public static let assignmentLimit = 2000
}
