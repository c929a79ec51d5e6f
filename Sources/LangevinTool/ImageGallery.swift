import LinearAlgebra
import Plots
import Tables

/// Which of many images are shown: some of each class, a line for each, or the first ones.
struct ImageGallery {
  private let encoding: TableEncoding
  private let shape: ImageShape
  private let columns: Int
  /// The rows that are shown; nil is an empty place.
  private let places: [Int?]

  /// The most lines.
  private static let mostLines = 12

  /// A gallery of images like `rows`, coordinates of `encoding` with their contexts, `columns` a line; nil if
  /// the table is not of images.
  init?(_ encoding: TableEncoding, _ rows: Matrix, columns: Int = 10) {
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

  /// How many rows it needs to see.
  var rowCount: Int { (places.lazy.compactMap(\.self).max() ?? 0) + 1 }

  /// How many rows are enough to fill a gallery.
  static func rows(_ encoding: TableEncoding, columns: Int = 10) -> Int {
    let classes = encoding.columns.first(where: \.isCondition)?.width ?? 0
    // Classes come as often as in the data: of the rarer ones, enough too.
    return classes == 0 ? columns * columns : 4 * columns * min(classes, Self.mostLines)
  }

  /// The images at its places of `points`, which may be without contexts.
  func images(_ points: Matrix) -> GrayImages {
    let brightness = encoding.brightness(points)
    let shown = Matrix(rows: places.count, columns: shape.pixels) { place, pixel in
      places[place].map { brightness[$0, pixel] } ?? 0
    }
    return GrayImages(shown, width: shape.width, height: shape.height, columns: columns)
  }
}
