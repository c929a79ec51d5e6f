import LangevinPreconditions
import LinearAlgebra

/// The distribution from which the reverse process starts, at the noisiest level (α, σ).
public enum Prior: Sendable, Hashable {
  /// The normal distribution N(0, (α² + σ²) I), which has the moments of states whose data have mean 0 and
  /// variance 1.
  ///
  /// For variance-preserving schedules it is N(0, I).
  case standard
  /// The normal distribution N(α m, α² Σ + σ² I), from the mean m and the covariances Σ of the data.
  ///
  /// With a schedule that leaves too much signal, sampling then starts from nearly the right distribution.
  /// If the moments have no covariances, their variances are used.
  case moments(DataMoments)

  /// A map that turns standard normal numbers into a state at a level: x = m' + L z + α · data.
  struct Map {
    var mean: [Double]
    /// The lower triangle of the Cholesky factor, row by row, or the deviation of each column.
    var factor: [Double]
    var isDiagonal: Bool
    /// The scaled data to add, with rows repeated in order.
    var data: Matrix<Float>?

    /// Replaces each row z of `states` with x. `first` is the index of its first row among all rows.
    func apply(to states: MatrixHandle<Float>, first: Int) {
      scale(states)
      guard let data else { return }
      for row in 0..<states.rows {
        for column in 0..<states.columns {
          unsafe states.base[row * states.stride + column] +=
            data[
              (first + row) % data.rows, column]
        }
      }
    }

    private func scale(_ states: MatrixHandle<Float>) {
      let columns = mean.count
      for row in 0..<states.rows {
        let state = unsafe states.base + row * states.stride
        // From the last column to the first, as column i needs the old values of columns 0 … i.
        for i in stride(from: columns - 1, through: 0, by: -1) {
          var value = mean[i]
          if isDiagonal {
            unsafe value += factor[i] * Double(state[i])
          } else {
            for j in 0...i { unsafe value += factor[i * columns + j] * Double(state[j]) }
          }
          unsafe state[i] = Float(value)
        }
      }
    }
  }

  /// Returns the map to α x + σ z, where x are the rows of `data`, repeated in order.
  static func map(diffusing data: Matrix<Float>, at level: NoiseLevel) -> Map {
    Map(
      mean: Array(repeating: 0, count: data.columns),
      factor: Array(repeating: level.sigma, count: data.columns), isDiagonal: true,
      data: Float(level.alpha) * data)
  }

  func map(at level: NoiseLevel, dimension: Int) -> Map {
    switch self {
    case .standard:
      return Map(
        mean: Array(repeating: 0, count: dimension),
        factor: Array(repeating: level.scale, count: dimension), isDiagonal: true)
    case .moments(let moments):
      require(
        moments.dimension == dimension,
        "Prior: moments of \(moments.dimension) columns for states of \(dimension)")
      let (signal, noise) = (level.alpha, level.sigma)
      let mean = moments.mean.map { signal * $0 }
      guard let covariance = moments.covariance else {
        return Map(
          mean: mean,
          factor: moments.variance.map {
            (signal * signal * $0 + noise * noise).squareRoot()
          }, isDiagonal: true)
      }
      var matrix = covariance.map { signal * signal * $0 }
      for i in 0..<dimension { matrix[i * dimension + i] += noise * noise }
      return Map(
        mean: mean, factor: choleskyFactor(matrix, order: dimension), isDiagonal: false)
    }
  }
}

/// Returns the lower triangle L with L Lᵀ = `matrix`, in `Double`.
///
/// The matrix is a covariance plus σ² I, so it is positive definite except for rounding. A pivot that
/// rounding makes negative becomes zero.
func choleskyFactor(_ matrix: [Double], order: Int) -> [Double] {
  var factor = [Double](repeating: 0, count: order * order)
  for i in 0..<order {
    for j in 0...i {
      var sum = matrix[i * order + j]
      for k in 0..<j { sum -= factor[i * order + k] * factor[j * order + k] }
      if i == j {
        factor[i * order + i] = max(0, sum).squareRoot()
      } else {
        let pivot = factor[j * order + j]
        factor[i * order + j] = pivot > 0 ? sum / pivot : 0
      }
    }
  }
  return factor
}
