import LangevinPreconditions
package import LinearAlgebra

/// The purpose of a random stream. Each purpose has its own streams of a seed, so that no two purposes draw
/// the same numbers.
package enum RandomPurpose: UInt64, Sendable {
  /// Generating data sets.
  case dataset = 1
  /// Initial parameters; the index is the parameter's number.
  case initialization
  /// The order of the samples; the index is the epoch.
  case permutation
  /// Noise levels of a batch; the index is the training step.
  case levels
  /// Noise of a batch; the index is the training step.
  case trainingNoise
  /// Noise of the sampler; the index is the number of steps that remain after it, and T for x_T.
  case samplingNoise
  /// Noise of held-out data.
  case heldOutNoise
  /// The choice of held-out rows.
  case heldOutRows
  /// Noise of a variational bound.
  case boundNoise
  /// The choice of rows of a batch whose context is dropped; the index is the training step.
  case contextDropout
  /// The choice of contexts for samples.
  case contexts
  /// Noise of imputation; the index counts the draws.
  case imputationNoise
  /// The choice of hidden cells of a batch; the index is the training step.
  case hiddenCells
  /// The choice of hidden cells of held-out data.
  case heldOutCells
  /// The categories of samples.
  case categories

  /// Returns stream `index` of this purpose under `seed`.
  package func stream(seed: UInt64, index: Int = 0) -> RandomStream {
    require(
      index >= 0 && index < 1 << 48, "RandomPurpose: index \(index) must be from 0 to 2⁴⁸ - 1")
    return RandomStream(seed: seed, stream: rawValue << 48 | UInt64(index))
  }
}
