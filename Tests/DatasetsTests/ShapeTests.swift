import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

/// The shapes of data sets: the curve of the points without noise, and their distribution along it.
@Suite struct ShapeTests {
  private static let count = 4000
  private let stream = RandomStream(seed: 7)

  private func points(_ dataset: Dataset, count: Int = count) -> [SIMD2<Double>] {
    dataset.points(count: count, noise: 0, stream).points
  }

  @Test func moonsAreTwoHalfCircles() {
    var angles: (outer: [Double], inner: [Double]) = ([], [])
    for point in points(.moons) {
      let other = SIMD2(1, 0.5) - point
      if abs(hypot(point.x, point.y) - 1) < 1e-6, point.y > -1e-6 {
        angles.outer.append(atan2(point.y, point.x) / .pi)
      } else {
        #expect(abs(hypot(other.x, other.y) - 1) < 1e-6 && other.y > -1e-6)
        angles.inner.append(atan2(other.y, other.x) / .pi)
      }
    }
    #expect(excessOfChiSquared([angles.outer.count, angles.inner.count]) < 5)
    #expect(uniformityDistance(angles.outer) < 1.95)
    #expect(uniformityDistance(angles.inner) < 1.95)
  }

  @Test func circlesHaveTheirRadii() {
    var angles: [Double: [Double]] = [1: [], 0.5: []]
    for point in points(.circles) {
      let radius = hypot(point.x, point.y) > 0.75 ? 1 : 0.5
      #expect(abs(hypot(point.x, point.y) - radius) < 1e-6)
      angles[radius]?.append(atan2(point.y, point.x) / (2 * .pi) + 0.5)
    }
    #expect(excessOfChiSquared(angles.values.map(\.count)) < 5)
    for turns in angles.values { #expect(uniformityDistance(turns) < 1.95) }
  }

  @Test func sCurveIsTwoArcs() {
    var positions: [Double] = []
    for point in points(.sCurve) {
      // The arc around (0, 1) or (0, -1) spans three quarters of a circle.
      let side: Double = point.y > 0 ? 1 : -1
      #expect(abs(hypot(point.x, point.y - side) - 1) < 1e-6)
      // The angle counts from the middle of the letter.
      var angle = atan2(-side * point.x, 1 - side * point.y)
      if angle < -.pi / 2 - 1e-6 { angle += 2 * .pi }
      #expect(angle > -1e-6 && angle < 1.5 * .pi + 1e-6)
      positions.append(0.5 - side * angle / (3 * .pi))
    }
    #expect(uniformityDistance(positions) < 1.95)
  }

  @Test func spiralsGrowWithTheAngle() {
    var (areas, firsts) = ([Double](), 0)
    for point in points(.spirals) {
      let t = 3 * hypot(point.x, point.y)
      let arm = SIMD2(-t * cos(t), t * sin(t)) / 3
      let (near, far) = (point - arm, point + arm)
      #expect(min(hypot(near.x, near.y), hypot(far.x, far.y)) < 1e-5)
      firsts += hypot(near.x, near.y) < hypot(far.x, far.y) ? 1 : 0
      areas.append(t * t / (9 * .pi * .pi))
    }
    #expect(excessOfChiSquared([firsts, Self.count - firsts]) < 5)
    #expect(uniformityDistance(areas) < 1.95)
  }

  @Test func pinwheelHasFiveArms() {
    var counts = [Int](repeating: 0, count: 5)
    for point in points(.pinwheel) {
      // On the other side of the center, r is negative.
      let arms = [hypot(point.x, point.y), -hypot(point.x, point.y)].map { r in
        let angle = atan2(-point.y / r, point.x / r)
        return (angle - 0.25 * exp(r)) / (2 * .pi / 5)
      }
      guard let arm = arms.first(where: { abs($0 - $0.rounded()) < 1e-4 }) else {
        Issue.record("\(point) is on no arm")
        return
      }
      counts[(Int(arm.rounded()) % 5 + 5) % 5] += 1
    }
    #expect(excessOfChiSquared(counts) < 5)
  }

  @Test func spotsWithoutNoiseAreSinglePoints() {
    for (found, centers) in [
      (points(.eightGaussians), Dataset.eightCenters),
      (points(.twentyFiveGaussians), Dataset.twentyFiveCenters),
    ] {
      var counts = [Int](repeating: 0, count: centers.count)
      for point in found {
        let index = centers.firstIndex { hypot($0.x - point.x, $0.y - point.y) < 1e-6 }
        guard let index else {
          Issue.record("\(point) is not the center of a spot")
          return
        }
        counts[index] += 1
      }
      #expect(excessOfChiSquared(counts) < 5)
    }
    for center in Dataset.eightCenters { #expect(abs(hypot(center.x, center.y) - 2) < 1e-12) }
    #expect(Set(Dataset.twentyFiveCenters).count == 25)
  }

  /// Exactly: no point lies on a white square.
  @Test func checkerboardHasEightSquares() {
    var counts: [[Int]: Int] = [:]
    var places: (x: [Double], y: [Double]) = ([], [])
    for point in points(.checkerboard) {
      let square = [Int(point.x.rounded(.down)), Int(point.y.rounded(.down))]
      counts[square, default: 0] += 1
      places.x.append(point.x - point.x.rounded(.down))
      places.y.append(point.y - point.y.rounded(.down))
    }
    #expect(counts.count == 8)
    for square in counts.keys {
      #expect(square.allSatisfy((-2...1).contains) && (square[0] + square[1]).isMultiple(of: 2))
    }
    #expect(excessOfChiSquared(Array(counts.values)) < 5)
    #expect(uniformityDistance(places.x) < 1.95 && uniformityDistance(places.y) < 1.95)
  }

  @Test func lineIsUniform() {
    var counts = [Int](repeating: 0, count: 32)
    for point in points(.line) {
      #expect((-2..<2).contains(point.x) && (-4..<4).contains(point.y))
      counts[Int(point.x + 2) * 8 + Int(point.y + 4)] += 1
    }
    #expect(excessOfChiSquared(counts) < 5)
  }

  /// Each point lies on a straight piece, and its position along the line is uniform.
  @Test func outlineIsUniformByLength() {
    let curve = Dataset.outlineCurve
    var positions: [Double] = []
    for point in points(.outline, count: 1000) {
      var (nearest, place) = (Double.infinity, 0.0)
      for index in 1..<curve.corners.count {
        let (from, to) = (curve.corners[index - 1], curve.corners[index])
        let way = to - from
        let length = (way * way).sum().squareRoot()
        let along = min(max(((point - from) * way).sum() / length, 0), length)
        let gap = point - (from + along / length * way)
        let distance = (gap * gap).sum().squareRoot()
        if distance < nearest { (nearest, place) = (distance, curve.distances[index - 1] + along) }
      }
      #expect(nearest < 1e-6)
      positions.append(place / curve.length)
    }
    #expect(uniformityDistance(positions) < 1.95)
  }

  /// The curve has no jumps, and its pieces are too short to be visible.
  @Test func outlineIsAClosedCurve() {
    let curve = Dataset.outlineCurve
    #expect(curve.corners.first == curve.corners.last)
    for (from, to) in zip(curve.corners, curve.corners.dropFirst()) {
      #expect(hypot(to.x - from.x, to.y - from.y) < 0.1)
    }
    #expect(curve.corners.allSatisfy { abs($0.x) <= 2 && abs($0.y) <= 2 })
  }

  /// Tests a square, whose lengths are known.
  @Test func findsPointsByLength() {
    typealias Segment = ClosedCurve.Segment
    let square = ClosedCurve([
      Segment(0, 0, 1, 0, 1, 0), Segment(1, 0, 1, 1, 1, 1), Segment(1, 1, 0, 1, 0, 1),
      Segment(0, 1, 0, 0, 0, 0),
    ])
    #expect(abs(square.length - 4) < 1e-12)
    for (fraction, x, y) in [
      (0, 0, 0), (0.125, 0.5, 0), (0.25, 1, 0), (0.4, 1, 0.6), (0.5, 1, 1), (0.7, 0.2, 1),
      (0.999, 0, 0.004), (1, 0, 0),
    ] {
      let point = square.point(at: fraction)
      #expect(abs(point.x - x) < 1e-9 && abs(point.y - y) < 1e-9, "\(fraction)")
    }
  }
}
