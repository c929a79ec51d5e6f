import LinearAlgebra
import Testing

@testable import Plots

@Suite("Encoded plots")
struct EncodingTests {
  @Test("A PNG has its signature, and the pixels that the scale gives", arguments: [1, 2, 2.5])
  func png(scale: Double) throws {
    for plot in SamplePlots.all {
      let bytes = try plot.encoded(as: .png, scale: scale)
      #expect(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      func number(at offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      }
      #expect(number(at: 16) == Int((plot.drawing.size.width * scale).rounded(.up)))
      #expect(number(at: 20) == Int((plot.drawing.size.height * scale).rounded(.up)))
      #expect(Array(bytes.suffix(8).prefix(4)) == Array("IEND".utf8))
    }
  }

  @Test("An SVG is well-formed XML with the size in points")
  func svg() throws {
    for plot in SamplePlots.all + SamplePlots.hostile {
      let text = String(decoding: try plot.encoded(as: .svg), as: UTF8.self)
      #expect(text.hasPrefix("<?xml "))
      let document = SVGDocument(text)
      #expect(document.isWellFormed)
      let root = try #require(document.tags.first)
      #expect(root.hasPrefix("svg "))
      #expect(
        root.contains(
          "viewBox=\"0 0 \(Int(plot.drawing.size.width)) \(Int(plot.drawing.size.height))\""))
    }
  }

  @Test(
    "The checker of this suite detects malformed text",
    arguments: [
      "<svg><g></svg></g>", "<svg>", "<svg/><svg/>", "<svg a=\"b/>", "",
    ])
  func checkerCanFail(text: String) {
    #expect(!SVGDocument(text).isWellFormed)
  }

  @Test("The same plot gives the same bytes", arguments: PlotFormat.allCases)
  func determinism(format: PlotFormat) throws {
    let first = try SamplePlots.all.map { try $0.encoded(as: format) }
    let second = try SamplePlots.all.map { try $0.encoded(as: format) }
    #expect(first == second)
    #expect(Set(first).count == first.count)
  }

  @Test("Invalid scales are rejected", arguments: [0, -1, .nan, .infinity])
  func impossibleScale(scale: Double) {
    for format in PlotFormat.allCases {
      #expect { try LossCurve([1]).encoded(as: format, scale: scale) } throws: { error in
        guard case .invalidScale? = error as? PlotError else { return false }
        return true
      }
    }
  }

  @Test("A plot too large for Cairo is rejected")
  func tooLarge() {
    #expect { try LossCurve([1]).encoded(as: .png, scale: 1e9) } throws: { error in
      guard case .cannotDraw? = error as? PlotError else { return false }
      return true
    }
  }

  @Test("No text touches another")
  func textsAreApart() throws {
    for plot in SamplePlots.all + SamplePlots.hostile {
      let texts = try SVGDocument(plot).texts
      for (index, text) in texts.enumerated() {
        for other in texts[..<index] {
          // Letters are about 5 points wide and 6 points high.
          let meet = text.contains { a in
            other.contains { b in (a.x - b.x).magnitude < 6 && (a.y - b.y).magnitude < 8 }
          }
          #expect(!meet, "\(text) touches \(other)")
        }
      }
    }
  }

  @Test("All letters and discs are on the canvas")
  func nothingIsClipped() throws {
    for plot in SamplePlots.all + SamplePlots.hostile {
      let document = try SVGDocument(plot)
      #expect(!document.glyphs.isEmpty)
      for point in document.glyphs {
        // A glyph extends from its place to the right and upward.
        #expect(point.x >= 2 && point.x <= plot.drawing.size.width - 6)
        #expect(point.y >= 7 && point.y <= plot.drawing.size.height - 2)
      }
      for point in document.discs {
        #expect(point.x > 0 && point.x < plot.drawing.size.width)
        #expect(point.y > 0 && point.y < plot.drawing.size.height)
      }
    }
  }
}
