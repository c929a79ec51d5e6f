import Datasets
import Foundation
import LinearAlgebra
import Tables
import Testing

/// What all data sets have in common.
@Suite struct NamedDatasetTests {
  static let names = NamedDataset.all.map(\.name)
  private let stream = RandomStream(seed: 3)

  @Test func namesAreThese() {
    #expect(
      Self.names.sorted() == [
        "25-gaussians", "8-gaussians", "checkerboard", "circles", "line", "moons", "outline",
        "pinwheel", "s-curve", "spirals", "swiss-roll",
      ])
  }

  @Test(arguments: names)
  func namesFindThem(name: String) throws {
    let dataset = try NamedDataset.named(name)
    #expect(dataset.name == name)
    #expect(!dataset.summary.isEmpty && dataset.defaultNoise >= 0)
    let points = dataset.points(count: 17, stream)
    #expect(points.rows == 17 && points.columns == dataset.dimension)
    #expect(points.isFinite)
    #expect(points == dataset.points(count: 17, noise: dataset.defaultNoise, stream))
  }

  @Test(arguments: names, [0, 1, 2, 63, 64, 65, 299])
  func smallSetsBeginLargeOnes(name: String, count: Int) throws {
    let dataset = try NamedDataset.named(name)
    let large = dataset.points(count: 300, stream)
    #expect(dataset.points(count: count, stream) == large.rows(0..<count))
  }

  @Test(arguments: names)
  func streamsDiffer(name: String) throws {
    let dataset = try NamedDataset.named(name)
    let points = dataset.points(count: 50, stream)
    for other in [RandomStream(seed: 4), RandomStream(seed: 3, stream: 1)] {
      let others = dataset.points(count: 50, other)
      #expect((0..<50).allSatisfy { points.point($0) != others.point($0) })
    }
  }

  /// Of all but the pinwheel, whose noise turns with the arm, and the swiss roll, which is divided.
  @Test(arguments: names.filter { $0 != "pinwheel" && $0 != "swiss-roll" }, [0.02, 0.5, 3])
  func noiseIsNormalAndAdded(name: String, noise: Double) throws {
    let dataset = try NamedDataset.named(name)
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
    // What the noise is has nothing to do with where the point is.
    let link = zip(errors, bare).reduce(.zero) { $0 + $1.0 * $1.1 } / Double(count)
    #expect(abs(link.x) < 4 * 2 / root && abs(link.y) < 4 * 2.5 / root)
  }

  @Test(arguments: [
    ("swis-roll", "swiss-roll"), ("moon", "moons"), ("8gaussians", "8-gaussians"),
    ("25gaussians", "25-gaussians"), ("chessboard", "checkerboard"), ("", "line"),
  ])
  func unknownNamesSuggestTheNearest(name: String, nearest: String) {
    let error = #expect(throws: UnknownDataset.self) { try NamedDataset.named(name) }
    #expect(error?.nearest == nearest)
    #expect(error?.description.contains("did you mean \(nearest)?") == true)
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
      "exit tests do not run inside of an emulator"))
  func argumentsMustMakeSense() async {
    await #expect(processExitsWith: .failure) { _ = Moons(count: -1) }
    await #expect(processExitsWith: .failure) { _ = Moons(noise: -0.1) }
    await #expect(processExitsWith: .failure) { _ = Moons(noise: .infinity) }
    await #expect(processExitsWith: .failure) { _ = Moons(noise: .nan) }
    await #expect(processExitsWith: .failure) {
      _ = EightGaussians(noise: 0).logDensity(at: .zero)
    }
    await #expect(processExitsWith: .failure) {
      _ = NumericTable(names: ["a"], values: Matrix([[1, 2]]))
    }
  }
}
