/// Uniform dequantization of pixels: integers become numbers from 0 to 1 without gaps.
///
///     z = (v - least + u)/count,  v = least + ⌊count z⌋
///
/// Here u is uniform on [0, 1). A density of z then bounds the probability of v from below, for each pixel
/// (Theis et al. 2016, arXiv 1511.01844):
///
///     E_u log₂ p(z) - log₂ count ≤ log₂ P(v)
package struct PixelLevels: Codable, Sendable, Hashable {
  /// The lowest level.
  package let least: Int
  /// The number of levels.
  package let count: Int

  /// The maximum number of levels.
  static let most = 1 << 16

  /// Creates `count` levels from `least` upward.
  init(least: Int, count: Int) {
    (self.least, self.count) = (least, count)
  }

  /// Returns z of `value`; `place` is u, from 0 to 1.
  func encode(_ value: Double, place: Double) -> Double {
    // In the middle of one of 256 parts of the level, so that rounding z to `Float` does not leave the level.
    let place = ((place * 256).rounded(.down) + 0.5) / 256
    return (value - Double(least) + place) / Double(count)
  }

  /// Returns v of `z`, clamped to the levels; the lowest level for NaN.
  func decode(_ z: Double) -> Double {
    let level = min(max((z * Double(count)).rounded(.down), 0), Double(count - 1))
    return Double(least) + (level.isNaN ? 0 : level)
  }

  /// The levels from the lowest to the highest.
  var range: ClosedRange<Double> { Double(least)...Double(least + count - 1) }

  /// Returns the brightness of `value`, from 0 at the lowest level to 1 at the highest.
  package func brightness(_ value: Double) -> Double {
    count == 1 ? 0 : min(max((value - Double(least)) / Double(count - 1), 0), 1)
  }

  /// The reason why levels from a file are invalid; nil if they are valid.
  var problem: String? {
    (1...Self.most).contains(count) && abs(least) <= 1 << 40 ? nil : "invalid pixel range"
  }
}

extension PixelLevels {
  /// Creates the levels of `columns`, which are the pixels of images of `shape`, one per row.
  ///
  /// - Throws: ``TableError`` if the number of columns is not that of the pixels, if a cell is not an
  ///   integer, or if the levels are too many.
  init(_ columns: [Column], of shape: ImageShape, rows: Int) throws(TableError) {
    if columns.count != shape.pixels {
      throw .format(
        """
        an image of \(shape) has \(shape.pixels) pixels, but the rows have \(columns.count) columns without \
        conditions; give the width x height of the images
        """)
    }
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for column in columns {
      guard case .numbers(let numbers) = column.cells else {
        throw .format(
          "column \(TableError.quoted(column.name)) has \(column.kind == .numeric ? "huge numbers" : "texts")"
            + ", but pixels must be integers below 2⁴⁰; change the column, or leave it out")
      }
      for (row, number) in numbers.enumerated() {
        guard number == number.rounded(), abs(number) < 0x1p40 else {
          throw .format(
            """
            row \(row + 1), column \(TableError.quoted(column.name)): \
            \(number.isNaN ? "it is missing" : "\(number) is not an integer below 2⁴⁰"), but pixels must \
            be such integers; scale and round them, for example to 0 … 255
            """)
        }
        (least, greatest) = (min(least, number), max(greatest, number))
      }
    }
    if greatest - least >= Double(Self.most) {
      throw .format(
        "its pixels range from \(least) to \(greatest), more than \(Self.most) levels; scale them down"
      )
    }
    self.init(least: Int(least), count: Int(greatest - least) + 1)
  }
}
