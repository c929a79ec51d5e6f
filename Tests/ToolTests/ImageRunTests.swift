import Foundation
import Tables
import Testing

/// Small images, from an array of training data to grids of samples.
@Suite struct ImageRunTests {
  /// Returns a folder with sixty images of 4 × 3 pixels, vertical and horizontal bars with labels.
  private func folder(trained: Bool = true) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    for row in 0..<60 {
      for place in 0..<12 {
        let isLit = row % 2 == 0 ? place % 4 == row % 3 : place / 4 == row % 3
        pixels.append(isLit ? UInt8(12 + row % 5) : 0)
      }
      labels.append(UInt8(row % 2))
    }
    try folder.write(NumPyFile.bytes(pixels, shape: "(60, 3, 4)"), to: "bars.npy")
    try folder.write(NumPyFile.bytes(labels, shape: "(60,)"), to: "labels.npy")
    if trained { try Tool.succeed(Self.options, in: folder) }
    return folder
  }

  private static let options = [
    "train", "bars.npy", "--image", "4x3", "--labels", "labels.npy", "--epochs", "3", "--batch",
    "20", "--hidden", "12,12", "--held-out", "0.2", "--output", "run", "--quiet",
  ]

  @Test func samplesAreImages() throws {
    let folder = try folder()
    try Tool.succeed(["sample", "run", "--count", "50", "--output", "a.csv"], in: folder)
    let lines = try folder.text("a.csv").split(separator: "\n")
    #expect(lines[0] == (0..<12).map { "x\($0)," }.joined() + "label")
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",").compactMap { Int($0) }
      #expect(cells.count == 13 && cells.dropLast().allSatisfy { (0...16).contains($0) })
      #expect([0, 1].contains(cells.last))
    }
    try Tool.succeed(
      ["sample", "run", "--where", "label=1", "--count", "9", "--output", "a.png"], in: folder)
    #expect(try folder.bytes("a.png").starts(with: [0x89] + Array("PNG".utf8)))
  }

  @Test func drawsPictures() throws {
    let folder = try folder()
    for kind in ["samples", "reverse", "loss"] {
      try Tool.succeed(["plot", "run", "--kind", kind, "--output", "\(kind).svg"], in: folder)
      #expect(try folder.text("\(kind).svg").contains("<svg"))
    }
    try Tool.succeed(
      ["animate", "run", "--count", "30", "--frames", "4", "--output", "a.webp"], in: folder)
    #expect(try folder.bytes("a.webp").starts(with: Array("RIFF".utf8)))
    let line = try Tool.refuse(
      ["plot", "run", "--kind", "field", "--output", "f.png"], in: folder)
    #expect(line.contains("the run is of images"))
  }

  @Test func canBeEvaluatedAndReported() throws {
    let folder = try folder()
    let told = try Tool.succeed(
      ["evaluate", "run", "--count", "40", "--sets", "2", "--measures", "energy", "--likelihood"],
      in: folder)
    #expect(told.outputText.contains("12 images of 17 levels (held-out rows), by"))
    #expect(told.outputText.contains("dequantization: 4.0875 bits/dim"))
    try Tool.succeed(
      ["report", "run", "--count", "40", "--sets", "2", "--output", "run.html"], in: folder)
    let page = try folder.text("run.html")
    #expect(page.contains("data-strip=\"data:image/png;base64,"))
    #expect(page.contains("<figcaption>samples</figcaption>"))
  }

  @Test func rejectsChangedLabels() throws {
    let folder = try folder()
    let ones = [UInt8](repeating: 1, count: 60)
    try folder.write(NumPyFile.bytes(ones, shape: "(60,)"), to: "labels.npy")
    let line = try Tool.refuse(["evaluate", "run"], in: folder)
    #expect(line.contains("labels.npy: it has changed"))
    let other = try Tool.refuse(Self.options + ["--resume"], in: folder)
    #expect(
      other.contains("labels.npy does not hold the labels that it was trained on"), "\(other)")
  }

  @Test func limitsTheImagesOfAPicture() throws {
    let line = try Tool.refuse(
      ["sample", "run", "--count", "20000", "--output", "x.png"], in: folder())
    #expect(line.contains("room for 10000 images"))
  }

  @Test(arguments: [
    (["train", "bars.npy", "--output", "y"], "3 dimensions"),
    (["train", "bars.npy", "--image", "5x3", "--output", "y"], "15 pixels"),
    (["train", "bars.npy", "--image", "big", "--output", "y"], "--image"),
    (
      ["train", "bars.npy", "--image", "4x3", "--labels", "short.npy", "--output", "y"],
      "short.npy: it has 2 labels for 60 rows"
    ),
    (
      ["train", "bars.npy", "--image", "4x3", "--labels", "wide.csv", "--output", "y"],
      "wide.csv: it has 2 columns"
    ),
  ])
  func rejectsInvalidRequests(arguments: [String], reason: String) throws {
    let folder = try folder(trained: false)
    try folder.write(NumPyFile.bytes([1, 2], shape: "(2,)"), to: "short.npy")
    try folder.write(Data("a,b\n1,2\n3,4\n".utf8), to: "wide.csv")
    let line = try Tool.refuse(arguments, in: folder)
    #expect(line.contains(reason), "\(line)")
  }
}
