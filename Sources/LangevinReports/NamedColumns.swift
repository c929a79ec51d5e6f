import LangevinPreconditions
package import LinearAlgebra

/// Data, and samples that should resemble them: numbers in columns that have names.
package struct NamedColumns: Sendable {
  /// The names of the columns.
  package let names: [String]
  /// Real points, one a row.
  package let data: Matrix
  /// Samples of a model, one a row.
  package let samples: Matrix
  /// Whether there are two columns, the coordinates of points of the plane: a unit is as long on either.
  package let arePlane: Bool

  /// `data` and `samples`, whose columns have these `names`.
  package init(names: [String], data: Matrix, samples: Matrix, arePlane: Bool = false) {
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

  /// The finite numbers of column `index` of `matrix`.
  static func finite(_ matrix: Matrix, _ index: Int) -> [Double] {
    (0..<matrix.rows).map { Double(matrix[$0, index]) }.filter(\.isFinite)
  }
}
