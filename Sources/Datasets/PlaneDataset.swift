import LangevinPreconditions
public import LinearAlgebra

/// Points of the plane, each made from two uniform and two normal random numbers of its own.
///
/// Point i depends on the stream and on i alone, so the first n points of a larger set are the set
/// of n, and an engine or a number of threads changes nothing.
public protocol PlaneDataset: Sendable, Hashable {
  /// The name, as on the command line.
  static var name: String { get }
  /// What it is, in a line.
  static var summary: String { get }
  /// The noise unless another is asked for.
  static var defaultNoise: Double { get }

  /// How many points.
  var count: Int { get }
  /// A standard deviation; the data set says of what.
  var noise: Double { get }

  /// A set of `count` points, not negative, with a finite `noise`, not negative either.
  init(count: Int, noise: Double)

  /// The point that `u`, two independent numbers from U(0, 1), and `z`, from N(0, I), make.
  func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double>
}

extension PlaneDataset {
  /// The points, count × 2. The first n of a larger set from the same stream are the set of n.
  public func points(_ random: RandomStream) -> Matrix {
    // Three streams of the same seed: positions then depend on the point alone.
    let first = random.uniform(rows: count, columns: 1)
    let normal = random.sibling(1).normal(rows: count, columns: 2)
    let second = random.sibling(2).uniform(rows: count, columns: 1)
    let (u, v, z) = (first.elements, second.elements, normal.elements)
    var points = Matrix(rows: count, columns: 2)
    var elements = points.mutableElements
    for i in 0..<count {
      let point = point(
        SIMD2(Double(u[i]), Double(v[i])), SIMD2(Double(z[2 * i]), Double(z[2 * i + 1])))
      elements[2 * i] = Float(point.x)
      elements[2 * i + 1] = Float(point.y)
    }
    return points
  }

  /// Both arguments of an initializer, which stops the program if one makes no sense.
  static func checked(_ count: Int, _ noise: Double) -> (Int, Double) {
    require(count >= 0, "\(Self.self): \(count) is not a number of points")
    require(
      noise >= 0 && noise.isFinite, "\(Self.self): \(noise) is not a standard deviation")
    return (count, noise)
  }
}

extension RandomStream {
  /// A stream of the same seed that nobody else uses, for each `number` below 2⁸.
  fileprivate func sibling(_ number: UInt64) -> RandomStream {
    RandomStream(seed: seed, stream: stream ^ number << 40)
  }
}
