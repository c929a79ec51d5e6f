import Diffusion
import LinearAlgebra

/// How likely real points are under a model, for people and machines.
struct LikelihoodReport: Encodable {
  /// A term in bits a dimension and in nats a point.
  struct Term: Encodable {
    let name: String
    let bitsPerDimension: Double
    let nats: Double
  }

  let points: Int
  /// The σ, in the model's space, with which the data are convolved.
  let sigma: Double
  let logLikelihood: Double
  let bitsPerDimension: Double
  let standardErrorInBits: Double
  let bound: [Term]?

  /// How many points are asked about.
  private static let count = 2000

  init(
    _ run: TrainedRun, reference: EvaluationReference, threads: Int, engine: Engine
  ) throws {
    let model = run.model
    let rows = reference.some(Self.count)
    let data = run.configuration.points(of: rows)
    let denoiser: any Denoiser =
      model.contextWidth == 0
      ? model
      : GuidedDenoiser(model, contexts: rows.columns(model.dimension..<rows.columns))
    // Levels end somewhere on either side; beyond, the network has learned nothing.
    let levels = model.process.levels(steps: model.process.defaultSteps).dropLast()
    let range = (minimum: levels[levels.endIndex - 1].sigma, maximum: min(levels[0].sigma, 1000))
    guard range.minimum < range.maximum else {
      throw ToolError(
        """
        --likelihood: the model knows no two levels of noise below \(range.maximum) deviations, between \
        which a likelihood could be computed; train one with more timesteps, or less noise at the first
        """)
    }
    let flow = ProbabilityFlow(
      minimum: range.minimum, maximum: range.maximum,
      prior: model.standardisedMoments.map { .moments($0) } ?? .standard)
    let exact = try flow.logLikelihood(
      of: data, denoiser, standardisation: model.standardisation, threads: threads, engine: engine)
    points = data.rows
    sigma = flow.minimum
    logLikelihood = exact.mean
    bitsPerDimension = exact.bitsPerDimension
    standardErrorInBits = exact.standardErrorInBits
    bound = try model.process.schedule.map { schedule in
      let bound = try BoundEstimator(schedule).bound(
        of: data, denoiser, standardisation: model.standardisation,
        random: RandomPurpose.boundNoise.stream(seed: 0), threads: threads, engine: engine)
      return [
        ("prior", bound.prior), ("steps", bound.steps.reduce(0, +)),
        ("reconstruction", bound.reconstruction), ("standardisation", -bound.logDeterminant),
        ("bound", bound.total),
      ].map {
        Term(name: $0.0, bitsPerDimension: bound.bitsPerDimension($0.1), nats: $0.1)
      }
    }
  }

  var text: String {
    var lines = [
      """
      likelihood of \(points) fresh points, by the probability flow, of data blurred by \
      \(sigma.significant(3)) deviations: \(bitsPerDimension.fixed(4)) ± \
      \(standardErrorInBits.fixed(4)) bits/dim, \((-logLikelihood).fixed(4)) nats
      """
    ]
    for term in bound ?? [] {
      lines.append(
        "  \(term.name): \(term.bitsPerDimension.fixed(4)) bits/dim, \(term.nats.fixed(4)) nats")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
