public import LinearAlgebra

/// A data set that can be asked for by name.
public struct NamedDataset: Sendable {
  /// The name, as on the command line.
  public let name: String
  /// What it is, in a line.
  public let summary: String
  /// Columns of a point.
  public let dimension: Int
  /// The noise unless another is asked for: a standard deviation.
  public let defaultNoise: Double
  private let generate: @Sendable (Int, Double, RandomStream) -> Matrix

  /// All of them.
  public static let all: [NamedDataset] = [
    NamedDataset(SwissRoll.self), NamedDataset(Moons.self), NamedDataset(Circles.self),
    NamedDataset(SCurve.self), NamedDataset(Spirals.self), NamedDataset(Pinwheel.self),
    NamedDataset(EightGaussians.self), NamedDataset(TwentyFiveGaussians.self),
    NamedDataset(Checkerboard.self), NamedDataset(Line.self), NamedDataset(Outline.self),
  ]

  private init<Dataset: PlaneDataset>(_ type: Dataset.Type) {
    name = Dataset.name
    summary = Dataset.summary
    dimension = 2
    defaultNoise = Dataset.defaultNoise
    generate = { Dataset(count: $0, noise: $1).points($2) }
  }

  /// The data set of this name.
  public static func named(_ name: String) throws(UnknownDataset) -> NamedDataset {
    guard let dataset = all.first(where: { $0.name == name }) else {
      throw UnknownDataset(name: name)
    }
    return dataset
  }

  /// `count` points from `random`, with the default noise or another, not negative.
  public func points(count: Int, noise: Double? = nil, _ random: RandomStream) -> Matrix {
    generate(count, noise ?? defaultNoise, random)
  }
}
