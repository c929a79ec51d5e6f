import LangevinPreconditions
import LinearAlgebra

/// A parameter of a layer before it has a place: name, shape and how it begins.
public struct ParameterDeclaration: Sendable, Hashable {
  /// Its name in PyTorch's `state_dict`.
  public let name: String
  /// Its rows; 1 for a vector.
  public let rows: Int
  /// Its columns.
  public let columns: Int
  /// Whether it is a vector: PyTorch then gives it one dimension.
  public let isVector: Bool
  /// Initial values are uniform on this range.
  public let initialRange: ClosedRange<Float>
  /// Threads share it by that many rows (numbers of a vector), or a multiple.
  public let grain: Int

  /// A matrix `name` of `rows` × `columns`, uniform on `initialRange` at first.
  public static func matrix(
    _ name: String, rows: Int, columns: Int, initialRange: ClosedRange<Float>, grain: Int = 32
  ) -> Self {
    Self(
      name: name, rows: rows, columns: columns, isVector: false, initialRange: initialRange,
      grain: grain)
  }

  /// A vector `name` of `count` elements, uniform on `initialRange` at first.
  public static func vector(
    _ name: String, count: Int, initialRange: ClosedRange<Float>
  ) -> Self {
    Self(
      name: name, rows: 1, columns: count, isVector: true, initialRange: initialRange, grain: 32)
  }

  /// The shape as PyTorch writes it.
  public var shape: [Int] { isVector ? [columns] : [rows, columns] }

  /// How many numbers.
  public var count: Int { rows * columns }

  /// The rows of a matrix, the numbers of a vector, that are `part`'s.
  package func rows(of part: Part) -> Range<Int> {
    part.range(of: isVector ? columns : rows, grain: grain)
  }
}

/// Where each parameter of a network lies in the flat buffer: one after the other, each on a cache
/// line of its own. The gaps hold zeros, which no pass over the buffer disturbs.
public struct ParameterLayout: Sendable, Hashable {
  /// The parameters in the order in which they lie.
  public let declarations: [ParameterDeclaration]
  /// The index of the first number of each.
  public let offsets: [Int]
  /// The length of the buffer, gaps included.
  public let bufferCount: Int

  /// The layout of `declarations`, whose names must differ.
  public init(_ declarations: [ParameterDeclaration]) {
    var offsets: [Int] = []
    var next = 0
    for declaration in declarations {
      offsets.append(next)
      next += AlignedBuffer.aligned(declaration.count)
    }
    require(
      Set(declarations.map(\.name)).count == declarations.count,
      "ParameterLayout: two parameters have the same name in \(declarations.map(\.name))")
    self.declarations = declarations
    self.offsets = offsets
    self.bufferCount = next
  }

  /// Where the numbers of rows `rows` of parameter `index` lie, those of a vector if it is one.
  /// The gap behind the parameter counts to its last row.
  func elements(ofParameter index: Int, rows: Range<Int>) -> Range<Int> {
    let declaration = declarations[index]
    let length = declaration.isVector ? 1 : declaration.columns
    let start = offsets[index] + rows.lowerBound * length
    let end = offsets[index] + rows.upperBound * length
    let isLast = !rows.isEmpty && rows.upperBound * length == declaration.count
    // The gap ends where the next parameter begins, wherever the rows do.
    return start..<(isLast ? offsets[index] + AlignedBuffer.aligned(declaration.count) : end)
  }

  /// How many numbers the parameters have, gaps not counted.
  public var parameterCount: Int { declarations.reduce(0) { $0 + $1.count } }
}
