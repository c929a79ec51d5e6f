import Datasets
import Foundation
import LinearAlgebra
import Tables
import Testing

/// The common behavior of all data sets.
@Suite struct NamedDatasetTests {
  static let names = Dataset.all.map(\.name)
  private let stream = RandomStream(seed: 3)

  @Test func listsAllNames() {
    #expect(
      Self.names.sorted() == [
        "25-gaussians", "8-gaussians", "checkerboard", "circles", "line", "moons", "outline",
        "pinwheel", "s-curve", "spirals", "swiss-roll",
      ])
  }

  @Test(arguments: names)
  func findsDatasetsByName(name: String) throws {
    let dataset = try Dataset.named(name)
    #expect(dataset.name == name)
    #expect(!dataset.summary.isEmpty && dataset.defaultNoise >= 0)
    let points = dataset.points(count: 17, stream)
    #expect(points.rows == 17 && points.columns == dataset.dimension)
    #expect(points.isFinite)
    #expect(points == dataset.points(count: 17, noise: dataset.defaultNoise, stream))
  }

  /// A user-defined data set may have any dimension and use any number of random numbers.
  @Test(arguments: [(1, 0, 1), (1, 1, 0), (3, 2, 6), (5, 4, 0), (2, 0, 0)])
  func acceptsUserDefinedDatasets(dimension: Int, uniforms: Int, normals: Int) {
    let dataset = Dataset(
      name: "own", dimension: dimension, uniforms: uniforms, normals: normals, defaultNoise: 0.5,
      logDensity: { point, noise in point.reduce(0, +) * noise }
    ) { u, z, noise in
      #expect(u.count == uniforms && z.count == normals && u.allSatisfy { $0 > 0 && $0 < 1 })
      return (0..<dimension).map { (u + z).reduce(0, +) + Double($0) * noise }
    }
    let points = dataset.points(count: 40, stream)
    #expect(points.rows == 40 && points.columns == dimension)
    #expect(dataset.points(count: 7, stream) == points.rows(0..<7))
    #expect(Set((0..<40).map { points[$0, 0] }).count == (uniforms + normals > 0 ? 40 : 1))
    let last = [Double](repeating: 2, count: dimension)
    #expect(
      dataset.logDensity(at: last) == Double(dimension)
        && dataset.logDensity(at: last, noise: 0) == 0)
  }

  @Test(arguments: names, [0, 1, 2, 63, 64, 65, 299])
  func pointsDoNotDependOnTheCount(name: String, count: Int) throws {
    let dataset = try Dataset.named(name)
    let large = dataset.points(count: 300, stream)
    #expect(dataset.points(count: count, stream) == large.rows(0..<count))
  }

  @Test(arguments: names)
  func streamsGiveDifferentPoints(name: String) throws {
    let dataset = try Dataset.named(name)
    let points = dataset.points(count: 50, stream)
    for other in [RandomStream(seed: 4), RandomStream(seed: 3, stream: 1)] {
      let others = dataset.points(count: 50, other)
      #expect((0..<50).allSatisfy { points.point($0) != others.point($0) })
    }
  }

  /// Covers all data sets except the pinwheel, whose noise rotates with the arm, and the swiss roll,
  /// whose noise is divided.
  @Test(arguments: names.filter { $0 != "pinwheel" && $0 != "swiss-roll" }, [0.02, 0.5, 3])
  func noiseIsNormalAndAdded(name: String, noise: Double) throws {
    let dataset = try Dataset.named(name)
    let count = 4000
    let points = dataset.points(count: count, noise: noise, stream).points
    let bare = dataset.points(count: count, noise: 0, stream).points
    let errors = zip(points, bare).map { ($0 - $1) / noise }
    let root = Double(count).squareRoot()
    let mean = errors.reduce(.zero, +) / Double(count)
    let square = errors.reduce(.zero) { $0 + $1 * $1 } / Double(count)
    let product = errors.reduce(0) { $0 + $1.x * $1.y } / Double(count)
    for column in 0..<2 {
      #expect(abs(mean[column]) < 4 / root)
      // The standard deviation of a squared normal number is √2.
      #expect(abs(square[column] - 1) < 4 * 2.0.squareRoot() / root)
    }
    #expect(abs(product) < 4 / root)
    // The noise is independent of the position of the point.
    let link = zip(errors, bare).reduce(.zero) { $0 + $1.0 * $1.1 } / Double(count)
    #expect(abs(link.x) < 4 * 2 / root && abs(link.y) < 4 * 2.5 / root)
  }

  @Test(arguments: [
    ("swis-roll", "swiss-roll"), ("moon", "moons"), ("8gaussians", "8-gaussians"),
    ("25gaussians", "25-gaussians"), ("chessboard", "checkerboard"),
  ])
  func unknownNamesSuggestTheNearest(name: String, nearest: String) {
    let error = #expect(throws: UnknownDataset.self) { try Dataset.named(name) }
    #expect(error?.nearest == nearest)
    #expect(error?.description.contains("; choose \(nearest), or one of ") == true)
  }

  @Test(arguments: ["", "customers", "run", "a\nb"])
  func unlikeNamesGetNoSuggestion(name: String) {
    let error = #expect(throws: UnknownDataset.self) { try Dataset.named(name) }
    #expect(error?.nearest == nil)
    #expect(error?.description.contains("; choose one of swiss-roll, ") == true)
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
      "exit tests do not run in the emulator"))
  func rejectsInvalidArguments() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset.moons.points(count: -1, RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.moons.points(count: 1, noise: -0.1, RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.moons.points(count: 1, noise: .infinity, RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.moons.points(count: 1, noise: .nan, RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) { _ = Dataset.line.logDensity(at: [0]) }
    await #expect(processExitsWith: .failure) {
      _ = Dataset(name: "short", dimension: 2, uniforms: 0) { _, _, _ in [0] }.points(
        count: 1, RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = NumericTable(names: ["a"], values: Matrix<Float>([[1, 2]]))
    }
  }
}
