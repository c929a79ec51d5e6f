import Checkpoints
import Diffusion
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// `samples`, or, of a table, the coordinates that they have once they are written and read again:
  /// between two categories there is nothing, and that alone would tell samples from data.
  func asWritten(_ samples: Matrix) throws -> Matrix {
    guard let table, samples.isFinite else { return samples }
    return try table.encode(
      table.decode(samples), random: RandomPurpose.dataset.stream(seed: dataset.seed, index: 2))
  }
}
