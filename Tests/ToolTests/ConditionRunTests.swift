import Foundation
import Testing

/// Runs conditioned on categories.
@Suite struct ConditionRunTests {
  private static let options = [
    "train", "plants.csv", "--condition", "species,site", "--epochs", "3", "--batch", "32",
    "--hidden", "8,8", "--decay", "none", "--output", "run", "--quiet",
  ]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var text = "species,height,site,width\n"
    for row in 0..<90 {
      let site = row % 3 == 2 ? "shore" : row % 5 == 0 ? "hill" : "wood"
      text += "\(["iris", "rose", "fern"][row % 3]),\(row * 7 % 50).5,\(site),\(row % 9)\n"
    }
    try folder.write(Data(text.utf8), to: "plants.csv")
    return folder
  }

  private func trained() throws -> TemporaryFolder {
    let folder = try folder()
    try Tool.succeed(Self.options, in: folder)
    return folder
  }

  private func lines(_ name: String, in folder: TemporaryFolder) throws -> [Substring] {
    Array(try folder.text(name).split(separator: "\n").dropFirst())
  }

  @Test func samplesHaveTheChosenCategories() throws {
    let folder = try trained()
    try Tool.succeed(
      ["sample", "run", "--where", "species=rose", "--count", "200", "--output", "a.csv"],
      in: folder)
    let chosen = try lines("a.csv", in: folder)
    #expect(chosen.count == 200 && chosen.allSatisfy { $0.hasPrefix("rose,") })
    #expect(Set(chosen.map { $0.split(separator: ",")[2] }) == ["hill", "wood"])
    try Tool.succeed(
      [
        "sample", "run", "--where", "species=fern", "--where", "site=hill", "--guidance", "1.5",
        "--count", "20", "--output", "b.csv",
      ], in: folder)
    // This combination never occurs in the data but can be chosen.
    #expect(try lines("b.csv", in: folder).allSatisfy { $0.contains(",hill,") })
    // Without a choice, categories occur as often as in the data.
    try Tool.succeed(["sample", "run", "--count", "600", "--output", "c.csv"], in: folder)
    let all = try lines("c.csv", in: folder)
    for name in ["iris", "rose", "fern"] {
      #expect(abs(all.count { $0.hasPrefix(name) } - 200) < 70)
    }
    #expect(all.allSatisfy { $0.hasPrefix("fern") == $0.contains("shore") })
    // Samples do not depend on earlier commands or on the number of threads.
    try Tool.succeed(
      ["sample", "run", "--count", "600", "--threads", "3", "--output", "d.csv"], in: folder)
    #expect(try folder.bytes("c.csv") == folder.bytes("d.csv"))
  }

  /// Three epochs plus three more equal six, also with context dropout.
  @Test func resumeMatchesUninterruptedRun() throws {
    let (whole, parts) = (try folder(), try trained())
    let six = Self.options.map { $0 == "3" ? "6" : $0 }
    try Tool.succeed(six, in: whole)
    try Tool.succeed(six + ["--resume"], in: parts)
    #expect(
      try whole.bytes("run/model.safetensors") == parts.bytes("run/model.safetensors"))
  }

  @Test func canBeEvaluatedReportedAndImputed() throws {
    let folder = try trained()
    let told = try Tool.succeed(
      ["evaluate", "run", "--count", "60", "--sets", "2", "--likelihood", "--measures", "energy"],
      in: folder)
    #expect(told.outputText.contains("bits/dim"))
    try Tool.succeed(
      ["report", "run", "--count", "60", "--sets", "2", "--output", "run.html"], in: folder)
    #expect(try folder.text("run.html").contains("species"))
    #expect(try Tool.succeed(["info", "run"], in: folder).outputText.contains("species, site"))
    let holes = "id,width,species,site,height\r\n7,,rose,wood,1.500\r\n8,3,fern,shore,NA\r\n"
    try folder.write(Data(holes.utf8), to: "holes.csv")
    try Tool.succeed(
      ["impute", "run", "--input", "holes.csv", "--draws", "3", "--output", "filled.csv"],
      in: folder)
    let filled = try folder.text("filled.csv")
    let pattern =
      #/id,width,species,site,height\r\n7,[0-8],rose,wood,1\.500\r\n8,3,fern,shore,\d{1,2}\.\d\r\n/#
    #expect(filled.wholeMatch(of: pattern) != nil, "\(filled)")
    // Overwrites its own input, which has no missing cell.
    try Tool.succeed(
      ["impute", "run", "--input", "filled.csv", "--output", "filled.csv"], in: folder)
    #expect(try folder.text("filled.csv") == filled)
  }

  @Test(arguments: [
    (["sample", "run", "--where", "species=oak", "--output", "x.csv"], "no category \"oak\""),
    (
      ["sample", "run", "--where", "height=3", "--output", "x.csv"], "not a condition of the model"
    ),
    (["sample", "run", "--where", "species", "--output", "x.csv"], "--where"),
    (
      ["sample", "run", "--where", "site=a", "--where", "site=b", "--output", "x.csv"],
      "choose one category"
    ),
    (["evaluate", "run", "--oracle"], "--oracle: the run has conditions"),
    (
      [
        "impute", "run", "--input", "hole.csv", "--output", "x.csv", "--draws",
        "9223372036854775807",
      ], "this takes"
    ),
    (["sample", "run", "--guidance=-1", "--output", "x.csv"], "choose a number from 0 to 100"),
    (["sample", "run", "--output", "x.png"], "not images"),
    (["impute", "run", "--input", "plants.csv", "--output", "x.npy"], "must end in .csv"),
    (["impute", "run", "--input", "gone.csv", "--output", "x.csv"], "gone.csv"),
    (["impute", "run", "--input", "bad.csv", "--output", "x.csv"], "bad.csv: line 2, column 2"),
    (
      ["train", "plants.csv", "--condition", "height", "--numeric", "height", "--output", "y"],
      "choose one"
    ),
    (["train", "plants.csv", "--condition", "color", "--output", "y"], "no column \"color\""),
    (["train", "moons", "--condition", "x", "--output", "y"], "are for .csv"),
    (
      ["train", "plants.csv", "--condition-dropout", "0.2", "--output", "y"],
      "there are no conditions"
    ),
    (
      [
        "train", "plants.csv", "--condition", "species", "--network", "conditional", "--output",
        "y",
      ], "only a residual network takes conditions"
    ),
  ])
  func rejectsInvalidRequests(arguments: [String], reason: String) throws {
    let folder = try trained()
    try folder.write(Data("species,height,site,width\nfern,x,shore,2\n".utf8), to: "bad.csv")
    try folder.write(Data("species,height,site,width\nfern,,shore,2\n".utf8), to: "hole.csv")
    let line = try Tool.refuse(arguments, in: folder)
    #expect(line.contains(reason), "\(line)")
  }

  @Test func conditionsAreListed() throws {
    let folder = try folder()
    let lines = try Tool.succeed(
      ["info", "plants.csv", "--condition", "species"], in: folder
    ).outputText.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("species") && $0.contains("condition, ") })
    #expect(lines.contains { $0.hasPrefix("site") && $0.contains("categorical, ") })
  }

  /// Without held-out rows, copies of training rows would count as good samples.
  @Test func comparingWithTrainingRowsIsNoted() throws {
    let result = try Tool.succeed(
      ["evaluate", "run", "--count", "40", "--sets", "2", "--json"], in: trained())
    #expect(result.errors.contains("train with --held-out 0.2"))
    #expect(result.outputText.contains("sliced_w2"))
    #expect(!result.outputText.contains("nearest_training"))
  }

  /// Of differences that follow from how the file is read, only the cause is named.
  @Test func resumingNamesTheCause() throws {
    let line = try Tool.refuse(Self.options + ["--drop", "width", "--resume"], in: trained())
    #expect(
      line.contains(
        "it holds another run: dataset.file.dropped is not given, but is now [width]; use the"))
    #expect(!line.contains("model.dimension") && !line.contains("not not"))
  }

  @Test func runWithoutConditionsRejectsConditioning() throws {
    let folder = try folder()
    let options = Self.options.filter { $0 != "--condition" && $0 != "species,site" }
    try Tool.succeed(options, in: folder)
    for more in [["--where", "species=iris"], ["--guidance", "2"]] {
      let line = try Tool.refuse(["sample", "run", "--output", "x.csv"] + more, in: folder)
      #expect(line.contains("trained without conditions"))
    }
  }
}
