import LangevinKernelTable
import LinearAlgebra

/// The squared norm of all gradients, summed in fixed grains of each parameter.
///
/// The grains make the bits of the sum independent of how threads share the work.
final class SquaredNorms: @unchecked Sendable {
  private let layout: ParameterLayout
  /// For each parameter, the index of its first grain.
  private let firstGrains: [Int]
  private let sums: NumberBuffer<Double>

  init(_ layout: ParameterLayout) {
    self.layout = layout
    var first = 0
    var firstGrains: [Int] = []
    for declaration in layout.declarations {
      firstGrains.append(first)
      let rows = declaration.isVector ? declaration.columns : declaration.rows
      first += (rows + declaration.grain - 1) / declaration.grain
    }
    self.firstGrains = firstGrains
    sums = NumberBuffer(count: first)
  }

  /// Sums `part` of the gradients in the flat buffer `flat`.
  func sum(_ flat: MatrixHandle<Float>, _ part: Part, engine: Engine) {
    let kernels = engine.floats
    // A loop over indices: in a debug build, `enumerated()` allocates.
    for index in layout.declarations.indices {
      let declaration = layout.declarations[index]
      let rows = declaration.rows(of: part)
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: declaration.grain) {
        let end = min(row + declaration.grain, rows.upperBound)
        let elements = layout.elements(ofParameter: index, rows: row..<end)
        unsafe sums.base[firstGrains[index] + row / declaration.grain] = kernels.squaredNorm(
          elements.count, flat.base + elements.lowerBound)
      }
    }
  }

  /// The squared norm Σ g² over all parts.
  var total: Double {
    var total = 0.0
    for grain in 0..<sums.count { unsafe total += sums.base[grain] }
    return total
  }
}
