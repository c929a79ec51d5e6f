import Testing

@testable import Plots

@Suite("Formats by extension")
struct PlotFormatTests {
  @Test(arguments: [
    ("a.png", PlotFormat.png), ("a.PNG", .png), ("b/c.d/e.Svg", .svg), (".hidden.svg", .svg),
    ("two.svg.png", .png),
  ])
  func known(path: String, format: PlotFormat) throws {
    #expect(try PlotFormat(path: path) == format)
  }

  @Test(arguments: [
    ("a.pdf", "pdf"), ("a", ""), ("folder.png/a", ""), ("a.", ""), (".png", ""), ("", ""),
    ("png", ""),
  ])
  func unknown(path: String, ending: String) {
    let expected = PlotError.unknownExtension(path: path, extension: ending)
    #expect(throws: expected) { try PlotFormat(path: path) }
    #expect(throws: expected) { try LossCurve([1]).write(to: path) }
  }

  @Test("The message names the extension and the two allowed ones")
  func message() {
    let message = PlotError.unknownExtension(path: "a.pdf", extension: "pdf").description
    for part in ["a.pdf", "\".pdf\"", "\".png\"", "\".svg\""] { #expect(message.contains(part)) }
  }
}
