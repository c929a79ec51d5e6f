import LinearAlgebra
import Testing

@testable import Tables

/// Transforming columns to the normal distribution and back.
@Suite struct QuantileTransformTests {
  private static let columns: [(String, [Double])] = [
    ("two values", [0, 1, 1, 1, 0, 1]),
    ("a constant", [7, 7, 7]),
    ("all different", (0..<200).map { Double($0 * $0) / 7 }),
    ("integers with ties", (0..<500).map { Double($0 % 17) }),
    ("zeros and a tail", (0..<300).map { $0 < 150 ? 0 : Double($0) * 1.5 }),
    ("more than are kept", (0..<5000).map { Double(($0 * 7919) % 4801) - 900 }),
    ("far apart", [-1e30, -1, 0, 1e-30, 1, 1e30]),
  ]

  private let places = [0, 0.25, 0.5, 0.999]

  /// A value comes back from any place within its step.
  @Test(arguments: columns)
  func valuesComeBack(name: String, cells: [Double]) throws {
    let transform = try #require(QuantileTransform(cells))
    // Values between kept ones come back as precisely as Φ inverts Φ⁻¹.
    let slack = (transform.range.upperBound - transform.range.lowerBound) * 1e-12
    for value in Set(cells) {
      for place in places {
        let back = transform.decode(transform.encode(value, place: place))
        #expect(abs(back - value) <= slack + abs(value) * 1e-9, "\(value) at \(place)")
      }
    }
    #expect(transform.problem == nil)
  }

  /// Integers come back from `Float` coordinates, which a model sees, after rounding.
  @Test(arguments: [17, 1000, 20_000])
  func integersComeBackThroughFloats(_ count: Int) throws {
    let transform = try #require(QuantileTransform((0..<30_000).map { Double($0 % count) }))
    for value in stride(from: 0, to: count, by: max(1, count / 97)) {
      let z = Float(transform.encode(Double(value), place: 0.5))
      #expect(transform.decode(Double(z)).rounded() == Double(value))
    }
  }

  /// Kept values come back exactly from `Float` coordinates, however far apart they are.
  @Test(arguments: columns.filter { $0.0 != "more than are kept" })
  func keptValuesComeBackExactlyThroughFloats(name: String, cells: [Double]) throws {
    let transform = try #require(QuantileTransform(cells))
    let lost = Set(cells).filter { value in
      places.contains { place in
        transform.decode(Double(Float(transform.encode(value, place: place)))) != value
      }
    }
    #expect(lost.isEmpty, "\(lost.sorted().prefix(5))")
  }

  @Test(arguments: columns)
  func nothingIsBeyondTheBounds(name: String, cells: [Double]) throws {
    let transform = try #require(QuantileTransform(cells))
    for z in stride(from: -12.0, through: 12, by: 0.37) {
      #expect(transform.range.contains(transform.decode(z)))
    }
    #expect(transform.decode(-12) == cells.min())
    #expect(transform.decode(12) == cells.max())
    let below = transform.encode(transform.range.lowerBound - 1, place: 0)
    #expect(below == transform.encode(transform.range.lowerBound, place: 0))
  }

  /// z is normal: its shares below -1, 0 and 1 are Φ of these numbers.
  @Test(arguments: columns.filter { $0.1.count >= 200 })
  func isNormal(name: String, cells: [Double]) throws {
    let transform = try #require(QuantileTransform(cells))
    let random = RandomStream(seed: 3).uniform(rows: cells.count, columns: 20)
    for bound in [-1.0, 0, 1] {
      var below = 0
      for (row, value) in cells.enumerated() {
        for draw in 0..<20
        where transform.encode(value, place: Double(random[row, draw])) < bound {
          below += 1
        }
      }
      let share = Double(below) / Double(20 * cells.count)
      #expect(abs(share - normalProbability(below: bound)) < 0.02, "\(bound)")
    }
  }

  /// Empty columns and numbers that are not finite have no distribution.
  @Test(arguments: [[], [.nan], [1, .nan], [0, .infinity], [-.infinity, 0]] as [[Double]])
  func needsFiniteNumbers(cells: [Double]) {
    #expect(QuantileTransform(cells) == nil)
  }

  /// Numbers drawn from the normal distribution have the column's distribution.
  @Test func sharesComeBack() throws {
    let transform = try #require(QuantileTransform([0, 0, 0, 1, 2, 2, 2, 2, 2, 5]))
    let drawn = RandomStream(seed: 5).normal(rows: 20_000, columns: 1)
    let values = (0..<drawn.rows).map { transform.decode(Double(drawn[$0, 0])) }
    let share = { (value: Double) in
      Double(values.count { $0 == value }) / Double(values.count)
    }
    #expect(abs(share(0) - 0.3) < 0.01)
    #expect(abs(share(2) - 0.5) < 0.01)
  }
}
