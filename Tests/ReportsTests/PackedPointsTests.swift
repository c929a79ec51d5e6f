import Foundation
import LinearAlgebra
import Plots
import Testing

@testable import LangevinReports

@Suite("Points for the page's script")
struct PackedPointsTests {
  @Test(
    "Places are 16-bit integers",
    arguments: [
      (0.5, 0), (1.5, 32767), (-0.5, -32767), (1, 16384), (0, -16384), (99, 32767),
      (-1e300, -32767),
      (.nan, -32768), (.infinity, -32768), (-.infinity, -32768),
    ] as [(Double, Int16)])
  func places(fraction: Double, expected: Int16) {
    #expect(PackedPoints.whole(fraction) == expected)
  }

  @Test("Points are packed in little-endian order, x and y alternating, y downward")
  func order() throws {
    let axis = Axis(scale: .linear, range: DataRange(lower: -1, upper: 1))
    let text = PackedPoints.text(
      [Matrix<Float>([[0, 0], [1, 1]]), Matrix<Float>([[0, -1], [.nan, 0]])], x: axis, y: axis)
    let bytes = [UInt8](try #require(Data(base64Encoded: text)))
    let numbers = stride(from: 0, to: bytes.count, by: 2).map {
      Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
    #expect(numbers == [0, 0, 16384, -16384, 0, 16384, -32768, 0])
  }
}
