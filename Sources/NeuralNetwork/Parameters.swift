import LangevinPreconditions
public import LinearAlgebra

/// The parameters of a network, or values of the same layout such as gradients and moments.
///
/// A flat buffer holds them, with named matrices in it. `Parameters` is a value: copies share memory until
/// one of them changes.
public struct Parameters: Sendable, Equatable {
  /// The place of each parameter in the buffer.
  package let layout: ParameterLayout
  /// All elements as one row, in the order of the layout, with zeros in the gaps.
  public internal(set) var flat: Matrix<Float>

  /// Creates parameters of `layout` that are all zero.
  package init(zeros layout: ParameterLayout) {
    self.layout = layout
    self.flat = Matrix<Float>(rows: 1, columns: layout.bufferCount)
  }

  /// Creates initial values, uniform on the range of each parameter's declaration.
  ///
  /// The elements of parameter i are drawn from `stream(i)`.
  package init(initial layout: ParameterLayout, stream: (Int) -> RandomStream) {
    self.init(zeros: layout)
    for (index, declaration) in layout.declarations.enumerated() {
      let range = declaration.initialRange
      let unit = stream(index).uniform(rows: declaration.rows, columns: declaration.columns)
      self[index] = unit.map { range.lowerBound + (range.upperBound - range.lowerBound) * $0 }
    }
  }

  /// Creates parameters that are all 0, with the names and shapes of `other`.
  public init(zerosLike other: Parameters) { self.init(zeros: other.layout) }

  /// The names of the parameters, in order.
  public var names: [String] { layout.declarations.map(\.name) }

  /// A copy of parameter number `index`, as a matrix.
  public subscript(index: Int) -> Matrix<Float> {
    get {
      let declaration = layout.declarations[index]
      var copy = Matrix<Float>(rows: declaration.rows, columns: declaration.columns)
      copy.withMutableHandle { copy in
        flat.withHandle { copy.copy(handle(index, of: $0)) }
      }
      return copy
    }
    set {
      let handleOfIndex = handle
      flat.withMutableHandle { flat in
        newValue.withHandle { handleOfIndex(index, flat).copy($0) }
      }
    }
  }

  /// A copy of the parameter `name`, as a matrix; nil if there is no such parameter.
  ///
  /// Setting a parameter that does not exist, or to nil, stops the program.
  public subscript(name: String) -> Matrix<Float>? {
    get { layout.declarations.firstIndex { $0.name == name }.map { self[$0] } }
    set {
      guard let index = layout.declarations.firstIndex(where: { $0.name == name }), let newValue
      else { requirementFailure("Parameters: no parameter named \"\(name)\", or no new value") }
      self[index] = newValue
    }
  }

  /// The name of the first parameter with an element that is not finite, or nil.
  package var firstNonFinite: String? {
    flat.withHandle { flat in
      layout.declarations.indices.first { index in
        let numbers = handle(index, of: flat)
        return (0..<numbers.rows * numbers.columns).contains {
          unsafe !numbers.base[$0].isFinite
        }
      }
    }.map { layout.declarations[$0].name }
  }

  private func handle(_ index: Int, of flat: MatrixHandle<Float>) -> MatrixHandle<Float> {
    ParameterHandles(flat: flat, layout: layout, first: 0, count: layout.declarations.count)[index]
  }
}

/// The parameters of one layer during a pass, numbered as in the layer's declarations.
package struct ParameterHandles: Sendable {
  let flat: MatrixHandle<Float>
  let layout: ParameterLayout
  let first: Int
  /// The number of parameters of the layer.
  let count: Int

  /// Returns the rows of parameter number `index` of the layer that belong to `part`.
  package func rows(ofParameter index: Int, _ part: Part) -> Range<Int> {
    layout.declarations[first + index].rows(of: part)
  }

  /// Returns whether parameter number `index` of the layer is a vector.
  func isVector(_ index: Int) -> Bool { layout.declarations[first + index].isVector }

  /// Parameter number `index` of the layer.
  package subscript(index: Int) -> MatrixHandle<Float> {
    let declaration = layout.declarations[first + index]
    return unsafe MatrixHandle<Float>(
      base: flat.base + layout.offsets[first + index], rows: declaration.rows,
      columns: declaration.columns, stride: declaration.columns)
  }
}
