import Foundation
import LinearAlgebra
import Tables
import Testing

/// Tables whose columns are pixels.
@Suite struct ImageTableTests {
  /// Six images of 3 × 2 pixels with levels 2 … 9, of which one pixel is constant, and a label.
  private static let text =
    "a,b,c,d,e,f,label\n"
    + (0..<6).map { "\(2 + $0),9,\(7 - $0),2,5,\($0 % 2 * 7 + 2),\($0 % 3)\n" }.joined()

  private func encoded(
    _ shape: String = "3x2", text: String = text
  ) throws -> (Table, TableEncoding, Matrix<Float>) {
    var options = TableOptions()
    options.categorical = ["label"]
    let table = try Table(csv: Array(text.utf8), options: options)
    let encoding = try TableEncoding(
      table, conditions: ["label"], image: ImageShape(shape))
    return (table, encoding, try encoding.encode(table, random: RandomStream(seed: 1)))
  }

  @Test func imagesComeBack() throws {
    let (table, encoding, matrix) = try encoded()
    #expect(encoding.dimension == 6 && encoding.contextWidth == 3)
    #expect(encoding.pixelLevels?.least == 2 && encoding.pixelLevels?.count == 8)
    #expect(encoding.decode(matrix) == table)
    let copy = try JSONDecoder().decode(TableEncoding.self, from: JSONEncoder().encode(encoding))
    #expect(copy == encoding && copy.problem == nil)
    #expect(encoding.codesOfFirstCondition(matrix) == [0, 1, 2, 0, 1, 2])
    let brightness = encoding.brightness(matrix)
    #expect(brightness[0, 1] == 1 && brightness[0, 3] == 0 && brightness[0, 0] == 0)
    #expect(abs(brightness[0, 4] - 3 / 7) < 1e-6)
  }

  /// Every level is uniform over its own eighth of [0, 1).
  @Test func levelsAreDequantizedUniformly() throws {
    let rows = (0..<4000).map { "\(2 + $0 % 8),\(9 - $0 % 8)\n" }.joined()
    let table = try Table(csv: Array(("a,b\n" + rows).utf8))
    let encoding = try TableEncoding(table, image: ImageShape("2x1"))
    let matrix = try encoding.encode(table, random: RandomStream(seed: 3))
    var (sum, square) = (0.0, 0.0)
    for row in 0..<4000 {
      let place = Double(matrix[row, 0]) * 8 - Double(row % 8)
      #expect(place > 0 && place < 1)
      sum += place
      square += place * place
    }
    #expect(abs(sum / 4000 - 0.5) < 0.02 && abs(square / 4000 - 1 / 3.0) < 0.02)
    // All 65536 levels stay distinct as `Float`.
    let wide = try Table(csv: Array("a,b\n0,65535\n65534,1\n".utf8))
    let wideEncoding = try TableEncoding(wide, image: ImageShape("2x1"))
    #expect(
      try wideEncoding.decode(wideEncoding.encode(wide, random: RandomStream(seed: 1))) == wide)
  }

  /// Any output of a model decodes to a level.
  @Test func anyNumberIsALevel() throws {
    let (_, encoding, _) = try encoded()
    var rows = 3 * RandomStream(seed: 2).normal(rows: 50, columns: encoding.width)
    (rows[0, 0], rows[1, 0], rows[2, 0]) = (.nan, .infinity, -.infinity)
    for column in encoding.decode(rows).columns.dropLast() {
      guard case .numbers(let numbers) = column.cells else {
        Issue.record("no numbers")
        continue
      }
      #expect(numbers.allSatisfy { (2.0...9.0).contains($0) && $0 == $0.rounded() })
    }
  }

  @Test(arguments: [
    ("2x2", text, "an image of 2x2 has 4 pixels, but the rows have 6 columns"),
    ("2x1", "a,b,label\n1.5,2,x\n1,2,y\n", "row 1, column \"a\": 1.5 is not an integer"),
    ("2x1", "a,b,label\n1,2,x\n1,,y\n", "row 2, column \"b\": it is missing"),
    ("2x1", "a,b,label\n0,70000,x\n1,2,y\n", "more than 65536 levels"),
    ("2x1", "a,b,label\nu,1,x\nv,2,y\n", "column \"a\" has texts"),
  ])
  func whatIsNoImageIsRefused(shape: String, text: String, reason: String) throws {
    let error = #expect(throws: TableError.self) { try encoded(shape, text: text) }
    let told = error.map { "\($0)" } ?? ""
    #expect(told.contains(reason), "\(told)")
  }

  @Test func shapesAreRead() {
    #expect(ImageShape("28X20").map { [$0.width, $0.height, $0.pixels] } == [28, 20, 560])
    #expect(ImageShape(width: 8, height: 4)?.description == "8x4")
    for text in ["", "8", "8x", "x8", "0x3", "-1x2", "8x8x3", "1025x1", "axb"] {
      #expect(ImageShape(text) == nil, "\(text)")
    }
  }

  /// Damage in `config.json` is detected.
  @Test(arguments: [
    (#""width":3"#, #""width":4"#), (#""height":2"#, #""height":0"#),
    (#""count":8"#, #""count":0"#),
    (#""least":2"#, #""least":9000000000000000"#),
  ])
  func damageIsNoticed(from text: String, to other: String) throws {
    let (_, encoding, _) = try encoded()
    let json = String(decoding: try JSONEncoder().encode(encoding), as: UTF8.self)
    let place = try #require(json.range(of: text), "\(json)")
    let damaged = json.replacingCharacters(in: place, with: other)
    let copy = try JSONDecoder().decode(TableEncoding.self, from: Data(damaged.utf8))
    #expect(copy.problem != nil)
  }
}
