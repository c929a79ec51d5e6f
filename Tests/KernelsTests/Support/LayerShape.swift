import LangevinKernels
import Testing

/// Rows of a batch, and the columns on either side of a layer.
struct LayerShape: Sendable, CustomTestStringConvertible {
  var rows: Int
  /// Columns of the result.
  var columns: Int
  /// Columns over which a product sums.
  var inner: Int

  init(_ rows: Int, _ columns: Int, _ inner: Int) {
    self.rows = rows
    self.columns = columns
    self.inner = inner
  }

  var testDescription: String { "\(rows) × \(columns) × \(inner)" }

  /// Around the tiles of every level (of 12, 8, 4 and 6, 4, 2 rows, of 8, 16, 32 columns) and its
  /// vectors; one, two, three and more blocks of the inner dimension (384); several of rows (120,
  /// 240), also of so many that factors are packed; more columns than are packed at once (1024).
  static let all: [LayerShape] = {
    var shapes: [LayerShape] = []
    for rows in [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 25] {
      for columns in [1, 2, 3, 4, 5, 31, 32, 33, 64, 70] {
        shapes.append(LayerShape(rows, columns, 7))
      }
    }
    for inner in [1, 2, 127, 128, 129, 383, 384, 385, 800, 1153] {
      for (rows, columns) in [(1, 1), (5, 3), (7, 33), (14, 70)] {
        shapes.append(LayerShape(rows, columns, inner))
      }
    }
    return shapes + [
      LayerShape(121, 9, 10), LayerShape(245, 150, 140), LayerShape(50, 140, 800),
      LayerShape(970, 33, 5), LayerShape(970, 6, 400), LayerShape(490, 135, 70),
      LayerShape(5, 1100, 3), LayerShape(3, 1030, 390),
    ]
  }()

  /// The product of `rows` × `inner` numbers, one after the other, and a factor that is
  /// `columns` × `inner`, or its transpose.
  func naiveProduct(_ a: [Float], _ b: [Float], transposeB: Bool) -> [Float] {
    var c = [Float](repeating: .nan, count: rows * columns)
    unsafe multiplyNaively(
      transposeA: false, transposeB: transposeB, rows: rows, columns: columns, inner: inner,
      alpha: 1, a: a, strideA: inner, b: b, strideB: transposeB ? inner : columns, beta: 0, c: &c,
      strideC: columns)
    return c
  }
}

/// Where copies go, if any are made.
enum Copies: CaseIterable, Sendable {
  case none
  /// Whole vectors may be streamed there.
  case aligned
  /// The first row does not begin on a vector.
  case unalignedStart
  /// Rows are no multiple of vectors apart.
  case unalignedRows

  /// Floats between a cache line's start and the first copy.
  var offset: Int { self == .unalignedStart ? 1 : 0 }

  /// How far rows of `columns` are apart: always further than they are long.
  func stride(_ columns: Int) -> Int {
    switch self {
    case .none: columns + 5
    case .aligned, .unalignedStart: (columns + 15) / 16 * 16 + 16
    case .unalignedRows: (columns + 15) / 16 * 16 + 1
    }
  }
}

/// What lies between rows, and must remain.
let filler: Float = 99

/// Rows of `columns` elements, set `stride` apart with filler between them. The last one ends with
/// its last element, so that a sanitizer notices who goes on.
func spread(_ elements: [Float], columns: Int, stride: Int) -> [Float] {
  let rows = elements.count / columns
  var result = [Float](repeating: filler, count: (rows - 1) * stride + columns)
  for row in 0..<rows {
    result.replaceSubrange(
      row * stride..<row * stride + columns, with: elements[row * columns..<(row + 1) * columns])
  }
  return result
}

/// As ``spread(_:columns:stride:)``, nothing but filler.
func fillers(rows: Int, columns: Int, stride: Int) -> [Float] {
  [Float](repeating: filler, count: (rows - 1) * stride + columns)
}
