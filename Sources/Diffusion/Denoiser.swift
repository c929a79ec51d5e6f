import LangevinPreconditions
public import LinearAlgebra

/// A function that estimates the data behind noisy states: a trained model, or an exact solution.
///
/// At a level (α, σ), a state x = α x₀ + σ ε has the denoised state D(x) = E[x₀ | x]. The estimated noise
/// is (x - α D)/σ and the score is (α D - x)/σ². The reverse process needs nothing else.
///
/// ``ClosureDenoiser`` turns a closure into a denoiser. A conforming type of your own can keep memory from
/// one call to the next.
public protocol Denoiser: Sendable {
  /// The number of columns of a state.
  var dimension: Int { get }
  /// Returns a worker with which one thread denoises up to `capacity` states at a time.
  func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker
}

/// The memory of a denoiser on one thread.
public protocol DenoisingWorker: AnyObject {
  /// Prepares for the states of the rows `rows`, before their first level.
  ///
  /// By default this does nothing. It is for denoisers that know more about a row than its state.
  func begin(rows: Range<Int>)

  /// Writes the denoised state D(x) of each row of `states`, which are all at `level`, to `denoised`.
  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel, into denoised: inout MutableMatrixView<Float>
  )
}

/// A worker that also computes divergences, which ``ProbabilityFlow`` needs.
public protocol DivergenceWorker: DenoisingWorker {
  /// Writes the denoised state D(x) of each row of `states` to `denoised`, and the divergence Σⱼ ∂Dⱼ/∂xⱼ to
  /// `divergences`.
  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel,
    into denoised: inout MutableMatrixView<Float>,
    divergences: inout [Double])
}

extension DenoisingWorker {
  public func begin(rows: Range<Int>) {}

  func denoise(
    _ states: MatrixHandle<Float>, at level: NoiseLevel, into denoised: MatrixHandle<Float>
  ) {
    var denoised = MutableMatrixView<Float>(denoised)
    denoise(MatrixView<Float>(states), at: level, into: &denoised)
  }
}

extension DivergenceWorker {
  func denoise(
    _ states: MatrixHandle<Float>, at level: NoiseLevel, into denoised: MatrixHandle<Float>,
    divergences: inout [Double]
  ) {
    var denoised = MutableMatrixView<Float>(denoised)
    denoise(MatrixView<Float>(states), at: level, into: &denoised, divergences: &divergences)
  }
}

/// A denoiser that calls a closure.
///
///     let point = ClosureDenoiser(dimension: 2) { x, level in
///       Matrix(rows: x.rows, columns: 2) { _, column in column == 0 ? 1 : -1 }
///     }
public struct ClosureDenoiser: Denoiser {
  /// A closure that returns the denoised state D(x) of each row of the states, which are all at one level.
  public typealias Denoise =
    @Sendable (_ states: Matrix<Float>, _ level: NoiseLevel) -> Matrix<Float>
  /// A closure that returns the divergence Σⱼ ∂Dⱼ/∂xⱼ at each row of the states.
  public typealias Divergence = @Sendable (_ states: Matrix<Float>, _ level: NoiseLevel) -> [Double]

  public let dimension: Int
  private let closure: Denoise
  private let divergence: Divergence?

  /// Creates a denoiser of states of `dimension` columns.
  ///
  /// Several threads call the closures at the same time. Only the likelihoods of ``ProbabilityFlow`` need
  /// `divergence`.
  public init(
    dimension: Int, divergence: Divergence? = nil, _ denoise: @escaping Denoise
  ) {
    self.dimension = dimension
    self.divergence = divergence
    closure = denoise
  }

  public func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    divergence.map { DivergentClosureWorker(closure, $0) } ?? ClosureWorker(closure)
  }

  private class ClosureWorker: DenoisingWorker {
    private let closure: Denoise

    init(_ closure: @escaping Denoise) { self.closure = closure }

    func denoise(
      _ states: MatrixView<Float>, at level: NoiseLevel,
      into denoised: inout MutableMatrixView<Float>
    ) {
      let result = closure(Matrix<Float>(states), level)
      require(
        result.rows == states.rows && result.columns == denoised.columns,
        """
        ClosureDenoiser: the closure returns \(result.shapeDescription) for states of \
        \(states.rows) × \(states.columns)
        """)
      denoised.copy(result.view)
    }
  }

  private final class DivergentClosureWorker: ClosureWorker, DivergenceWorker {
    private let divergence: Divergence

    init(_ closure: @escaping Denoise, _ divergence: @escaping Divergence) {
      self.divergence = divergence
      super.init(closure)
    }

    func denoise(
      _ states: MatrixView<Float>, at level: NoiseLevel,
      into denoised: inout MutableMatrixView<Float>,
      divergences: inout [Double]
    ) {
      denoise(states, at: level, into: &denoised)
      let values = divergence(Matrix<Float>(states), level)
      require(
        values.count == states.rows,
        "ClosureDenoiser: \(values.count) divergences for \(states.rows) states")
      divergences = values
    }
  }
}

extension Denoiser {
  /// Returns the denoised state D(x) of each row of `states`, which are all at `level`.
  public func denoise(
    _ states: Matrix<Float>, at level: NoiseLevel, engine: Engine = .current
  ) -> Matrix<Float> {
    require(
      states.columns == dimension,
      "denoise: states of \(states.columns) columns for a denoiser of \(dimension)")
    var denoised = Matrix<Float>(rows: states.rows, columns: states.columns)
    let worker = makeWorker(capacity: states.rows, engine: engine)
    denoised.withMutableHandle { denoised in
      worker.begin(rows: 0..<states.rows)
      states.withHandle { worker.denoise($0, at: level, into: denoised) }
    }
    return denoised
  }
}
