/// Integers as numbers from 0 to 1, without gaps between them:
///
///     z = (v - least + u)/count,  v = least + ⌊count z⌋
///
/// with u uniform on [0, 1). A density of z then bounds the probability of v from below:
///
///     E_u log₂ p(z) - log₂ count ≤ log₂ P(v)
///
/// for each pixel (uniform dequantization: Theis et al. 2016, arXiv 1511.01844).
package struct PixelLevels: Codable, Sendable, Hashable {
  /// The least integer.
  package let least: Int
  /// How many there are.
  package let count: Int

  /// The most levels.
  static let most = 1 << 16

  /// Those from `least` on.
  init(least: Int, count: Int) {
    (self.least, self.count) = (least, count)
  }

  /// z of `value`; `place`, u, is from 0 up to 1.
  func encode(_ value: Double, place: Double) -> Double {
    // In the midst of one of 256 parts of a level, so that as `Float` it stays within.
    let place = ((place * 256).rounded(.down) + 0.5) / 256
    return (value - Double(least) + place) / Double(count)
  }

  /// v of `z`; what is beyond the levels is the last.
  func decode(_ z: Double) -> Double {
    let level = min(max((z * Double(count)).rounded(.down), 0), Double(count - 1))
    // NaN is none.
    return Double(least) + (level.isNaN ? 0 : level)
  }

  /// From the least to the greatest.
  var range: ClosedRange<Double> { Double(least)...Double(least + count - 1) }

  /// Where `value` lies between them, from 0 to 1.
  package func brightness(_ value: Double) -> Double {
    count == 1 ? 0 : min(max((value - Double(least)) / Double(count - 1), 0), 1)
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    (1...Self.most).contains(count) && abs(least) <= 1 << 40 ? nil : "invalid pixel range"
  }
}

extension PixelLevels {
  /// The levels of `columns`, the pixels of images of `shape` in `rows` rows.
  init(_ columns: [Column], of shape: ImageShape, rows: Int) throws(TableError) {
    if columns.count != shape.pixels {
      throw .format(
        """
        an image of \(shape) has \(shape.pixels) pixels, and its rows have \(columns.count) columns besides \
        conditions; give the shape, width x height, of its images
        """)
    }
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for column in columns {
      guard case .numbers(let numbers) = column.cells else {
        throw .format(
          "column \(TableError.quoted(column.name)) is of \(column.kind == .numeric ? "huge numbers" : "texts"), "
            + "and pixels are integers below 2⁴⁰")
      }
      for (row, number) in numbers.enumerated() {
        guard number == number.rounded(), abs(number) < 0x1p40 else {
          throw .format(
            """
            row \(row + 1), column \(TableError.quoted(column.name)): \
            \(number.isNaN ? "it is missing" : "\(number) is no integer"), and pixels are integers; scale \
            and round them, to 0 … 255 say
            """)
        }
        (least, greatest) = (min(least, number), max(greatest, number))
      }
    }
    if greatest - least >= Double(Self.most) {
      throw .format(
        "its pixels are from \(least) to \(greatest), more than \(Self.most) levels; scale them down"
      )
    }
    self.init(least: Int(least), count: Int(greatest - least) + 1)
  }
}
