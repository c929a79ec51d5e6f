import Diffusion
import LinearAlgebra

/// What draws rows as training data has them: samples, and behind each the context that it was drawn under.
struct RowSampler {
  /// Draws the samples alone.
  let sampler: Sampler
  /// The context of each; nil if there are none.
  let contexts: Matrix?

  /// `count` rows, of at most as many as there are contexts.
  func sample(count: Int, seed: UInt64, threads: Int, engine: Engine) -> Matrix {
    rows(sampler.sample(count: count, seed: seed, threads: threads, engine: engine))
  }

  /// `samples` with their contexts.
  func rows(_ samples: Matrix) -> Matrix {
    guard let contexts else { return samples }
    return .horizontally([samples, contexts.rows(0..<samples.rows)])
  }
}
