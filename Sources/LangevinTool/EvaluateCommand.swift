import ArgumentParser
import Checkpoints
import Datasets
import Diffusion
import Evaluation
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import Tables

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure how far samples are from data",
    discussion: """
      Each distance is shown beside its floor, the same distance between two sets of real points. Both have \
      their range over several sets of real points. A check mark means that the samples are no farther from \
      the data than other real points are.

      Two files are compared in the columns that both have: numbers as they are, tables with categories or \
      missing cells in the coordinates that a model of the second file would learn. Samples drawn with \
      --where are compared with all rows, not only with those of the chosen category.

      EXAMPLE
        langevin evaluate roll
        langevin evaluate roll --sampler dpm++ --steps 15 --likelihood
        langevin evaluate roll --oracle
        langevin evaluate samples.csv --against moons --json
        langevin evaluate synthetic.csv --against customers.csv

      MEASURES
      \(definitions(Measure.allCases.map { ($0.rawValue, $0.meaning) }))

      The column points is the number of samples that a measure uses: slow measures use only a part, and \
      rows of a file are halved, because the floor needs two sets of them.

      LIKELIHOOD
      --likelihood prints minus the logarithm of the density that the model gives to real points: the \
      smaller, the better the model explains them. An upper bound of it, the variational bound, follows with \
      its parts: the last noise level (prior), the steps in between, the first level (reconstruction), and \
      the change of units (standardization, and for images dequantization). The categories of a table \
      are a part of their own.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder of a run, or a .csv or .npy file of samples.", valueName: "DIR|FILE"),
    completion: .file())
  var subject: String

  @Option(
    help: ArgumentHelp(
      "Name of a data set, or a .csv or .npy file of real points (default: the data of the run, as fresh "
        + "points of a data set, or the held-out rows of a file, or else its training rows).",
      valueName: "NAME|FILE"), completion: .file()
  )
  var against: String?

  @Option(
    help: ArgumentHelp(
      "Samples of the run, and points of a named data set (default: 10000, or all rows of a file).",
      valueName: "N"))
  var count: Int?

  @Option(help: ArgumentHelp("Number of sets of real points to compare with.", valueName: "K"))
  var sets: Int = 5

  @Option(help: ArgumentHelp("Seed of the samples of a run.", valueName: "S"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Measures, separated by commas (default: all that apply).", valueName: "M,M,…"),
    transform: MeasureList.init)
  var measures: MeasureList?

  @OptionGroup(title: "Tables") var reading: TableReadingOptions
  @OptionGroup(title: "Moved data") var data: DataOptions
  @OptionGroup(title: "Sampler") var sampling: SamplingOptions

  @Flag(help: "Report the likelihood of real points under the run, and its variational bound.")
  var likelihood = false

  @Flag(
    help: """
      Show how much of the distance the schedule, the sampler and the network cause, by replacing the network \
      with the oracle, which is the best denoiser of the training data.
      """)
  var oracle = false

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    try requirePositive("--sets", sets)
    if sets > 1000 { throw ValidationError("--sets \(sets): choose at most 1000") }
    if let count { try requireMemory("--count \(count)", count, 2, numbersEach: 64) }
    let isFile = PointsFile.isNamed(subject)
    if isFile && against == nil {
      throw ValidationError(
        "\(subject.printable): it does not name the data to compare with; add --against")
    }
    if reading.areGiven && !(isFile && against.map(PointsFile.isNamed) == true) {
      throw ValidationError("\(TableReadingOptions.names) are for two .csv or .npy files")
    }
    if data.areGiven && isFile {
      throw ValidationError(
        "--data and --labels are for runs, and \(subject.printable) is a file of samples")
    }
    if isFile && (seed != 0 || sampling.areGiven) {
      throw ValidationError(
        """
        --seed, \(SamplingOptions.names) are for runs, and \(subject.printable) is a file of samples
        """)
    }
    if oracle && (likelihood || measures != nil) {
      throw ValidationError(
        "--oracle: it chooses its own measures; leave out --likelihood and --measures")
    }
  }

  mutating func run() throws {
    let engine = compute.prepare()
    let threads = compute.samplingThreads
    let subject = try EvaluationSubject(
      self.subject, against: against, reading: reading.options, data.moved, count: count,
      seed: seed,
      sampling: sampling, threads: threads, engine: engine)
    if let names = subject.pair?.leftOut, !names.isEmpty, !reporting.quiet {
      Terminal.report(
        "note: columns of only one file are left out: \(names.map(\.printable).joined(separator: ", "))\n"
      )
    }
    if !reporting.quiet {
      for (file, note) in subject.pair?.notes ?? [] { TableNote.report([note], about: file) }
    }
    let reference = try EvaluationReference(
      against, subject: subject, path: self.subject, count: count ?? subject.samples.rows)
    if oracle {
      let run = try subject.requireRun("--oracle")
      let split = try OracleSplit(
        run, reference: reference, sampling: sampling, seed: seed, sets: sets, threads: threads,
        engine: engine)
      return try show(split, split.text)
    }
    var evaluation = Evaluator(seeds: sets, threads: threads)
    if let measures { evaluation.measures = measures.measures }
    if measures == nil && (subject.run == nil || reference.isTraining) {
      evaluation.measures.subtract([.nearestTrainingDistance, .nearestTrainingShare])
    }
    if reference.isTraining && !reporting.quiet {
      Terminal.report(
        """
        note: the model was trained on the rows that its samples are compared with, so samples that copy rows \
        look good; train with --held-out 0.2 to compare with other rows, and to measure copying

        """)
    }
    let report = try evaluation.evaluate(
      samples: subject.samples, against: reference.points,
      training: subject.run?.training)
    var outcome = EvaluationOutcome(
      subject: self.subject, against: reference.name, samples: subject.samples.rows, report: report)
    if likelihood {
      outcome.likelihood = try LikelihoodReport(
        subject.requireRun("--likelihood"), reference: reference, threads: threads, engine: engine)
    }
    try show(outcome, outcome.text)
  }

  private func show(_ value: some Encodable, _ text: String) throws {
    if reporting.json {
      try Terminal.output(json: value)
    } else if !reporting.quiet {
      try Terminal.output(Array(text.utf8))
    }
  }
}

/// A list of measures, given by their names and separated by commas.
struct MeasureList {
  let measures: Set<Measure>

  init(_ argument: String) throws {
    measures = Set(
      try argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
        guard let measure = Measure(rawValue: String(name)) else {
          let known = Measure.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError(
            "no measure has the name \(name.debugDescription); choose from \(known)")
        }
        return measure
      })
  }
}

/// The result of an evaluation, as text and as JSON.
private struct EvaluationOutcome: Encodable {
  let subject: String
  let against: String
  let samples: Int
  let report: EvaluationReport
  var likelihood: LikelihoodReport?

  var text: String {
    let heading = "\(counted(samples, "sample")) of \(subject) against \(against)\n\n"
    return heading + EvaluationTable.text(report) + (likelihood.map { "\n" + $0.text } ?? "")
  }
}
