import Foundation
import LangevinFiles
import LinearAlgebra
import Testing

@testable import Plots

@Suite("Animations")
struct ReverseAnimationTests {
  private static let data = RandomStream(seed: 1).normal(rows: 40, columns: 2)

  /// Returns an animation of points that move to the left, with `states` states.
  private static func animation(states: Int, data: Matrix<Float> = data) -> ReverseAnimation {
    ReverseAnimation(
      states: (0..<states).map { state in
        .init(
          name: "σ = \(states - state)", detail: "step \(state)",
          points: Matrix<Float>(rows: 9, columns: 2) { Float($0 + $1) / 9 - 0.1 * Float(state) })
      }, data: data)
  }

  @Test(
    "An animation has the given size and duration, and loops",
    arguments: [(64, 2), (110, 5), (121, 3)])
  func container(side: Int, states: Int) throws {
    let file = WebPFile(
      try Self.animation(states: states).encoded(side: side, seconds: 1.2, hold: 0.7))
    #expect(file.isComplete)
    #expect(file.width == side && file.height == side)
    #expect(file.loops == 0)
    #expect(file.frames.count == states)
    #expect(file.frames.map(\.duration).reduce(0, +) == 1900)
    #expect(file.frames.last?.duration == 700)
    for frame in file.frames {
      #expect(frame.x + frame.width <= side && frame.y + frame.height <= side)
    }
  }

  @Test("The same animation gives the same bytes")
  func determinism() throws {
    let first = try Self.animation(states: 3).encoded(side: 80)
    #expect(try Self.animation(states: 3).encoded(side: 80) == first)
    #expect(try Self.animation(states: 4).encoded(side: 80) != first)
  }

  @Test("The pixels of a canvas are those that were drawn")
  func pixels() throws {
    let canvas = try Canvas(size: Size(width: 3, height: 2), format: .png, scale: 1)
    canvas.fill(Rectangle(left: 1, top: 0, width: 1, height: 1), Color(hex: 0x123456))
    let white: UInt32 = 0xFFFF_FFFF
    #expect(try canvas.pixels() == [white, 0xFF12_3456, white, white, white, white])
    let shapes = try Canvas(size: Size(width: 3, height: 2), format: .svg, scale: 1)
    #expect(throws: PlotError.self) { try shapes.pixels() }
  }

  /// Only samples have blue pixels, apart from the line at the bottom, which is not counted.
  @Test("Points far from the data are not drawn, and do not move the axes")
  func farPoints() throws {
    func blue(_ points: Matrix<Float>) throws -> Int {
      let animation = ReverseAnimation(states: [.init(name: "", points: points)], data: Self.data)
      let canvas = try Canvas(size: Size(width: 360, height: 360), format: .png, scale: 1)
      animation.draw(0, on: canvas, pixel: 1)
      return try canvas.pixels().prefix(330 * 360).count { pixel in
        Int(pixel & 0xFF) > Int(pixel >> 16 & 0xFF) + 40
      }
    }
    let near = Matrix<Float>([[0, 0], [0.5, 0.5]])
    #expect(try blue(near) > 0)
    #expect(try blue(Matrix<Float>([[1e6, 0], [0, -1e30], [.nan, 0], [0, .infinity]])) == 0)
    #expect(try blue(Matrix.vertically([near, Matrix<Float>([[1e6, 0]])])) == blue(near))
  }

  @Test("Missing, constant and extreme data can be animated", arguments: 0..<5)
  func hostileData(index: Int) throws {
    let data = [
      Matrix<Float>(rows: 0, columns: 2), Matrix<Float>(rows: 3, columns: 2, repeating: .nan),
      Matrix<Float>(rows: 3, columns: 2, repeating: 0.7),
      Matrix<Float>([[3e38, -3e38], [-3e38, 3e38]]),
      Matrix<Float>([[1e30, 0], [1e30, 1]]),
    ][index]
    let animation = ReverseAnimation(
      states: [.init(name: "a\nb\0c", points: data), .init(name: "end", points: data)], data: data)
    #expect(WebPFile(try animation.encoded(side: 64)).isComplete)
  }

  @Test(
    "Invalid sizes and durations are rejected",
    arguments: [(0, 1), (-1, 1), (16384, 1), (64, .nan), (64, -1), (64, 1e9)])
  func impossible(side: Int, seconds: Double) {
    #expect {
      try Self.animation(states: 2).encoded(side: side, seconds: seconds)
    } throws: { error in
      guard case .cannotAnimate? = error as? PlotError else { return false }
      return true
    }
  }

  @Test("Names must end in .webp", arguments: ["a.gif", "a", ".webp", "a.webp.png", ""])
  func names(path: String) {
    let ending = PlotFormat.fileExtension(of: path)
    let expected = PlotError.unknownAnimation(path: path, extension: ending)
    #expect(throws: expected) { try Self.animation(states: 2).write(to: path) }
    #expect(expected.description.contains("\".webp\""))
    #expect(expected.description.contains("\"\(path)\""))
  }

  @Test("The file contains the encoded bytes and replaces an existing one")
  func writes() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).WebP")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("old".utf8).write(to: url)
    let animation = Self.animation(states: 2)
    try animation.write(to: url.path(percentEncoded: false), side: 64)
    #expect(try [UInt8](Data(contentsOf: url)) == animation.encoded(side: 64))
  }
}
