import Checkpoints
import Datasets
import Diffusion
import Evaluation
import Langevin
import LangevinErrors
import LinearAlgebra
import Tables

/// A trained run and the points that it was trained on.
struct TrainedRun {
  let configuration: RunConfiguration
  let model: DiffusionModel
  let training: Matrix<Float>
  let heldOut: Matrix<Float>?
}

/// The samples to evaluate, from a run or a file.
struct EvaluationSubject {
  let path: String
  let run: TrainedRun?
  let samples: Matrix<Float>
  /// The samples and the reference file in common coordinates; nil if numbers are compared as they are.
  let pair: TableFilePair?

  /// Creates a subject from `samples` of a run that has been loaded.
  init(path: String, run: TrainedRun, samples: Matrix<Float>) {
    self.path = path
    self.run = run
    self.samples = samples
    pair = nil
  }

  /// Draws `count` samples from the run at `path`, whose data may have new paths in `moved`, or reads the
  /// samples in the file at `path`, for comparison with `reference`.
  init(
    _ path: String, against reference: String?, reading: TableOptions, _ moved: MovedData,
    count: Int?, seed: UInt64,
    sampling: SamplingOptions, threads: Int, engine: Engine
  ) throws {
    self.path = path
    if PointsFile.isNamed(path) {
      run = nil
      pair = try reference.flatMap { other in
        PointsFile.isNamed(other)
          ? try TableFilePair(samples: path, reference: other, reading) : nil
      }
      samples =
        try pair.map { PointsFile.first(count, of: $0.samples) }
        ?? PointsFile.read(path, count: count)
      return
    }
    pair = nil
    let loaded = try LoadedRun(RunFolder(path), moved)
    let (configuration, model) = (loaded.configuration, loaded.model)
    let data = try configuration.trainingData()
    let run = TrainedRun(
      configuration: configuration, model: model,
      training: data.training, heldOut: data.heldOut)
    self.run = run
    let drawn = count ?? 10_000
    samples = try configuration.asWritten(
      sampling.sampler(run.model, configuration, count: drawn, seed: seed).sample(
        count: drawn, seed: seed, threads: threads, engine: engine))
  }

  /// Returns the run; throws if there is no run, which `option` needs.
  func requireRun(_ option: String) throws -> TrainedRun {
    guard let run else {
      throw ToolError("\(option): \(path) is a file of samples; name the folder of a run")
    }
    return run
  }
}

/// The real points to compare samples with.
struct EvaluationReference {
  let name: String
  /// The kind of the points, such as "held-out rows".
  let kind: String
  /// Whether the points are those that the subject's run was trained on.
  var isTraining = false
  let points: ReferencePoints

  /// Creates a reference from a data set or a file.
  ///
  /// - Parameters:
  ///   - name: The name of a data set, or the path of a file; nil for the data of the subject's run.
  ///   - subject: The samples to compare.
  ///   - path: The path of the subject, for errors.
  ///   - count: The number of points that are drawn from a data set at a time.
  init(_ name: String?, subject: EvaluationSubject, path: String, count: Int) throws {
    let own = subject.run?.configuration.dataset
    if let name, PointsFile.isNamed(name) {
      self.name = name
      kind = "rows of \(name.printable)"
      points = .points(
        try subject.run?.configuration.rows(ofFile: name) ?? subject.pair?.reference
          ?? PointsFile.read(name, count: nil))
      return
    }
    if name == nil, let run = subject.run, own?.file != nil {
      self.name = run.configuration.dataset.name
      kind = run.heldOut == nil ? "training rows" : "held-out rows"
      points = .points(run.heldOut ?? run.training)
      isTraining = run.heldOut == nil
      return
    }
    guard let name = name ?? own?.name else {
      throw ToolError("\(path): it does not name the data to compare with; add --against")
    }
    let dataset: Dataset
    do {
      dataset = try Dataset.named(name)
    } catch {
      throw ToolError("--against: \(error); or name a .csv or .npy file")
    }
    let noise = name == own?.name ? own?.noise : nil
    kind = "fresh points"
    self.name = "\(kind) of \(name)"
    points = .drawn { seed in
      // A random stream other than that of any training data.
      dataset.points(
        count: count, noise: noise, RandomPurpose.dataset.stream(seed: seed, index: 1))
    }
  }

  /// Returns `count` of the real points, or all if there are fewer.
  func some(_ count: Int) -> Matrix<Float> {
    switch points {
    case .drawn(let draw):
      let points = draw(1)
      return points.rows(0..<min(count, points.rows))
    case .points(let points): return points.rows(0..<min(count, points.rows))
    }
  }
}

/// Reads points from files.
enum PointsFile {
  /// Returns whether `path` has the name of such a file, and is not the folder of a run.
  static func isNamed(_ path: String) -> Bool {
    TableFile.isNamed(path) && !RunFolder(path).holdsRun
  }

  /// Returns the first `count` points of the file at `path`, or all.
  static func read(_ path: String, count: Int?) throws -> Matrix<Float> {
    first(count, of: try NumericTable(path: path).values)
  }

  /// Returns the first `count` of `points`, or all.
  static func first(_ count: Int?, of points: Matrix<Float>) -> Matrix<Float> {
    guard let count, count < points.rows else { return points }
    return points.rows(0..<count)
  }
}
