import LangevinPreconditions
package import LinearAlgebra

/// Which stream of a seed serves which purpose, so that no two draw the same numbers.
package enum RandomPurpose: UInt64, Sendable {
  /// Making data.
  case dataset = 1
  /// Initial parameters; the index is the parameter's number.
  case initialization
  /// The order of the samples; the index is the epoch.
  case permutation
  /// Levels of noise of a batch; the index is the training step.
  case levels
  /// Noise of a batch; the index is the training step.
  case trainingNoise
  /// Noise of the sampler; the index is the number of steps that remain after it, and T for x_T.
  case samplingNoise
  /// Noise of held-out data.
  case heldOutNoise
  /// Which data are held out.
  case heldOutRows
  /// Noise of a variational bound.
  case boundNoise
  /// Which rows of a batch lose their context; the index is the training step.
  case contextDropout
  /// Which contexts samples are drawn under.
  case contexts
  /// Noise of imputation; the index counts the draws.
  case imputationNoise

  /// Stream `index` of this purpose under `seed`.
  package func stream(seed: UInt64, index: Int = 0) -> RandomStream {
    require(
      index >= 0 && index < 1 << 48, "RandomPurpose: index \(index) is not from 0 to 2⁴⁸ - 1")
    return RandomStream(seed: seed, stream: rawValue << 48 | UInt64(index))
  }
}
