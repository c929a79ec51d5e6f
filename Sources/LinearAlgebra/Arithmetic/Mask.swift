import LangevinKernelTable
import LangevinPreconditions

/// A matrix of truth values, the result of comparing matrices.
///
/// `a .> 0` is such a mask. Combine masks with `.&`, `.|` and `.!`, select elements with
/// `choose`, and use them as subscripts.
public struct Mask: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// 1 for true and 0 for false, in row-major order.
  package private(set) var bytes: [UInt8]

  /// Creates a mask of `rows` × `columns` from `values` in row-major order.
  public init(rows: Int, columns: Int, values: [Bool]) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    require(
      rows >= 0 && columns >= 0 && !overflow && values.count == count,
      "Mask: \(values.count) values do not fill \(rows) × \(columns)")
    self.init(rows, columns, bytes: values.map { $0 ? 1 : 0 })
  }

  fileprivate init(_ rows: Int, _ columns: Int, bytes: [UInt8]) {
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
  }

  /// Creates a mask whose bytes `fill` writes.
  fileprivate init(_ rows: Int, _ columns: Int, fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    self.rows = rows
    self.columns = columns
    let count = rows * columns
    bytes = unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress { unsafe fill(base) }
      initialized = count
    }
  }

  /// The truth value in row `row` and column `column`.
  public subscript(row: Int, column: Int) -> Bool {
    get {
      requireElement(row, column)
      return bytes[row * columns + column] != 0
    }
    set {
      requireElement(row, column)
      bytes[row * columns + column] = newValue ? 1 : 0
    }
  }

  private func requireElement(_ row: Int, _ column: Int) {
    require(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "Mask: element (\(row), \(column)) is outside \(rows) × \(columns)")
  }

  /// The number of true elements.
  public var trueCount: Int { bytes.reduce(0) { $0 &+ Int($1) } }

  /// Whether any element is true.
  public var containsTrue: Bool { bytes.contains(1) }

  /// Whether all elements are true.
  public var isAllTrue: Bool { !bytes.contains(0) }

  /// The truth values in row-major order.
  public var array: [Bool] { bytes.map { $0 != 0 } }

  /// Returns the negation of every element.
  public static prefix func .! (mask: Mask) -> Mask {
    Mask(mask.rows, mask.columns, bytes: mask.bytes.map { $0 ^ 1 })
  }

  /// Returns the conjunction of the elements.
  public static func .& (a: Mask, b: Mask) -> Mask { combine(".&", a, b) { $0 & $1 } }

  /// Returns the disjunction of the elements.
  public static func .| (a: Mask, b: Mask) -> Mask { combine(".|", a, b) { $0 | $1 } }

  /// Returns whether exactly one of the elements is true.
  public static func .^ (a: Mask, b: Mask) -> Mask { combine(".^", a, b) { $0 ^ $1 } }

  private static func combine(
    _ name: StaticString, _ a: Mask, _ b: Mask, _ combine: (UInt8, UInt8) -> UInt8
  ) -> Mask {
    if a.rows != b.rows || a.columns != b.columns {
      shapeFailure(name, a.rows, a.columns, b.rows, b.columns)
    }
    var bytes = a.bytes
    for i in bytes.indices { bytes[i] = combine(bytes[i], b.bytes[i]) }
    return Mask(a.rows, a.columns, bytes: bytes)
  }

  /// Returns the elements of `a` where this mask is true and of `b` elsewhere.
  public func choose<Element: MatrixElement>(
    _ a: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> {
    requireFit("choose", a)
    requireFit("choose", b)
    let kernel = unsafe Engine.current.kernels(of: Element.self).select
    var result = Matrix<Element>(uninitializedRows: rows, columns: columns)
    let (a, b) = (a.view, b.view)
    result.withMutableHandle { result in
      a.withContiguous { a in
        b.withContiguous { b in
          unsafe bytes.withUnsafeBufferPointer { mask in
            guard let mask = mask.baseAddress else { return }
            unsafe kernel(result.count, mask, a.base, b.base, result.base)
          }
        }
      }
    }
    return result
  }

  /// Returns the elements of `a` where this mask is true and `b` elsewhere.
  public func choose<Element: MatrixElement>(_ a: Matrix<Element>, _ b: Element) -> Matrix<Element>
  {
    choose(a, Matrix(rows: rows, columns: columns, repeating: b))
  }

  /// Returns `a` where this mask is true and the elements of `b` elsewhere.
  public func choose<Element: MatrixElement>(_ a: Element, _ b: Matrix<Element>) -> Matrix<Element>
  {
    choose(Matrix(rows: rows, columns: columns, repeating: a), b)
  }

  /// Returns `a` where this mask is true and `b` elsewhere.
  public func choose<Element: MatrixElement>(_ a: Element, _ b: Element) -> Matrix<Element> {
    choose(a, Matrix(rows: rows, columns: columns, repeating: b))
  }

  fileprivate func requireFit<Element>(
    _ name: StaticString, _ a: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) {
    if a.rows != rows || a.columns != columns {
      requirementFailure(
        "\(name): a mask of \(rows) × \(columns) does not fit \(a.shapeDescription)")
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns where `a` is less than `b`.
  public static func .< (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Mask { unsafe a.compared(".<", a.view, b.view) { unsafe $0.isLess } }

  /// Returns where `a` is less than or equal to `b`.
  public static func .<= (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Mask { unsafe a.compared(".<=", a.view, b.view) { unsafe $0.isLessOrEqual } }

  /// Returns where `a` is greater than `b`.
  public static func .> (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Mask { unsafe a.compared(".>", b.view, a.view) { unsafe $0.isLess } }

  /// Returns where `a` is greater than or equal to `b`.
  public static func .>= (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Mask { unsafe a.compared(".>=", b.view, a.view) { unsafe $0.isLessOrEqual } }

  /// Returns where the elements are equal.
  public static func .== (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Mask { unsafe a.compared(".==", a.view, b.view) { unsafe $0.isEqual } }

  /// Returns where the elements differ, or one of them is NaN.
  public static func .!= (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Mask { .!(unsafe a.compared(".!=", a.view, b.view) { unsafe $0.isEqual }) }

  /// Returns where the elements are less than `number`.
  public static func .< (a: borrowing Self, number: Element) -> Mask {
    unsafe a.compared(with: number) { unsafe $0.isLessThanScalar }
  }

  /// Returns where the elements are less than or equal to `number`.
  public static func .<= (a: borrowing Self, number: Element) -> Mask {
    unsafe a.compared(with: number) { unsafe $0.isLessThanOrEqualToScalar }
  }

  /// Returns where the elements are greater than `number`.
  public static func .> (a: borrowing Self, number: Element) -> Mask {
    unsafe a.compared(with: number) { unsafe $0.isGreaterThanScalar }
  }

  /// Returns where the elements are greater than or equal to `number`.
  public static func .>= (a: borrowing Self, number: Element) -> Mask {
    unsafe a.compared(with: number) { unsafe $0.isGreaterThanOrEqualToScalar }
  }

  /// Returns where the elements equal `number`.
  public static func .== (a: borrowing Self, number: Element) -> Mask {
    unsafe a.compared(with: number) { unsafe $0.isEqualToScalar }
  }

  /// Returns where the elements differ from `number`, or are NaN.
  public static func .!= (a: borrowing Self, number: Element) -> Mask {
    .!(unsafe a.compared(with: number) { unsafe $0.isEqualToScalar })
  }

  /// A mask that is true where an element is NaN.
  public var isNaN: Mask { .!(view .== view) }

  private func compared(
    _ name: StaticString, _ x: MatrixView<Element>, _ y: MatrixView<Element>,
    _ kernel: (ElementKernels) -> ElementKernels.Compare
  ) -> Mask {
    unsafe x.compared(name, y, by: kernel)
  }

  private func compared(
    with scalar: Element, _ kernel: (ElementKernels) -> ElementKernels.CompareWithScalar
  ) -> Mask {
    unsafe view.compared(with: scalar, by: kernel)
  }

  /// Returns the elements where `mask` is true, in row-major order.
  public subscript(mask: Mask) -> [Element] {
    mask.requireFit("subscript", self)
    return view.withContiguous { $0.elements(where: mask.bytes) }
  }
}

extension MatrixView {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func compared(
    _ name: StaticString, _ other: MatrixView, by kernel: (ElementKernels) -> ElementKernels.Compare
  ) -> Mask {
    if rows != other.rows || columns != other.columns {
      shapeFailure(name, rows, columns, other.rows, other.columns)
    }
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    return withContiguous { x in
      other.withContiguous { y in
        unsafe Mask(rows, columns) { unsafe function(x.count, x.base, y.base, $0) }
      }
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func compared(
    with scalar: Element, by kernel: (ElementKernels) -> ElementKernels.CompareWithScalar
  ) -> Mask {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    return withContiguous { x in
      unsafe Mask(rows, columns) { unsafe function(x.count, Double(scalar), x.base, $0) }
    }
  }
}

extension Matrix {
  /// Sets every element where `mask` is true to `value`.
  public mutating func replace(where mask: Mask, with value: Element) {
    mask.requireFit("replace", self)
    withMutableHandle { handle in
      for (i, byte) in mask.bytes.enumerated() where byte != 0 { unsafe handle.base[i] = value }
    }
  }
}

extension MatrixHandle {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func elements(where mask: [UInt8]) -> [Element] {
    var result: [Element] = []
    for (i, byte) in mask.enumerated() where byte != 0 { unsafe result.append(base[i]) }
    return result
  }
}
