import Checkpoints
import Diffusion
import Evaluation
import Langevin
import LinearAlgebra

/// The parts of a run's schedule, sampler and network in the distance of its samples from its data.
///
/// The exact denoiser of the training points first replaces the network. Then the start, the sampler and the
/// network of the run are put in one after another. The part of each is what it adds to the distance.
struct OracleSplit: Encodable {
  struct Row: Encodable {
    let name: String
    let slicedW2: Spread
    let energy: Spread
    let c2st: Spread
  }

  let points: Int
  let rows: [Row]

  /// The number of points to compare. The time of the exact denoiser is proportional to the product of points
  /// and training points.
  private static let count = 4000
  /// A number of steps that leaves a negligible error.
  private static let fineSteps = 100

  init(
    _ run: TrainedRun, reference: EvaluationReference, sampling: SamplingOptions, seed: UInt64,
    sets: Int, threads: Int, engine: Engine
  ) throws {
    let model = run.model
    if model.dimension > 3 {
      throw ToolError(
        "--oracle: the run has \(model.dimension) columns; choose a run with at most 3")
    }
    if model.contextWidth > 0 || !model.categories.isEmpty {
      throw ToolError("--oracle: the run has conditions; choose a run without conditions")
    }
    let training = run.training.rows(0..<min(run.training.rows, Self.count))
    let data = model.standardization?.apply(to: training) ?? training
    let exact = EmpiricalDenoiser(data)
    let own = try sampling.sampler(model, run.configuration, count: Self.count, seed: seed).sampler
    // From the run's noisiest level, in steps so small that their error is negligible.
    let range = KarrasSigmas(
      minimum: 0.002, maximum: min(1000, max(own.levels[0].noiseToSignalRatio, 0.01)))
    let fine = range.levels(count: Self.fineSteps)
    func exactly(
      _ levels: [NoiseLevel], _ method: SamplingMethod, from start: Matrix<Float>? = nil
    ) -> Sampler {
      Sampler(
        exact, levels: levels, method: method, prior: own.prior, startingData: start, box: own.box,
        standardization: model.standardization)
    }
    let samplers = [
      ("exact denoiser, true start, fine steps", exactly(fine, .heun(), from: data)),
      ("+ the run's start (schedule)", exactly(fine, .heun())),
      ("+ its sampler and steps", exactly(own.levels, own.method)),
      ("+ its network", own),
    ]
    var evaluation = Evaluator(seeds: sets, threads: threads)
    evaluation.measures = [.slicedW2, .energy, .c2st]
    let count = training.rows
    let points = ReferencePoints.trimmed(reference.points, to: count)
    var rows: [Row] = []
    for (name, sampler) in samplers {
      let samples = sampler.sample(count: count, seed: seed, threads: threads, engine: engine)
      let report = try evaluation.evaluate(samples: samples, against: points)
      guard let slicedW2 = report[.slicedW2], let energy = report[.energy], let c2st = report[.c2st]
      else {
        throw ToolError(
          "--oracle: \(report.omitted.map(\.reason).first ?? "the samples cannot be compared")")
      }
      if rows.isEmpty {
        rows.append(
          Row(
            name: "real points (floor)", slicedW2: slicedW2.floor, energy: energy.floor,
            c2st: c2st.floor))
      }
      rows.append(
        Row(name: name, slicedW2: slicedW2.value, energy: energy.value, c2st: c2st.value))
    }
    self.points = count
    self.rows = rows
  }

  var text: String {
    let width = rows.map(\.name.count).max() ?? 0
    var lines = [
      "parts of the distance, \(counted(points, "point"))",
      "", "\(String(repeating: " ", count: width))  sliced_w2   energy     c2st",
    ]
    for row in rows {
      let gap = String(repeating: " ", count: width - row.name.count)
      lines.append(
        row.name + gap + "  \(row.slicedW2.mean.fixed(5))   \(row.energy.mean.fixed(5))   "
          + row.c2st.mean.fixed(4))
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension ReferencePoints {
  /// Returns `points` with sets of at most `count` points if they are drawn.
  fileprivate static func trimmed(_ points: ReferencePoints, to count: Int) -> ReferencePoints {
    switch points {
    case .drawn(let draw):
      .drawn { seed in
        let points = draw(seed)
        return points.rows(0..<min(count, points.rows))
      }
    case .points: points
    }
  }
}
