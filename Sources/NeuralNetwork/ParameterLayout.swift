import LangevinPreconditions
import LinearAlgebra

/// The declaration of a parameter of a layer: its name, shape and initial values.
public struct ParameterDeclaration: Sendable, Hashable {
  /// The name of the parameter in PyTorch's `state_dict`.
  public let name: String
  /// The number of rows; 1 for a vector.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// Whether the parameter is a vector, with one dimension in PyTorch.
  public let isVector: Bool
  /// The range on which initial values are uniform.
  public let initialRange: ClosedRange<Float>
  /// The number of rows (or elements of a vector) in the smallest part that a thread handles.
  public let grain: Int

  /// Returns the declaration of a matrix `name` of `rows` × `columns`, initially uniform on `initialRange`.
  public static func matrix(
    _ name: String, rows: Int, columns: Int, initialRange: ClosedRange<Float>, grain: Int = 32
  ) -> Self {
    Self(
      name: name, rows: rows, columns: columns, isVector: false, initialRange: initialRange,
      grain: grain)
  }

  /// Returns the declaration of a vector `name` of `count` elements, initially uniform on `initialRange`.
  public static func vector(
    _ name: String, count: Int, initialRange: ClosedRange<Float>
  ) -> Self {
    Self(
      name: name, rows: 1, columns: count, isVector: true, initialRange: initialRange, grain: 32)
  }

  /// The shape in PyTorch.
  public var shape: [Int] { isVector ? [columns] : [rows, columns] }

  /// The number of elements.
  public var count: Int { rows * columns }

  /// Returns the rows of the matrix, or the elements of the vector, that belong to `part`.
  package func rows(of part: Part) -> Range<Int> {
    part.range(of: isVector ? columns : rows, grain: grain)
  }
}

/// The places of a network's parameters in one flat buffer.
///
/// Each parameter begins on a cache line. The gaps between parameters always hold zeros.
package struct ParameterLayout: Sendable, Hashable {
  /// The parameters in the order of the buffer.
  package let declarations: [ParameterDeclaration]
  /// The index of the first element of each parameter in the buffer.
  package let offsets: [Int]
  /// The length of the buffer, gaps included.
  package let bufferCount: Int

  /// Creates the layout of `declarations`, whose names must differ.
  package init(_ declarations: [ParameterDeclaration]) {
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

  /// Returns the range of the buffer that holds rows `rows` of parameter `index`, or elements of a vector.
  ///
  /// The range of the last row includes the gap after the parameter.
  func elements(ofParameter index: Int, rows: Range<Int>) -> Range<Int> {
    let declaration = declarations[index]
    let length = declaration.isVector ? 1 : declaration.columns
    let start = offsets[index] + rows.lowerBound * length
    let end = offsets[index] + rows.upperBound * length
    let isLast = !rows.isEmpty && rows.upperBound * length == declaration.count
    // The gap ends where the next parameter begins, whatever `rows` is.
    return start..<(isLast ? offsets[index] + AlignedBuffer.aligned(declaration.count) : end)
  }

  /// The number of elements of all parameters, without gaps.
  package var parameterCount: Int { declarations.reduce(0) { $0 + $1.count } }
}
