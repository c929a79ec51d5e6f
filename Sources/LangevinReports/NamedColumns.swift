import LangevinPreconditions
package import LinearAlgebra

/// Data and the samples that should resemble them, as numbers in named columns.
package struct NamedColumns: Sendable {
  /// The names of the columns.
  package let names: [String]
  /// The real points, one per row.
  package let data: Matrix<Float>
  /// The samples of a model, one per row.
  package let samples: Matrix<Float>
  /// Whether the columns are the coordinates of points in the plane, so that both axes need the same scale.
  package let arePlane: Bool

  /// Creates columns with these `names` from `data` and `samples`.
  package init(names: [String], data: Matrix<Float>, samples: Matrix<Float>, arePlane: Bool = false)
  {
    require(
      data.columns == names.count && samples.columns == names.count,
      """
      NamedColumns: \(names.count) names for data of \(data.columns) columns and samples of \
      \(samples.columns)
      """)
    self.names = names
    self.data = data
    self.samples = samples
    self.arePlane = arePlane && names.count == 2
  }

  /// Returns the finite numbers of column `index` of `matrix`.
  static func finite(_ matrix: Matrix<Float>, _ index: Int) -> [Double] {
    (0..<matrix.rows).map { Double(matrix[$0, index]) }.filter(\.isFinite)
  }
}
