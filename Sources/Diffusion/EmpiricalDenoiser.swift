public import LinearAlgebra

/// The exact denoiser of a finite set of equally probable points:
///
///     wᵢ ∝ exp(-‖x - α xᵢ‖²/2σ²),  D(x) = Σ wᵢ xᵢ,  div D = (α/σ²) Σ wᵢ ‖xᵢ - D‖²
///
/// A network that memorized these points would equal this denoiser. Without noise, D is the limit: the xᵢ
/// nearest to x/α.
///
/// **Precision.** Where rounding changes no weight by more than a share of 3·10⁻⁴, the weights are `Float`
/// and come from a matrix product. D is then exact to about 10⁻⁷ of the data and divergences to about 10⁻⁵,
/// since the errors of many weights cancel. Elsewhere the product only selects the points that can have a
/// weight, all but e⁻¹⁷ of the total. Their weights are computed in `Double` from the distances themselves.
/// For data of deviation 1 in the plane, `Float` suffices from σ = 0.06 on; center data that are far from
/// the origin. In both cases the result of a row depends on that row alone, up to the engine's products.
public struct EmpiricalDenoiser: Sendable {
  /// The points xᵢ.
  public let points: Matrix<Float>
  /// The points with ½ ‖xᵢ‖² as an additional column, for logits.
  let logitColumns: Matrix<Float>
  /// The points with ‖xᵢ‖² and 1 as two additional columns, for sums.
  let sumColumns: Matrix<Float>
  /// The largest ‖xᵢ‖.
  let radius: Double

  /// Creates the denoiser of the rows of `points`.
  ///
  /// If there are no points, or if a point is not finite, all estimates are NaN.
  public init(_ points: Matrix<Float>) {
    self.points = points
    let columns = points.columns
    let squares = (0..<points.rows).map { row in
      (0..<columns).reduce(0) { $0 + Double(points[row, $1]) * Double(points[row, $1]) }
    }
    logitColumns = Matrix<Float>(rows: points.rows, columns: columns + 1) { row, column in
      column < columns ? points[row, column] : Float(0.5 * squares[row])
    }
    sumColumns = Matrix<Float>(rows: points.rows, columns: columns + 2) { row, column in
      column < columns ? points[row, column] : column == columns ? Float(squares[row]) : 1
    }
    radius = (squares.max() ?? 0).squareRoot()
  }
}

extension EmpiricalDenoiser: Denoiser {
  /// The number of columns of a state.
  public var dimension: Int { points.columns }

  public func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    points.rows > 0 && points.isFinite
      ? EmpiricalWorker(self, engine: engine) : UndefinedWorker(dimension: dimension)
  }
}

/// A worker whose estimates are all NaN.
private final class UndefinedWorker: DivergenceWorker {
  private let dimension: Int

  init(dimension: Int) { self.dimension = dimension }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel, into denoised: inout MutableMatrixView<Float>
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkShapes(states, denoised, dimension: dimension)
    denoised.fill(.nan)
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel,
    into denoised: inout MutableMatrixView<Float>,
    divergences: inout [Double]
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkDivergences(divergences, states)
    denoise(states, at: level, into: denoised)
    for row in 0..<states.rows { divergences[row] = .nan }
  }
}
