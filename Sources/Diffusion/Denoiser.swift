import LangevinPreconditions
public import LinearAlgebra

/// What finds the data behind noisy states: a trained model, or an exact solution.
///
/// At a level (α, σ), a state x = α x₀ + σ ε has the denoised state D(x) = E[x₀ | x]. All else follows:
/// the noise is (x - α D)/σ, the score (α D - x)/σ², and the reverse process needs no more.
public protocol Denoiser: Sendable {
  /// Columns of a state.
  var dimension: Int { get }
  /// The memory with which one thread denoises up to `capacity` states at a time.
  func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker
}

/// A denoiser at work, on one thread.
public protocol DenoisingWorker: AnyObject {
  /// Is told, before their first level, which of all rows the next states are, for denoisers that know
  /// more of a row than its state.
  func begin(rows: Range<Int>)

  /// Writes D of each row of `states`, which are all at `level`, to `denoised`.
  func denoise(_ states: MatrixHandle, at level: NoiseLevel, into denoised: MatrixHandle)

  /// As `denoise`, and also the divergence of D at each row, Σⱼ ∂Dⱼ/∂xⱼ.
  func denoise(
    _ states: MatrixHandle, at level: NoiseLevel, into denoised: MatrixHandle,
    divergences: inout [Double])
}

extension DenoisingWorker {
  /// Nothing: all rows are alike.
  public func begin(rows: Range<Int>) {}
}

extension Denoiser {
  /// D of each row of `states`, which are all at `level`.
  public func denoise(
    _ states: Matrix, at level: NoiseLevel, engine: Engine = .current
  ) -> Matrix {
    require(
      states.columns == dimension,
      "denoise: states of \(states.columns) columns for a denoiser of \(dimension)")
    var denoised = Matrix(rows: states.rows, columns: states.columns)
    let worker = makeWorker(capacity: states.rows, engine: engine)
    denoised.withMutableHandle { denoised in
      worker.begin(rows: 0..<states.rows)
      states.withHandle { worker.denoise($0, at: level, into: denoised) }
    }
    return denoised
  }
}
