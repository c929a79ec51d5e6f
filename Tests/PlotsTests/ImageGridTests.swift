import LinearAlgebra
@testable import Plots
import Testing

/// Gray images, pixel by pixel.
@Suite struct ImageGridTests {
  private static let black: UInt32 = 0xFF00_0000
  private static let white: UInt32 = 0xFFFF_FFFF

  /// A strip has one pixel for each image pixel, and a white pixel between images.
  @Test func stripsAreExact() throws {
    let first = GrayImages(
      Matrix<Float>(rows: 2, columns: 2, elements: [0, 1, 0.5, -3]), width: 2, height: 1, columns: 2
    )
    let second = GrayImages(
      Matrix<Float>(rows: 2, columns: 2, elements: [.nan, 7, 1, 0]), width: 2, height: 1, columns: 2
    )
    let strip = ImageStrip([first, second])
    #expect(strip.size.width == 5 && strip.size.height == 2)
    let canvas = try Canvas(size: strip.size, format: .png, scale: 1)
    strip.draw(on: canvas)
    let (black, white) = (Self.black, Self.white)
    #expect(
      try canvas.pixels() == [
        black, white, white, 0xFF80_8080, black,
        black, white, white, white, black,
      ])
  }

  /// Data and samples are side by side, and many blocks continue in further lines.
  @Test func blocksHaveRoom() throws {
    let images = GrayImages(
      Matrix<Float>(rows: 7, columns: 64), width: 8, height: 8, columns: 3)
    let one = ImageGrid([("data", images)])
    let two = ImageGrid([("data", images), ("samples", images)], title: "Both")
    let many = ImageGrid((0..<20).map { ("\($0)", images) })
    #expect(two.size.width > one.size.width && many.size.width < 1300)
    #expect(two.size.height > one.size.height && many.size.height > 1.5 * one.size.height)
    for grid in [one, two, many, ImageGrid([])] {
      #expect(!(try grid.encoded(as: .png)).isEmpty)
      #expect(!(try grid.encoded(as: .svg)).isEmpty)
    }
  }

  @Test func animationsCanBeOfImages() throws {
    let states = [0.0, 0.5, 1.0].map { value in
      ReverseAnimation.State(
        name: "σ = \(value)",
        images: GrayImages(
          Matrix<Float>(rows: 6, columns: 16) { _, _ in Float(value) }, width: 4, height: 4,
          columns: 3))
    }
    let bytes = try ReverseAnimation(states: states).encoded(side: 120, seconds: 1, hold: 1)
    #expect(bytes.starts(with: Array("RIFF".utf8)))
    #expect(WebPFile(bytes).frames.count == 3)
  }
}
