import LinearAlgebra

/// Checks that a measure can compare two sets of points.
enum PointSets {
  /// Throws an error unless each set has at least `needed` finite points, and both are in the same space.
  static func check(
    samples: Matrix<Float>, reference: Matrix<Float>, needed: Int = 1, for measure: String
  ) throws(EvaluationError) {
    guard samples.columns == reference.columns else {
      throw .columnsDiffer(samples: samples.columns, reference: reference.columns)
    }
    guard samples.columns > 0 else { throw .noColumns }
    for (name, points) in [("samples", samples), ("reference points", reference)] {
      guard points.rows >= needed else {
        throw .tooFewPoints(set: name, count: points.rows, needed: needed, measure: measure)
      }
      try requireFinite(points, name)
    }
  }

  private static func requireFinite(_ points: Matrix<Float>, _ name: String) throws(EvaluationError)
  {
    let elements = points.elements
    for index in elements.indices where !elements[index].isFinite {
      let (row, column) = index.quotientAndRemainder(dividingBy: points.columns)
      throw .notFinite(set: name, row: row, column: column)
    }
  }
}

extension Matrix<Float> {
  /// Returns the first `limit` rows, or all if there are fewer.
  func firstRows(_ limit: Int) -> Matrix<Float> { rows <= limit ? self : rows(0..<limit) }
}
