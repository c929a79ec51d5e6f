import Testing

@testable import Plots

@Suite("The look of points")
struct PointLookTests {
  @Test("More points are smaller and fainter, but never invisible", arguments: [200.0, 360])
  func crowd(side: Double) {
    let looks = [100, 1000, 10_000, 100_000].map { PointLook(count: $0, side: side) }
    for (few, many) in zip(looks, looks.dropFirst()) {
      #expect(many.opacity < few.opacity)
      #expect(many.radius <= few.radius)
    }
    let crowd = PointLook(count: 100_000_000, side: side)
    #expect(crowd.opacity >= 0.04 && crowd.radius >= 0.45)
    #expect(looks[0].opacity <= 1)
  }
}
