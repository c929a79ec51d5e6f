import Foundation
import Testing

/// Ordinary tables in the notations of real files.
@Suite struct TableInputTests {
  private static let training = [
    "--epochs", "1", "--batch", "16", "--hidden", "8,8", "--output", "run",
  ]

  private func folder(_ text: String, _ name: String = "data.csv") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Data(text.utf8), to: name)
    return folder
  }

  /// Trains on a file, draws samples, and returns their lines.
  private func samples(
    of data: String, _ options: [String] = [], in folder: TemporaryFolder,
    to output: String = "new.csv"
  ) throws -> [String] {
    try Tool.succeed(["train", data, "--quiet"] + options + Self.training, in: folder)
    try Tool.succeed(["sample", "run", "--count", "50", "--output", output, "--quiet"], in: folder)
    return try folder.text(output).split(separator: "\n").map(String.init)
  }

  /// Whatever the network returns, ids are ids of the data.
  @Test func preservesLongIds() throws {
    let ids = ["5550001112223334449", "1146510087654321987", "5550001112223334451"]
    let folder = try folder(
      "account,amount\n" + (0..<90).map { "\(ids[$0 % 3]),\($0 * 7 % 50).25\n" }.joined())
    let lines = try samples(of: "data.csv", in: folder)
    #expect(lines[0] == "account,amount")
    #expect(lines.count == 51)
    for line in lines.dropFirst() { #expect(ids.contains(String(line.prefix(19))), "\(line)") }
    for arguments in [
      ["resume", "run", "--epochs", "2"], ["info", "run"],
      ["evaluate", "run", "--count", "60", "--sets", "2", "--measures", "energy"],
      ["evaluate", "new.csv", "--against", "data.csv", "--measures", "sliced_w2"],
      ["report", "run", "--count", "60", "--sets", "2", "--output", "report.html"],
      ["sample", "run", "--count", "5", "--output", "new.json"],
    ] { try Tool.succeed(arguments, in: folder) }
    let rows = try folder.text("new.json")
    #expect(ids.contains { rows.contains("{\"account\":\($0),") })
  }

  /// Covers the sentinel -999 in a numeric column, and missing words of single columns.
  @Test func readsMissingWords() throws {
    let text =
      "age,inc,k\n"
      + (0..<60).map { row in
        "\(row % 5 == 0 ? "-999" : "\(20 + row)"),\(row % 7 == 0 ? "-" : "\(row * 100)"),\(row % 2 == 0 ? "a" : "b")\n"
      }.joined()
    let folder = try folder(text)
    let lines = try Tool.succeed(
      ["info", "data.csv", "--missing=-999.0,inc=-,k=zz"], in: folder
    ).outputText
    #expect(lines.contains("numeric, 21 … 79, 12 of 60 missing"))
    #expect(lines.contains("numeric, 100 … 5900, 9 of 60 missing"))
    #expect(
      lines.contains(
        "note        --missing k=zz has no effect: no cell of column \"k\" is \"zz\"\n"))
    let samples = try samples(of: "data.csv", ["--missing=-999,inc=-"], in: folder)
    let ages = samples.dropFirst().compactMap { Int($0.prefix { $0 != "," }) }
    #expect(ages.count == 50 && ages.allSatisfy { $0 == -999 || (21...79).contains($0) })
    try Tool.succeed(["resume", "run", "--epochs", "2"], in: folder)
  }

  /// Samples and imputed cells keep semicolons, decimal commas, currencies, and percent signs.
  @Test func preservesNotations() throws {
    let text =
      "price;share;rate\n"
      + (0..<40).map { row in
        "$\(row + 1).50;\(row)%;\(row % 9 == 4 ? "" : "\(row),5")\n"
      }.joined()
    let folder = try folder(text)
    let result = try Tool.succeed(["train", "data.csv"] + Self.training, in: folder)
    for note in [
      "note: cells are separated by semicolons; --separator , overrides that\n",
      "note: column \"price\" is read as numbers, such as \"$1.50\"; --categorical price reads categories\n",
      "\"rate\" is read as numbers with \",\" as the decimal separator, such as \"0,5\"; --thousands , reads",
    ] { #expect(result.errors.contains(note), "\(result.errors)") }
    try Tool.succeed(["sample", "run", "--count", "50", "--output", "new.csv"], in: folder)
    let lines = try folder.text("new.csv").split(separator: "\n")
    let row = #/\$\d+\.\d0;\d+%;(\d+(,\d)?)?/#
    #expect(lines[0] == "price;share;rate" && lines.count == 51)
    for line in lines.dropFirst() { #expect(line.wholeMatch(of: row) != nil, "\(line)") }
    try Tool.succeed(
      ["impute", "run", "--input", "data.csv", "--output", "filled.csv", "--draws", "1"], in: folder
    )
    let filled = try folder.text("filled.csv").split(separator: "\n")
    for (line, old) in zip(filled, text.split(separator: "\n")).dropFirst() {
      #expect(line.wholeMatch(of: row)?.output.1 != nil, "\(line)")
      #expect(old.hasSuffix(";") ? line.hasPrefix(old) : line == old)
    }
  }

  /// Standard input, pipes, and compressed files give the same run; samples can be compressed.
  @Test func readsPipesAndCompressedTables() throws {
    let text = "a,b\n" + (0..<40).map { "\($0 * $0 % 23),\($0 % 3 == 0 ? "x" : "y")\n" }.joined()
    let folder = try folder(text)
    let plain = try samples(of: "data.csv", in: folder)
    for command in [
      "gzip -k data.csv && $0 train data.csv.gz --output zipped $@",
      "cat data.csv | $0 train - --output piped $@",
      "gzip -c data.csv | $0 train - --output both $@",
      "mkfifo pipe && (cat data.csv > pipe & $0 train pipe --output named $@); rm pipe",
    ] {
      let result = try ToolResult(
        shell: command, Array(Self.training.dropLast(2)) + ["--quiet"], in: folder)
      #expect(result.status == 0, "\(command): \(result.errors)")
    }
    for run in ["zipped", "piped", "both", "named"] {
      try Tool.succeed(
        ["sample", run, "--count", "50", "--output", "\(run).csv.gz", "--quiet"], in: folder)
      let result = try ToolResult(shell: "gzip -dc \(run).csv.gz", [], in: folder)
      #expect(result.outputText.split(separator: "\n").map(String.init) == plain, "\(run)")
    }
    try Tool.succeed(["resume", "zipped", "--epochs", "2"], in: folder)
    let gone = try Tool.refuse(["resume", "piped", "--epochs", "2"], in: folder)
    #expect(gone.contains("standard input"))
    let other = try Tool.refuse(
      ["train", "data.csv.bz2", "--output", "new"], in: folder)
    #expect(other.contains("bz2"))
    try folder.write(Data("BZh91AY&SY".utf8), to: "odd.csv")
    #expect(
      try Tool.refuse(["train", "odd.csv", "--output", "new"], in: folder)
        .contains("odd.csv: it is compressed with bzip2; decompress it first"))
  }

  /// The error names rows that cannot be filled in; with --skip-bad-rows these stay unchanged and the
  /// others are filled in.
  @Test func skipsBadRowsOnRequest() throws {
    let folder = try folder(
      "a,plan\n" + (0..<40).map { "\($0),\($0 % 2 == 0 ? "basic" : "plus")\n" }.joined())
    _ = try samples(of: "data.csv", ["--condition", "plan"], in: folder)
    let text = "a,plan\n,gold\n,basic\n3,\n,plus\n"
    try folder.write(Data(text.utf8), to: "holes.csv")
    let command = ["impute", "run", "--input", "holes.csv", "--output", "filled.csv"]
    let line = try Tool.refuse(command, in: folder)
    #expect(line.contains("holes.csv: line 2, column 2 (plan): \"gold\" is not a category"))
    #expect(line.contains("and 1 more row") && line.hasSuffix("--skip-bad-rows"))
    let result = try Tool.succeed(command + ["--skip-bad-rows", "--missing", "zz"], in: folder)
    #expect(result.errors.hasPrefix("note: left as they are: line 2, column 2 (plan)"))
    #expect(result.errors.contains("and 1 more row\n"))
    #expect(result.errors.contains("note: --missing zz has no effect: no cell is \"zz\"\n"))
    let filled = try folder.text("filled.csv").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(filled[1] == ",gold" && filled[3] == "3,")
    #expect(
      filled[2].wholeMatch(of: #/\d+,basic/#) != nil
        && filled[4].wholeMatch(of: #/\d+,plus/#) != nil)
  }

  /// Samples of image arrays keep the type and shape of the data, and their labels go to a separate
  /// file.
  @Test func preservesArrayTypesAndShapes() throws {
    let folder = try TemporaryFolder()
    func array(_ type: String, _ shape: String, _ bytes: [UInt8]) -> Data {
      var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
      header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
      return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + bytes)
    }
    try folder.write(
      array("|u1", "(60, 3, 2)", (0..<360).map { UInt8($0 % 17) }), to: "images.npy")
    // The labels differ by less than the precision of a 32-bit float.
    let labels: [Int64] = (0..<60).map { 9_000_000_000_000_000_001 + $0 % 4 }
    try folder.write(
      array(
        "<i8", "(60,)",
        labels.flatMap { label in (0..<8).map { UInt8(truncatingIfNeeded: label >> (8 * $0)) } }),
      to: "labels.npy")
    let result = try Tool.succeed(
      ["train", "images.npy", "--image", "2x3", "--labels", "labels.npy"] + Self.training,
      in: folder)
    #expect(result.errors.contains("trained") || result.status == 0)
    let info = try Tool.succeed(["info", "run"], in: folder).outputText
    #expect(info.contains("condition, 4: 9000000000000000001, 9000000000000000002"))
    let note = try Tool.succeed(
      ["sample", "run", "--count", "30", "--output", "new.npy"], in: folder)
    #expect(note.errors == "note: new.npy has no labels; --labels-output FILE writes them\n")
    try Tool.succeed(
      [
        "sample", "run", "--count", "30", "--output", "new.npy", "--labels-output",
        "new-labels.npy",
      ],
      in: folder)
    let images = try folder.bytes("new.npy")
    #expect(images.count == 128 + 30 * 6 && images.dropFirst(128).allSatisfy { $0 < 17 })
    #expect(
      String(decoding: images.prefix(128), as: UTF8.self).contains(
        "'|u1', 'fortran_order': False, 'shape': (30, 3, 2)"))
    let drawn = try folder.bytes("new-labels.npy")
    #expect(drawn.count == 128 + 30 * 8)
    #expect(
      String(decoding: drawn.prefix(128), as: UTF8.self).contains(
        "'<i8', 'fortran_order': False, 'shape': (30,)"))
    for start in stride(from: 128, to: drawn.count, by: 8) {
      let label = (0..<8).reduce(Int64(0)) { $0 | Int64(drawn[start + $1]) << (8 * $1) }
      #expect(labels.contains(label))
    }
    try Tool.refuse(
      ["sample", "run", "--output", "new.csv", "--labels-output", "new-labels.npy"], in: folder)

    // Runs of earlier versions lack the type and shape of their files.
    var configuration = try #require(
      JSONSerialization.jsonObject(with: folder.bytes("run/config.json")) as? [String: Any])
    var table = try #require(configuration["table"] as? [String: Any])
    #expect(table.removeValue(forKey: "layout") != nil)
    configuration["table"] = table
    try folder.write(JSONSerialization.data(withJSONObject: configuration), to: "run/config.json")
    try Tool.succeed(
      ["train", "images.npy", "--image", "2x3", "--labels", "labels.npy", "--resume", "--quiet"]
        + Self.training, in: folder)
  }

  /// All samples lack a cell that is mostly missing, or hold a missing word.
  @Test func comparesEmptyColumnsOfSamples() throws {
    let rows = (0..<60).map {
      "\($0 % 20 == 0 ? "\($0)" : ""),\($0 % 17),\($0 % 20 == 1 ? "x" : "")\n"
    }
    let folder = try folder("a,b,k\n" + rows.joined())
    try folder.write(
      Data(("a,b,k\n" + (0..<40).map { ",\($0 % 17),\n" }.joined()).utf8), to: "new.csv")
    try Tool.succeed(
      ["evaluate", "new.csv", "--against", "data.csv", "--measures", "energy"], in: folder)
    let result = try Tool.succeed(
      ["evaluate", "new.csv", "--against", "data.csv", "--measures", "energy", "--missing", "zz"],
      in: folder)
    #expect(result.errors == "note: --missing zz has no effect: no cell is \"zz\"\n")
  }

  /// The notes of `evaluate` name the file, unless both files are read alike.
  @Test func notesNameTheirFile() throws {
    let folder = try folder("a,b\n" + (0..<40).map { "\($0),\($0 % 7).5\n" }.joined())
    let text = "a;b\n" + (0..<40).map { "\($0);\($0 % 5),5\n" }.joined()
    for name in ["new.csv", "old.csv"] { try folder.write(Data(text.utf8), to: name) }
    func notes(_ reference: String) throws -> String {
      try Tool.succeed(
        ["evaluate", "new.csv", "--against", reference, "--measures", "energy"], in: folder
      ).errors
    }
    let separator = "cells are separated by semicolons; --separator , overrides that\n"
    let mark = "column \"b\" is read as numbers with \",\" as the decimal separator"
    let (one, both) = (try notes("data.csv"), try notes("old.csv"))
    #expect(one.hasPrefix("note: new.csv: \(separator)note: new.csv: \(mark)"), "\(one)")
    #expect(both.hasPrefix("note: \(separator)note: \(mark)"), "\(both)")
    #expect(both.split(separator: "\n").count == 2, "\(both)")
  }
}

extension ToolResult {
  /// Runs a shell command, in which `$0` is the tool and `$@` its arguments.
  init(shell command: String, _ arguments: [String], in folder: TemporaryFolder) throws {
    let tool = try RunningTool(
      arguments, in: folder, wrapper: ["/bin/sh", "-c", command])
    self = try tool.result()
  }
}
