import Checkpoints
import Diffusion
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// Returns `samples`, or for a table the coordinates that they have after being written and read again.
  ///
  /// The data have no coordinates between two categories. Without this step, that alone would distinguish the
  /// samples from the data.
  func asWritten(_ samples: Matrix<Float>) throws -> Matrix<Float> {
    guard let table, samples.isFinite else { return samples }
    return try table.encode(
      table.decode(samples), random: RandomPurpose.dataset.stream(seed: dataset.seed, index: 2))
  }
}
