import LinearAlgebra

/// The text table of an ``EvaluationReport``.
package enum EvaluationTable {
  /// Returns a line for each measure: its value and its floor, each as mean and, in brackets, range over the
  /// seeds; the number of samples used; the meaning of the value. A check mark shows that a measure reaches
  /// its floor. A line for each omitted measure follows.
  package static func text(_ report: EvaluationReport) -> String {
    var rows = [["measure", "", "value", "", "floor", "", "points", "meaning"]]
    for result in report.results {
      // Both have the same number of decimals, so that they can be compared at a glance.
      let decimals = decimals(for: [result.value, result.floor])
      rows.append(
        [result.measure.rawValue, result.reachesFloor ? "✓" : ""]
          + columns(result.value, decimals) + columns(result.floor, decimals)
          + ["\(result.points)", result.measure.meaning])
    }
    var lines = layOut(rows)
    for omission in report.omitted {
      lines.append("\(omission.measure.rawValue) was left out: \(omission.reason)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func columns(_ spread: Spread, _ decimals: Int) -> [String] {
    let range = "[\(spread.minimum.fixed(decimals)), \(spread.maximum.fixed(decimals))]"
    return [spread.mean.fixed(decimals), spread.values.count > 1 ? range : ""]
  }

  /// Returns enough decimals for three digits of each mean, or of the range if that is larger; at most six.
  package static func decimals(for spreads: [Spread]) -> Int {
    let scales = spreads.map { max($0.mean.magnitude, $0.maximum - $0.minimum) }
    var scale = scales.filter { $0 > 0 }.min() ?? 1
    var decimals = 2
    while scale < 1 && decimals < 6 {
      scale *= 10
      decimals += 1
    }
    return decimals
  }

  /// Aligns words to the left and numbers to the right of their columns.
  private static func layOut(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        let isNumber = (2...6).contains(column)
        if column == row.count - 1 { return row[column] }
        return isNumber ? gap + row[column] : row[column] + gap
      }.joined(separator: "  ")
    }
  }
}

extension EvaluationReport: CustomStringConvertible {
  /// A table of the measures: a line for each, with its value and its floor as mean and range over the seeds,
  /// the number of samples, and the meaning of the value. A check mark shows that a measure reaches its
  /// floor.
  public var description: String { EvaluationTable.text(self) }
}
