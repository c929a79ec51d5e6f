import LangevinKernels
import Testing

/// The rows of a batch and the columns on either side of a layer.
struct LayerShape: Sendable, CustomTestStringConvertible {
  var rows: Int
  /// The columns of the result.
  var columns: Int
  /// The columns over which the product sums.
  var inner: Int

  init(_ rows: Int, _ columns: Int, _ inner: Int) {
    self.rows = rows
    self.columns = columns
    self.inner = inner
  }

  var testDescription: String { "\(rows) × \(columns) × \(inner)" }

  /// Sizes around the tiles of every instruction set (12, 8, 4 and 6, 4, 2 rows; 8, 16, 32 columns) and
  /// around its vectors; one, two, three, and more blocks of the inner dimension (384); several blocks
  /// of rows (120, 240), also enough rows that factors are packed; and more columns than are packed at
  /// once (1024).
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

  /// Returns the product of contiguous `rows` × `inner` numbers and a factor that is `columns` × `inner`
  /// if `transposeB`, otherwise `inner` × `columns`.
  func naiveProduct(_ a: [Float], _ b: [Float], transposeB: Bool) -> [Float] {
    var c = [Float](repeating: .nan, count: rows * columns)
    unsafe multiplyNaively(
      transposeA: false, transposeB: transposeB, rows: rows, columns: columns, inner: inner,
      alpha: 1, a: a, strideA: inner, b: b, strideB: transposeB ? inner : columns, beta: 0, c: &c,
      strideC: columns)
    return c
  }
}

/// The memory for copies, if any are made.
enum Copies: CaseIterable, Sendable {
  case none
  /// Whole vectors may be streamed.
  case aligned
  /// The first row does not start at a vector boundary.
  case unalignedStart
  /// The stride is not a multiple of the vector width.
  case unalignedRows

  /// The number of floats between the start of a cache line and the first copy.
  var offset: Int { self == .unalignedStart ? 1 : 0 }

  /// Returns the stride for rows of `columns` elements, which always exceeds their length.
  func stride(_ columns: Int) -> Int {
    switch self {
    case .none: columns + 5
    case .aligned, .unalignedStart: (columns + 15) / 16 * 16 + 16
    case .unalignedRows: (columns + 15) / 16 * 16 + 1
    }
  }
}

/// The value of the elements between rows, which must not change.
let filler: Float = 99

/// Returns rows of `columns` elements at the given stride with filler between them. The memory ends with
/// the last element of the last row, so that a sanitizer detects any access beyond it.
func spread(_ elements: [Float], columns: Int, stride: Int) -> [Float] {
  let rows = elements.count / columns
  var result = [Float](repeating: filler, count: (rows - 1) * stride + columns)
  for row in 0..<rows {
    result.replaceSubrange(
      row * stride..<row * stride + columns, with: elements[row * columns..<(row + 1) * columns])
  }
  return result
}

/// Returns only filler, in the layout of ``spread(_:columns:stride:)``.
func fillers(rows: Int, columns: Int, stride: Int) -> [Float] {
  [Float](repeating: filler, count: (rows - 1) * stride + columns)
}
