public import LinearAlgebra

/// The exact denoiser of a finite set of points, each as probable as the others:
///
///     wᵢ ∝ exp(-‖x - α xᵢ‖²/2σ²),  D(x) = Σ wᵢ xᵢ,  div D = (α/σ²) Σ wᵢ ‖xᵢ - D‖²
///
/// What a network trained on these points would become if it learned them by heart. Without noise, D is
/// the nearest xᵢ to x/α, the limit.
///
/// **Precision.** Where rounding can change no weight by more than a share of 3·10⁻⁴, the weights are
/// `Float`, of a matrix product; D is then exact to some 10⁻⁷ of the data and divergences to some 10⁻⁵, as
/// the errors of many weights cancel. Elsewhere the product only finds the points that can have a weight,
/// all but e⁻¹⁷ of the whole, and these are weighted in `Double`, from the distances themselves. For data of
/// deviation 1 in the plane the former is so from σ = 0.06 on; data far from the origin should be
/// centered. Either way a row's result depends on that row alone, up to the engine's products.
public struct EmpiricalDenoiser: Sendable {
  /// The points xᵢ.
  public let points: Matrix
  /// Points with ½ ‖xᵢ‖² as one more column, for logits.
  let logitColumns: Matrix
  /// Points with ‖xᵢ‖² and 1 as two more columns, for sums.
  let sumColumns: Matrix
  /// The largest ‖xᵢ‖.
  let radius: Double

  /// The denoiser of the rows of `points`. Of no points, or if one of them is not finite, all that it finds
  /// is NaN.
  public init(_ points: Matrix) {
    self.points = points
    let columns = points.columns
    let squares = (0..<points.rows).map { row in
      (0..<columns).reduce(0) { $0 + Double(points[row, $1]) * Double(points[row, $1]) }
    }
    logitColumns = Matrix(rows: points.rows, columns: columns + 1) { row, column in
      column < columns ? points[row, column] : Float(0.5 * squares[row])
    }
    sumColumns = Matrix(rows: points.rows, columns: columns + 2) { row, column in
      column < columns ? points[row, column] : column == columns ? Float(squares[row]) : 1
    }
    radius = (squares.max() ?? 0).squareRoot()
  }
}

extension EmpiricalDenoiser: Denoiser {
  /// Columns of a state.
  public var dimension: Int { points.columns }

  public func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    points.rows > 0 && points.isFinite
      ? EmpiricalWorker(self, engine: engine) : UndefinedWorker(dimension: dimension)
  }
}

/// Finds NaN behind all states.
private final class UndefinedWorker: DivergenceWorker {
  private let dimension: Int

  init(dimension: Int) { self.dimension = dimension }

  func denoise(
    _ states: MatrixView, at level: NoiseLevel, into denoised: inout MutableMatrixView
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkShapes(states, denoised, dimension: dimension)
    denoised.fill(.nan)
  }

  func denoise(
    _ states: MatrixView, at level: NoiseLevel, into denoised: inout MutableMatrixView,
    divergences: inout [Double]
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkDivergences(divergences, states)
    denoise(states, at: level, into: denoised)
    for row in 0..<states.rows { divergences[row] = .nan }
  }
}
