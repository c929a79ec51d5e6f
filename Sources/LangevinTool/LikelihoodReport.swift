import Checkpoints
import Diffusion
import LinearAlgebra
import Tables

/// The likelihood of real points under a model, as text and as JSON.
struct LikelihoodReport: Encodable {
  /// A term of the bound, in bits per dimension and in nats per point.
  struct Term: Encodable {
    let name: String
    let bitsPerDimension: Double
    let nats: Double
  }

  let points: Int
  /// The kind of the points, such as "held-out rows".
  let kind: String
  /// The number of levels of the pixels; nil unless the points are images. The likelihood of images is that
  /// of integers, which uniform dequantization bounds from below.
  let pixelLevels: Int?
  /// The σ of the noise with which the data are convolved, in the model's space.
  let sigma: Double
  let logLikelihood: Double
  let bitsPerDimension: Double
  let standardErrorInBits: Double
  let bound: [Term]
  private static let stepsOfBound = 500

  /// Returns the number of points to evaluate, which falls with the dimension: the exact divergence takes one
  /// backward pass per column, and each takes longer with more columns.
  private static func count(dimension: Int) -> Int { max(50, 2000 / max(1, dimension / 2)) }

  init(
    _ run: TrainedRun, reference: EvaluationReference, threads: Int, engine: Engine
  ) throws {
    let model = run.model
    if model.dimension == 0 {
      throw ToolError(
        """
        --likelihood: the run has categories alone, of which only the library has likelihoods \
        (GenerativeModel.logLikelihood); leave it out
        """)
    }
    let rows = run.configuration.modelRows(
      reference.some(Self.count(dimension: model.dimension)))
    let data = run.configuration.points(of: rows)
    let denoiser: any Denoiser =
      model.contextWidth == 0
      ? model
      : GuidedDenoiser(model, contexts: rows.columns(model.dimension..<rows.columns))
    let flow: ProbabilityFlow
    do {
      flow = try ProbabilityFlow(model)
    } catch {
      throw ToolError("--likelihood: \(error)")
    }
    let range = (minimum: flow.minimum, maximum: flow.maximum)
    let exact = try flow.logLikelihood(
      of: data, denoiser, standardization: model.standardization, threads: threads, engine: engine)
    points = data.rows
    kind = reference.kind
    sigma = flow.minimum
    pixelLevels = run.configuration.table?.pixelLevels?.count
    let bits = pixelLevels.map { logarithm(Double($0)) / logarithm(2) } ?? 0
    let nats = bits * Double(data.columns) * logarithm(2)
    // Of the categories, in nats; the numbers are conditioned on them.
    let ofCategories =
      model.categories.isEmpty
      ? nil
      : try CategorySampler(model).logProbabilities(
        of: rows, seed: 0, threads: threads, engine: engine)
    let categories = ofCategories.map { $0.reduce(0, +) / Double(max(1, $0.count)) } ?? 0
    // A dimension is a number or a category.
    let share = Double(data.columns) / Double(data.columns + model.categories.count)
    func inBits(_ nats: Double) -> Double {
      nats / logarithm(2) / Double(data.columns + model.categories.count)
    }
    logLikelihood = exact.mean + categories - nats
    bitsPerDimension = exact.bitsPerDimension * share - inBits(categories) + bits
    standardErrorInBits = exact.standardErrorInBits * share
    let estimator = model.process.schedule.map { BoundEstimator($0) } ?? Self.chain(range)
    bound = try {
      let bound = try estimator.bound(
        of: data, denoiser, standardization: model.standardization,
        random: RandomPurpose.boundNoise.stream(seed: 0), threads: threads, engine: engine)
      return [
        ("prior", bound.prior), ("steps", bound.steps.reduce(0, +)),
        ("reconstruction", bound.reconstruction), ("standardization", -bound.logDeterminant),
        ("dequantization", nats), ("categories", -categories),
        ("bound", bound.total + nats - categories),
      ].filter {
        ($0.0 != "dequantization" || nats > 0) && ($0.0 != "categories" || ofCategories != nil)
      }.map { Term(name: $0.0, bitsPerDimension: inBits($0.1), nats: $0.1) }
    }()
  }

  /// Returns the estimator for continuous noise levels. More steps would hardly change the bound.
  private static func chain(_ range: (minimum: Double, maximum: Double)) -> BoundEstimator {
    let schedule = NoiseSchedule.geometric(
      steps: stepsOfBound, least: range.minimum, greatest: range.maximum)
    // The error of a denoiser at the first level; the usual variance is for longer steps.
    return BoundEstimator(schedule, reconstructionVariance: schedule.oneMinusAlphaBar[0])
  }

  var text: String {
    let subject = pixelLevels.map { "images of \($0) levels (\(kind))" } ?? kind
    var lines = [
      """
      likelihood of \(points) \(subject), by the probability flow, with noise of σ = \
      \(sigma.significant(3)): \(bitsPerDimension.fixed(4)) ± \
      \(standardErrorInBits.fixed(4)) bits/dim, \((-logLikelihood).fixed(4)) nats
      """
    ]
    for term in bound {
      lines.append(
        "  \(term.name): \(term.bitsPerDimension.fixed(4)) bits/dim, \(term.nats.fixed(4)) nats")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
