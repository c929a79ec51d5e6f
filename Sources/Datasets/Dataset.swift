import LangevinPreconditions
public import LinearAlgebra

/// A distribution to try a model on, and its generator of points.
///
///     let points = Dataset.moons.points(count: 1000, noise: 0.1, RandomStream(seed: 1))
///
/// Each point is a function of its own uniform and normal random numbers. Point i depends on the stream and
/// on i alone, so the first n points of a larger set are the set of n, for any engine and number of threads.
public struct Dataset: Sendable {
  /// Returns one point of `dimension` coordinates from numbers of U(0, 1), numbers of N(0, 1) and the noise.
  public typealias Point = @Sendable (_ u: [Double], _ z: [Double], _ noise: Double) -> [Double]

  /// The name, as on the command line.
  public let name: String
  /// The description, in one line.
  public let summary: String
  /// The number of coordinates of a point.
  public let dimension: Int
  /// The noise unless another is given, as a standard deviation.
  public let defaultNoise: Double
  /// Returns one point from its random numbers and the noise.
  package let point: Point
  private let uniforms: Int
  private let normals: Int
  private let logarithm: (@Sendable ([Double], Double) -> Double?)?

  /// Creates a data set of any dimension from the function that makes a point.
  ///
  ///     let sphere = Dataset(
  ///       name: "sphere", dimension: 3, uniforms: 0, normals: 6, defaultNoise: 0.05
  ///     ) { _, z, noise in
  ///       let norm = (z[0] * z[0] + z[1] * z[1] + z[2] * z[2]).squareRoot()
  ///       return (0..<3).map { z[$0] / norm + noise * z[$0 + 3] }
  ///     }
  ///
  /// - Parameters:
  ///   - name: The name of the data set.
  ///   - summary: A description in one line.
  ///   - dimension: The number of coordinates of a point, at least 1.
  ///   - uniforms: The number of uniform random numbers that a point takes.
  ///   - normals: The number of normal random numbers that a point takes; `dimension` unless given.
  ///   - defaultNoise: The noise unless another is given, as a standard deviation.
  ///   - logDensity: Returns the natural logarithm of the density at a point for a noise; nil if the density
  ///     has no closed form.
  ///   - point: Returns one point. It depends on its arguments alone.
  public init(
    name: String, summary: String = "", dimension: Int, uniforms: Int, normals: Int? = nil,
    defaultNoise: Double = 0,
    logDensity: (@Sendable (_ point: [Double], _ noise: Double) -> Double?)? = nil,
    point: @escaping Point
  ) {
    let normals = normals ?? dimension
    require(dimension >= 1, "Dataset \(name): \(dimension) is not a dimension")
    require(
      uniforms >= 0 && normals >= 0,
      "Dataset \(name): a point cannot take a negative number of random numbers")
    (self.name, self.summary, self.dimension) = (name, summary, dimension)
    (self.defaultNoise, logarithm) = (defaultNoise, logDensity)
    (self.uniforms, self.normals, self.point) = (uniforms, normals, point)
  }

  /// Creates a data set of the plane, whose points each take two uniform and two normal numbers.
  init(
    plane name: String, summary: String, defaultNoise: Double,
    logDensity: (@Sendable (_ point: SIMD2<Double>, _ noise: Double) -> Double?)? = nil,
    point:
      @escaping @Sendable (_ u: SIMD2<Double>, _ z: SIMD2<Double>, _ noise: Double) -> SIMD2<Double>
  ) {
    var density: (@Sendable ([Double], Double) -> Double?)?
    if let logDensity { density = { logDensity(SIMD2($0[0], $0[1]), $1) } }
    self.init(
      name: name, summary: summary, dimension: 2, uniforms: 2, defaultNoise: defaultNoise,
      logDensity: density
    ) { u, z, noise in
      let made = point(SIMD2(u[0], u[1]), SIMD2(z[0], z[1]), noise)
      return [made.x, made.y]
    }
  }

  /// Returns `count` points, count × ``dimension``.
  ///
  /// - Parameters:
  ///   - count: The number of points, not negative.
  ///   - noise: A standard deviation, not negative; ``defaultNoise`` unless given.
  ///   - random: The stream. The first n of a larger set from the same stream are the set of n.
  public func points(count: Int, noise: Double? = nil, _ random: RandomStream) -> Matrix<Float> {
    require(count >= 0, "Dataset \(name): \(count) is not a number of points")
    let noise = checked(noise)
    var points = Matrix<Float>(rows: count, columns: dimension)
    PointNumbers.each(count: count, uniforms: uniforms, normals: normals, random) { i, u, z in
      let made = point(u, z, noise)
      require(
        made.count == dimension,
        "Dataset \(name): a point has \(made.count) coordinates instead of \(dimension)")
      for column in 0..<dimension { points[i, column] = Float(made[column]) }
    }
    return points
  }

  /// Returns the natural logarithm of the density at `point`, per unit of volume.
  ///
  /// It is -∞ where the distribution has no points. It is nil if the density has no closed form, and if the
  /// distribution has no density, such as that of points on a line without noise.
  ///
  /// - Parameters:
  ///   - point: A point of ``dimension`` coordinates.
  ///   - noise: A standard deviation, not negative; ``defaultNoise`` unless given.
  public func logDensity(at point: [Double], noise: Double? = nil) -> Double? {
    require(
      point.count == dimension,
      "Dataset \(name): a point of \(point.count) coordinates; give \(dimension)")
    return logarithm?(point, checked(noise)) ?? nil
  }

  private func checked(_ noise: Double?) -> Double {
    let noise = noise ?? defaultNoise
    require(noise >= 0 && noise.isFinite, "Dataset \(name): \(noise) is not a standard deviation")
    return noise
  }
}

extension Dataset {
  /// The data sets of this module, which have names on the command line.
  public static let all: [Dataset] = [
    swissRoll, moons, circles, sCurve, spirals, pinwheel, eightGaussians, twentyFiveGaussians,
    checkerboard, line, outline,
  ]

  /// Returns the data set of ``all`` with this name.
  ///
  /// - Throws: ``UnknownDataset`` if no data set has it.
  public static func named(_ name: String) throws(UnknownDataset) -> Dataset {
    guard let dataset = all.first(where: { $0.name == name }) else {
      throw UnknownDataset(name: name)
    }
    return dataset
  }
}

/// The random numbers of points.
private enum PointNumbers {
  /// Calls `body` with the index of each of `count` points, and with its uniform and normal numbers.
  ///
  /// They come from three streams of the same seed: the first uniform number, the normal numbers, and the
  /// other uniform numbers. So a position in a stream depends on the point alone.
  static func each(
    count: Int, uniforms: Int, normals: Int, _ random: RandomStream,
    body: (Int, [Double], [Double]) -> Void
  ) {
    let first = random.uniform(rows: count, columns: min(uniforms, 1))
    let normal = sibling(random, 1).normal(rows: count, columns: normals)
    let others = sibling(random, 2).uniform(rows: count, columns: max(uniforms - 1, 0))
    var (u, z) = ([Double](repeating: 0, count: uniforms), [Double](repeating: 0, count: normals))
    for i in 0..<count {
      for j in 0..<uniforms { u[j] = Double(j == 0 ? first[i, 0] : others[i, j - 1]) }
      for j in 0..<normals { z[j] = Double(normal[i, j]) }
      body(i, u, z)
    }
  }

  /// Returns a stream of the same seed that no other caller uses, for each `number` below 2⁸.
  private static func sibling(_ random: RandomStream, _ number: UInt64) -> RandomStream {
    RandomStream(seed: random.seed, stream: random.stream ^ number << 40)
  }
}
