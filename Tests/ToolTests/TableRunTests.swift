import Foundation
import Testing

/// Tables, from a file to a run and back to a file.
@Suite struct TableRunTests {
  private static let options = [
    "train", "customers.csv", "--drop", "id", "--epochs", "2", "--batch", "32", "--hidden", "8,8",
    "--decay", "none", "--output", "run", "--quiet",
  ]

  /// Returns a folder with a table of sixty rows with missing cells.
  private func folder(trained: Bool = true) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var text = "id,age,plan,region,spend,constant\n"
    for row in 0..<60 {
      let age = row % 7 == 3 ? "" : "\(18 + row * 13 % 60)"
      let plan = row % 11 == 5 ? "NA" : ["basic", "\"plus, yearly\"", "premium"][row % 3]
      text += "\(row),\(age),\(plan),\(row % 2 == 0 ? "north" : "south"),\(row * 37 % 90).50,7\n"
    }
    try folder.write(Data(text.utf8), to: "customers.csv")
    if trained { try Tool.succeed(Self.options, in: folder) }
    return folder
  }

  @Test func samplesMatchTheFormatOfTheFile() throws {
    let folder = try folder()
    try Tool.succeed(["sample", "run", "--count", "300", "--output", "new.csv"], in: folder)
    let lines = try folder.text("new.csv").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "age,plan,region,spend,constant")
    #expect(lines.count == 302 && lines.last == "")
    let row = #/(\d\d)?,(basic|"plus, yearly"|premium|NA),(north|south),\d{1,2}\.\d0,7/#
    for line in lines.dropFirst().dropLast() {
      #expect(line.wholeMatch(of: row) != nil, "\(line)")
    }
    // Samples stay within the bounds of the data.
    let ages = lines.dropFirst().compactMap { Int($0.prefix { $0 != "," }) }
    #expect(ages.allSatisfy { (18...77).contains($0) } && ages.count < 300)
  }

  /// Covers the table before training, with corrections, and the run afterward.
  @Test func describesColumns() throws {
    let folder = try folder(trained: false)
    func info(_ arguments: String...) throws -> [String] {
      try Tool.succeed(["info"] + arguments, in: folder).outputText.split(separator: "\n")
        .map(String.init)
    }
    let found = try info("customers.csv")
    for line in [
      "file        customers.csv", "data        60 rows, 6 columns",
      "id          numeric, 0 … 59", "age         numeric, 18 … 77, 9 of 60 missing",
      "plan        categorical, 3: basic, \"plus, yearly\", premium, 5 of 60 missing",
      "region      categorical, 2: north, south", "spend       numeric, 0.50 … 89.50",
      "constant    numeric, constant 7",
    ] {
      #expect(found.contains(line), "\(line): \(found)")
    }
    let corrected = try info("customers.csv", "--drop", "id,plan", "--categorical", "constant")
    #expect(corrected.contains("constant    categorical, 1: 7"))
    #expect(corrected.contains("data        60 rows, 4 columns"))
    let result = try Tool.succeed(
      Self.options.filter { $0 != "--quiet" } + ["--condition", "region"], in: folder)
    #expect(
      result.errors.contains(
        "columns: numeric (age, spend, constant), categorical (plan), conditions (region)\n"))
    let run = try info("run").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
    #expect(
      run.contains {
        $0.first == "region" && $0.last?.hasSuffix("condition, 2: north, south") == true
      })
    #expect(
      run.contains { $0.first == "age" && $0.last?.hasSuffix("18 … 77, some missing") == true })
    let line = try Tool.refuse(["info", "run", "--drop", "id"], in: folder)
    #expect(line.contains("are for .csv and .npy files"))
  }

  @Test func acceptsCommasInNames() throws {
    let folder = try TemporaryFolder()
    try folder.write(Data("\"a,1\",b,c\n1,2,3\n4,5,6\n".utf8), to: "commas.csv")
    let result = try Tool.succeed(["info", "commas.csv", "--drop", "\"a,1\", c"], in: folder)
    #expect(result.outputText.contains("2 rows, 1 column\n"))
    try Tool.refuse(["info", "commas.csv", "--drop", "\"a,1"], in: folder)
  }

  @Test func writesSamplesAsJSON() throws {
    let folder = try folder()
    try Tool.succeed(["sample", "run", "--count", "40", "--output", "new.json"], in: folder)
    let rows = try #require(
      JSONSerialization.jsonObject(with: folder.bytes("new.json")) as? [[String: Any]])
    #expect(rows.count == 40)
    #expect(rows.allSatisfy { $0["region"] is String && $0["spend"] is Double })
  }

  @Test func rejectsNPYForTexts() throws {
    let line = try Tool.refuse(["sample", "run", "--output", "new.npy"], in: folder())
    #expect(line.contains("column \"plan\" has texts"))
  }

  /// Two epochs plus two more equal four, bit for bit.
  @Test func resumeMatchesUninterruptedRun() throws {
    let whole = try folder(trained: false)
    let options = Self.options.map { $0 == "2" ? "4" : $0 }
    try Tool.succeed(options, in: whole)
    let parts = try folder()
    try Tool.succeed(options + ["--resume"], in: parts)
    for name in ["run/model.safetensors", "run/training.safetensors"] {
      #expect(try parts.bytes(name) == whole.bytes(name), "\(name)")
    }
  }

  @Test func rejectsAChangedFile() throws {
    let folder = try folder()
    let text = try folder.text("customers.csv") + "60,20,basic,north,1.50,7\n"
    try folder.write(Data(text.utf8), to: "customers.csv")
    #expect(
      try Tool.refuse(["resume", "run", "--epochs", "3"], in: folder).contains("has changed"))
    #expect(
      try Tool.refuse(Self.options + ["--resume"], in: folder).contains(
        "is not the file that it was trained on"))
    // Commands that need no data still work.
    try Tool.succeed(["sample", "run", "--count", "2", "--output", "new.csv"], in: folder)
  }

  @Test func canBeEvaluatedAndReported() throws {
    let folder = try folder()
    let result = try Tool.succeed(
      ["evaluate", "run", "--count", "100", "--sets", "2", "--measures", "energy", "--json"],
      in: folder)
    #expect(try result.json()["against"] as? String == "customers.csv")
    try Tool.succeed(
      ["evaluate", "run", "--against", "customers.csv", "--count", "100", "--measures", "energy"],
      in: folder)
    try Tool.succeed(
      ["report", "run", "--count", "60", "--sets", "2", "--output", "report.html"], in: folder)
    #expect(try folder.text("report.html").contains("plus, yearly"))
  }

  /// The comparison includes categories and missing cells, and ignores columns of only one file.
  @Test func comparesTwoFiles() throws {
    let folder = try folder()
    try Tool.succeed(["sample", "run", "--count", "60", "--output", "new.csv"], in: folder)
    func energy(_ file: String) throws -> Double {
      let result = try Tool.succeed(
        [
          "evaluate", file, "--against", "customers.csv", "--sets", "1", "--measures", "energy",
          "--json",
        ], in: folder)
      let report = try #require(result.json()["report"] as? [String: Any])
      let results = try #require(report["results"] as? [[String: Any]])
      let value = try #require(results.first?["value"] as? [String: Any])
      return try #require(value["mean"] as? Double)
    }
    let lines = try folder.text("customers.csv").split(separator: "\n")
    // All rows of one plan, otherwise unchanged.
    let other = lines.map { $0.replacing("premium", with: "basic").replacing("NA", with: "basic") }
    try folder.write(Data(other.joined(separator: "\n").utf8), to: "other.csv")
    let (same, changed) = try (energy("customers.csv"), energy("other.csv"))
    #expect(same < 0 && changed > 0.02, "\(same), \(changed)")
    let result = try Tool.succeed(
      ["evaluate", "new.csv", "--against", "customers.csv", "--measures", "energy"], in: folder)
    #expect(result.errors.contains("columns of only one file are left out: id\n"))

    try folder.write(Data("a,b\n1,x\n2,y\n".utf8), to: "alien.csv")
    #expect(
      try Tool.refuse(["evaluate", "alien.csv", "--against", "customers.csv"], in: folder)
        .contains("alien.csv: it shares no column with customers.csv"))
    try folder.write(Data("region\nnorth\nsouth\n".utf8), to: "alien.csv")
    try folder.write(Data("region\nnorth\nnorth\n".utf8), to: "constant.csv")
    #expect(
      try Tool.refuse(["evaluate", "alien.csv", "--against", "constant.csv"], in: folder)
        .contains("constant.csv: the columns that it shares with alien.csv are constant"))
    #expect(
      try Tool.refuse(["evaluate", "new.csv"], in: folder)
        .contains("new.csv: it does not name the data to compare with; add --against"))
  }

  /// Numeric columns are matched by name and compared without encoding; a column of only one file may be
  /// unreadable.
  @Test func comparesNumericFilesByName() throws {
    let folder = try TemporaryFolder()
    func write(_ name: String, _ header: String, _ row: (Int) -> String) throws {
      let rows = (0..<40).map(row).joined(separator: "\n")
      try folder.write(Data("\(header)\n\(rows)\n".utf8), to: name)
    }
    try write("ab.csv", "a,b") { "\($0 * 7 % 40),\(1000 + $0)" }
    try write("ba.csv", "b,a") { "\(1000 + $0),\($0 * 7 % 40)" }
    try write("texts.csv", "id,a,b") { "word\($0),\($0 * 7 % 40),\(1000 + $0)" }
    try write("holes.csv", "a,b") { "\($0 == 3 ? "-" : "\($0 * 7 % 40)"),\(1000 + $0)" }
    func evaluate(_ arguments: String...) throws -> String {
      let options = ["--measures", "mean_difference,sliced_w2", "--sets", "2"]
      return try Tool.succeed(["evaluate"] + arguments + options, in: folder).outputText
        .split(separator: "\n").dropFirst().joined(separator: "\n")
    }
    let plain = try evaluate("ab.csv", "--against", "ab.csv")
    #expect(try evaluate("ba.csv", "--against", "ab.csv") == plain)
    #expect(try evaluate("texts.csv", "--against", "ab.csv") == plain)
    #expect(try evaluate("ab.csv", "--against", "texts.csv") == plain)
    #expect(try evaluate("ab.csv", "--against", "holes.csv", "--missing", "-") != plain)
    let line = try Tool.refuse(
      ["evaluate", "ab.csv", "--against", "ab.csv", "--drop", "c"], in: folder)
    #expect(line.contains("ab.csv: it has no column \"c\"; its columns are a, b"))
  }

  /// The folder of a run may have any name.
  @Test func runNameMayLookLikeAFile() throws {
    let folder = try folder(trained: false)
    try Tool.succeed(Self.options.map { $0 == "run" ? "run.csv" : $0 }, in: folder)
    try Tool.succeed(
      ["evaluate", "run.csv", "--count", "60", "--sets", "1", "--measures", "energy"], in: folder)
    try Tool.succeed(["info", "run.csv"], in: folder)
  }

  /// A plot of coordinates would not show a table.
  @Test(arguments: [
    ["plot", "run", "--output", "new.png"],
    ["plot", "run", "--kind", "reverse", "--output", "new.png"],
    ["plot", "run", "--kind", "field", "--output", "new.png"],
    ["animate", "run", "--output", "new.webp"],
  ])
  func rejectsPlotsOfPoints(arguments: [String]) throws {
    let line = try Tool.refuse(arguments, in: folder())
    #expect(line.contains("langevin report"), "\(line)")
  }

  /// The schedule has fewer timesteps than the default number of sampling steps for a table.
  @Test func acceptsAShortSchedule() throws {
    let folder = try folder(trained: false)
    try Tool.succeed(Self.options + ["--schedule", "cosine", "--steps", "10"], in: folder)
    let result = try Tool.succeed(
      ["sample", "run", "--count", "5", "--output", "new.csv", "--json"], in: folder)
    #expect(try result.json()["steps"] as? Int == 10)
  }

  /// An invalid file leaves no run.
  @Test(arguments: [
    ("id,age\n1,2\n1\n", "customers.csv: line 3: it has 1 cell"),
    ("id,age\n1,2\n3,inf\n", "customers.csv: line 3, column 2 (age)"),
    ("id,age\n1,2\n3,2\n", "customers.csv: all columns of the table are constant"),
    ("id,age\n1,2\n", "customers.csv: it has one row"),
    ("", "customers.csv: it is empty"),
    ("age,x\n1,2\n3,2\n", "customers.csv: it has no column \"id\""),
  ])
  func rejectsInvalidFiles(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Data(text.utf8), to: "customers.csv")
    let line = try Tool.refuse(Self.options, in: folder)
    #expect(line.contains(reason), "\(line)")
  }

  /// Values of config.json that no file can produce.
  @Test(arguments: [
    ("\"decimals\" : 2", "\"decimals\" : -1"),
    ("\"precision\" : 1", "\"precision\" : 400"),
    ("\"count\" : 60", "\"count\" : 59"),
    ("\"count\" : 60", "\"count\" : 61"),
    ("\"lower\" : [", "\"lower\" : [ 9,"),
    ("\"counts\" : [", "\"counts\" : [ -4611686018427387904,"),
  ])
  func rejectsDamagedConfigurations(old: String, new: String) throws {
    let folder = try folder()
    let text = try folder.text("run/config.json")
    let range = try #require(text.range(of: old))
    try folder.write(
      Data(text.replacingCharacters(in: range, with: new).utf8), to: "run/config.json")
    for arguments in [
      ["sample", "run", "--count", "2", "--output", "new.csv"],
      ["evaluate", "run", "--count", "20", "--measures", "energy"],
      ["resume", "run", "--epochs", "3"],
    ] {
      // Sampling ignores the number of rows.
      if old.contains("\"count\" ") && arguments[0] == "sample" { continue }
      try Tool.refuse(arguments, in: folder)
    }
  }

  @Test(arguments: [
    ["train", "swiss-roll", "--drop", "x", "--output", "new"],
    ["train", "customers.csv", "--count", "10", "--output", "new"],
    ["train", "customers.csv", "--noise", "1", "--output", "new"],
    ["train", "customers.csv", "--drop", "nobody", "--output", "new"],
    ["train", "customers.csv", "--categorical", "age", "--numeric", "age", "--output", "new"],
    ["train", "nothing.csv", "--output", "new"],
  ])
  func rejectsInvalidOptions(arguments: [String]) throws {
    try Tool.refuse(arguments, in: folder(trained: false))
  }
}
