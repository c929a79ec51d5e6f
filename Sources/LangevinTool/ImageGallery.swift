import LinearAlgebra
import Plots
import Tables

/// A selection of images to show: some of each class, one line per class, or the first ones without classes.
struct ImageGallery {
  private let encoding: TableEncoding
  private let shape: ImageShape
  private let columns: Int
  /// The index of the row at each place; nil for an empty place.
  private let places: [Int?]

  /// The largest number of lines.
  private static let mostLines = 12

  /// Creates a gallery of images like `rows`; nil if the table is not of images.
  ///
  /// - Parameters:
  ///   - encoding: The encoding of the table.
  ///   - rows: Coordinates with their contexts, one image per row.
  ///   - columns: The number of images per line.
  init?(_ encoding: TableEncoding, _ rows: Matrix<Float>, columns: Int = 10) {
    guard let shape = encoding.image else { return nil }
    self.encoding = encoding
    self.shape = shape
    self.columns = columns
    guard let codes = encoding.codesOfFirstCondition(rows) else {
      places = (0..<min(rows.rows, columns * columns)).map { $0 }
      return
    }
    let classes = Set(codes).sorted().prefix(Self.mostLines)
    places = classes.flatMap { code in
      let members = codes.indices.lazy.filter { codes[$0] == code }.prefix(columns).map {
        $0 as Int?
      }
      return Array(members) + Array(repeating: nil, count: columns - members.count)
    }
  }

  /// The number of rows that contain all shown images.
  var rowCount: Int { (places.lazy.compactMap(\.self).max() ?? 0) + 1 }

  /// Returns a number of rows that is enough to fill a gallery.
  static func rows(_ encoding: TableEncoding, columns: Int = 10) -> Int {
    let classes = encoding.columns.first(where: \.isCondition)?.width ?? 0
    // Classes have the proportions of the data, so more rows are needed for enough of the rarer ones.
    return classes == 0 ? columns * columns : 4 * columns * min(classes, Self.mostLines)
  }

  /// Returns the images of `points`, with or without contexts, that the gallery shows.
  func images(_ points: Matrix<Float>) -> GrayImages {
    let brightness = encoding.brightness(points)
    let shown = Matrix<Float>(rows: places.count, columns: shape.pixels) { place, pixel in
      places[place].map { brightness[$0, pixel] } ?? 0
    }
    return GrayImages(shown, width: shape.width, height: shape.height, columns: columns)
  }
}
