import Foundation
import Testing

/// Invalid requests: one line states the problem, and no file changes.
@Suite struct BadRequestTests {
  private static let train = ["train", "swiss-roll", "--hidden", "8", "--output", "new"]

  @Test(arguments: [
    ("swis-roll", "choose swiss-roll, or one of"), ("moon", "choose moons, or one of"),
    ("", "choose one of"), ("a\nb", "choose one of"), ("customers", "or name a .csv or .npy file"),
  ])
  func unknownDatasetSuggestsAnother(name: String, remedy: String) throws {
    let line = try Tool.refuse(["train", name, "--output", "new"], in: TrainedRun.copy())
    #expect(line.contains(remedy))
  }

  @Test(arguments: [
    (["data", "moon"], "choose moons"), (["info", "nowhere"], "there is no such folder"),
    (["evaluate", "run", "--against", "moon"], "--against: data set \"moon\""),
    (
      ["evaluate", "run", "--measures", "energy,foo"],
      "no measure has the name \"foo\"; choose from sliced_w2,"
    ),
    (["train", "x.npy", "--image", "8by8", "--output", "new"], "as in 8x8"),
  ])
  func namesWhatIsAllowed(arguments: [String], remedy: String) throws {
    let line = try Tool.refuse(arguments, in: TrainedRun.copy())
    #expect(line.contains(remedy))
  }

  @Test(arguments: ["--epochs", "--count", "--batch-size", "--steps", "--threads"], [0, -1])
  func rejectsNonPositiveTrainingNumbers(option: String, value: Int) throws {
    let line = try Tool.refuse(Self.train + ["\(option)=\(value)"], in: TrainedRun.copy())
    #expect(line.contains("\(option) \(value)"))
  }

  @Test(arguments: ["0", "-0.001", "nan", "inf", "x"])
  func rejectsInvalidLearningRates(rate: String) throws {
    let line = try Tool.refuse(Self.train + ["--learning-rate=\(rate)"], in: TrainedRun.copy())
    #expect(line.contains("--learning-rate"))
  }

  @Test(arguments: ["", "8,,8", "0", "-1", "8,x", "8,"])
  func rejectsInvalidWidths(widths: String) throws {
    let line = try Tool.refuse(
      ["train", "swiss-roll", "--output", "new", "--hidden=\(widths)"], in: TrainedRun.copy())
    #expect(line.contains("--hidden"))
  }

  /// Settings with which a model could be trained but not sampled.
  @Test(arguments: [
    (["--preset", "fixed", "--steps", "2000"], "model.prediction is eps"),
    (["--preset", "fixed", "--steps", "10000", "--prediction", "v"], "steps is 10000"),
    (["--noise", "1e300"], "--noise"), (["--noise=nan"], "--noise"), (["--noise=-1"], "--noise"),
    (["--octaves", "21"], "--octaves 21"), (["--octaves=-1"], "--octaves -1"),
    (["--preset", "original", "--octaves", "3"], "--octaves"),
  ])
  func rejectsModelsThatCannotBeSampled(options: [String], word: String) throws {
    let line = try Tool.refuse(
      ["train", "swiss-roll", "--output", "new"] + options, in: TrainedRun.copy())
    #expect(line.contains(word))
  }

  @Test func rejectsBatchesLargerThanTheData() throws {
    let line = try Tool.refuse(
      Self.train + ["--count", "100", "--batch", "128"], in: TrainedRun.copy())
    #expect(line.contains("--batch-size 128: choose a number from 1 to ") && line.contains("100"))
  }

  /// Numbers whose products overflow or exceed any computer's memory.
  @Test(arguments: [
    ["--count", "9223372036854775807"], ["--count", "1099511627776"],
    ["--epochs", "9223372036854775807"], ["--steps", "9223372036854775807"],
    ["--hidden", "9223372036854775807"], ["--hidden", "1000000,1000000"],
    ["--count", "1000000", "--batch", "1", "--epochs", "1099511627776"],
    ["--seed", "18446744073709551616"], ["--threads", "1000000"],
  ])
  func rejectsNumbersThatAreTooLarge(options: [String]) throws {
    try Tool.refuse(
      ["train", "swiss-roll", "--output", "new"] + options, in: TrainedRun.copy())
  }

  @Test(arguments: ["0", "-1", "4611686018427387904", "1099511627776", "x"])
  func rejectsInvalidSampleCounts(count: String) throws {
    let folder = try TrainedRun.copy()
    for more in [[], ["--trajectory", "states.npy"]] {
      let line = try Tool.refuse(
        ["sample", "run", "--output", "new.csv", "--count=\(count)"] + more, in: folder)
      #expect(line.contains(count))
    }
  }

  @Test(arguments: ["0", "-1"])
  func rejectsNonPositivePlotCounts(count: String) throws {
    try Tool.refuse(
      ["plot", "run", "--output", "new.svg", "--count=\(count)"], in: TrainedRun.copy())
  }

  @Test(arguments: ["new.txt", "new", "", "new.npy.gz"])
  func rejectsUnknownSampleFormats(output: String) throws {
    let line = try Tool.refuse(["sample", "run", "--output", output], in: TrainedRun.copy())
    #expect(line.contains(".csv, .csv.gz, .npy or .json"))
  }

  @Test func trajectoryMustBeASeparateNpyFile() throws {
    let folder = try TrainedRun.copy()
    for (output, trajectory) in [("a.csv", "b.csv"), ("a.csv", "-"), ("a.npy", "a.npy")] {
      let line = try Tool.refuse(
        ["sample", "run", "--output", output, "--trajectory", trajectory], in: folder)
      #expect(line.contains("--trajectory"))
    }
  }

  @Test func rejectsSamplesAndJSONOnStandardOutput() throws {
    try Tool.refuse(["sample", "run", "--output", "-", "--json"], in: TrainedRun.copy())
  }

  @Test(arguments: ["info", "train", "sample"])
  func rejectsUnknownKernelsOfTheEnvironment(command: String) throws {
    let more = ["info": ["run"], "train": Array(TrainedRun.options.dropFirst()) + ["--overwrite"]]
    let line = try Tool.refuse(
      [command] + (more[command] ?? ["run", "--output", "new.csv"]), in: TrainedRun.copy(),
      environment: ["LANGEVIN_KERNELS": "nonsense"])
    #expect(line.contains("LANGEVIN_KERNELS=nonsense") && line.contains("baseline"))
  }

  @Test(arguments: [["trian"], ["train"], ["sample"], ["plot", "run"], ["info", "a", "b"]])
  func rejectsMalformedCommandLines(arguments: [String]) throws {
    try Tool.refuse(arguments, in: TrainedRun.copy())
  }
}
