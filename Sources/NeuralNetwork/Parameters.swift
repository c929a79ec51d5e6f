import LangevinPreconditions
public import LinearAlgebra

/// The parameters of a network, or one number for each of them (gradients, moments): a flat buffer
/// with named, shaped views. A value; copies share memory until one is changed.
public struct Parameters: Sendable, Equatable {
  /// What lies where.
  public let layout: ParameterLayout
  /// All numbers as one row, in the order of the layout, with zeros in the gaps.
  public internal(set) var flat: Matrix

  /// Zeros.
  public init(zeros layout: ParameterLayout) {
    self.layout = layout
    self.flat = Matrix(rows: 1, columns: layout.bufferCount)
  }

  /// Initial values, each parameter uniform on its declaration's range. Parameter i is drawn from
  /// `stream(i)`.
  public init(initial layout: ParameterLayout, stream: (Int) -> RandomStream) {
    self.init(zeros: layout)
    for (index, declaration) in layout.declarations.enumerated() {
      let range = declaration.initialRange
      let unit = stream(index).uniform(rows: declaration.rows, columns: declaration.columns)
      self[index] = unit.map { range.lowerBound + (range.upperBound - range.lowerBound) * $0 }
    }
  }

  /// The names, in order.
  public var names: [String] { layout.declarations.map(\.name) }

  /// Parameter number `index` as a matrix of its shape, copied.
  public subscript(index: Int) -> Matrix {
    get {
      let declaration = layout.declarations[index]
      var copy = Matrix(rows: declaration.rows, columns: declaration.columns)
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

  /// The parameter `name` as a matrix of its shape, copied; nil if there is no such parameter.
  ///
  /// Set it only where there is one.
  public subscript(name: String) -> Matrix? {
    get { layout.declarations.firstIndex { $0.name == name }.map { self[$0] } }
    set {
      guard let index = layout.declarations.firstIndex(where: { $0.name == name }), let newValue
      else { requirementFailure("Parameters: no parameter named \"\(name)\", or no new value") }
      self[index] = newValue
    }
  }

  /// The name of the first parameter with a number that is not finite, or nil.
  public var firstNonFinite: String? {
    flat.withHandle { flat in
      layout.declarations.indices.first { index in
        let numbers = handle(index, of: flat)
        return (0..<numbers.rows * numbers.columns).contains {
          unsafe !numbers.base[$0].isFinite
        }
      }
    }.map { layout.declarations[$0].name }
  }

  private func handle(_ index: Int, of flat: MatrixHandle) -> MatrixHandle {
    ParameterHandles(flat: flat, layout: layout, first: 0, count: layout.declarations.count)[index]
  }
}

/// The parameters of one layer while a pass runs, by their number in the layer's declarations.
package struct ParameterHandles: Sendable {
  let flat: MatrixHandle
  let layout: ParameterLayout
  let first: Int
  /// The number of parameters of the layer.
  let count: Int

  /// The rows of parameter number `index` of the layer that are `part`'s.
  package func rows(ofParameter index: Int, _ part: Part) -> Range<Int> {
    layout.declarations[first + index].rows(of: part)
  }

  /// Whether parameter number `index` of the layer is a vector.
  func isVector(_ index: Int) -> Bool { layout.declarations[first + index].isVector }

  /// Parameter number `index` of the layer.
  package subscript(index: Int) -> MatrixHandle {
    let declaration = layout.declarations[first + index]
    return unsafe MatrixHandle(
      base: flat.base + layout.offsets[first + index], rows: declaration.rows,
      columns: declaration.columns, stride: declaration.columns)
  }
}
