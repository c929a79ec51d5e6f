import LangevinKernelTable
import LangevinPreconditions

// Kernels on blocks: one call if the rows are adjacent, and else one for each row.

extension MatrixHandle {
  /// Sets each element to `kernel` of the element of `x`, which has the same shape and may be this block.
  func form(_ x: MatrixHandle, _ kernel: ElementKernels.Map) {
    if isContiguous && x.isContiguous { return unsafe kernel(count, x.base, base) }
    for row in 0..<rows {
      unsafe kernel(columns, x.base + row * x.stride, base + row * stride)
    }
  }

  /// Sets each element to `kernel` of the elements of `x` and `y`, which have the same shape and may be
  /// this block.
  func form(_ x: MatrixHandle, _ y: MatrixHandle, _ kernel: ElementKernels.Combine) {
    if isContiguous && x.isContiguous && y.isContiguous {
      return unsafe kernel(count, x.base, y.base, base)
    }
    for row in 0..<rows {
      unsafe kernel(
        columns, x.base + row * x.stride, y.base + row * y.stride, base + row * stride)
    }
  }

  /// Sets each element to `kernel` of `scalar` and the element of `x`, which has the same shape and may be
  /// this block.
  func form(_ x: MatrixHandle, _ scalar: Double, _ kernel: ElementKernels.CombineWithScalar) {
    if isContiguous && x.isContiguous { return unsafe kernel(count, scalar, x.base, base) }
    for row in 0..<rows {
      unsafe kernel(columns, scalar, x.base + row * x.stride, base + row * stride)
    }
  }

  /// Sets each row to `kernel` of the row of `x` and of `y`, which is a single row.
  func formRows(_ x: MatrixHandle, eachWith y: MatrixHandle, _ kernel: ElementKernels.Combine) {
    for row in 0..<rows {
      unsafe kernel(columns, x.base + row * x.stride, y.base, base + row * stride)
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// The shape as error messages write it: `rows × columns`.
  package var shapeDescription: String { "\(rows) × \(columns)" }

  /// Returns the matrix of `kernel(x)` for every element x.
  func mapped(_ kernel: (ElementKernels) -> ElementKernels.Map) -> Matrix<Element> {
    unsafe view.mapped(by: kernel)
  }

  /// Returns the matrix of `kernel(scalar, x)` for every element x.
  func mapped(
    with scalar: Element, _ kernel: (ElementKernels) -> ElementKernels.CombineWithScalar
  ) -> Matrix<Element> { unsafe view.mapped(by: kernel, scalar) }

  /// Returns the matrix of `kernel(x, y)` for every element x and the element y of `other`.
  func combined(
    _ name: StaticString,
    with other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    _ kernel: (ElementKernels) -> ElementKernels.Combine
  ) -> Matrix<Element> { unsafe view.combined(name, other.view, by: kernel) }
}

// Specialized, because generic code of small matrices takes longer than their arithmetic.
extension MatrixView {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func mapped(by kernel: (ElementKernels) -> ElementKernels.Map) -> Matrix<Element> {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let result = Matrix<Element>(uninitializedRows: rows, columns: columns)
    withRows { x in result.withHandle { unsafe $0.form(x, function) } }
    return result
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func mapped(
    by kernel: (ElementKernels) -> ElementKernels.CombineWithScalar, _ scalar: Element
  ) -> Matrix<Element> {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let result = Matrix<Element>(uninitializedRows: rows, columns: columns)
    withRows { x in result.withHandle { unsafe $0.form(x, Double(scalar), function) } }
    return result
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func combined(
    _ name: StaticString, _ other: MatrixView, by kernel: (ElementKernels) -> ElementKernels.Combine
  ) -> Matrix<Element> {
    if rows != other.rows || columns != other.columns {
      shapeFailure(name, rows, columns, other.rows, other.columns)
    }
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let result = Matrix<Element>(uninitializedRows: rows, columns: columns)
    withRows { x in
      other.withRows { y in result.withHandle { unsafe $0.form(x, y, function) } }
    }
    return result
  }
}

/// Stops the program with both shapes in the message if they differ.
func requireSameShape<Element>(
  _ name: StaticString, _ a: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
  _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
) {
  if a.rows != b.rows || a.columns != b.columns {
    shapeFailure(name, a.rows, a.columns, b.rows, b.columns)
  }
}

@usableFromInline @inline(never)
func shapeFailure(
  _ name: StaticString, _ rows: Int, _ columns: Int, _ otherRows: Int, _ otherColumns: Int
) -> Never {
  requirementFailure(
    "\(name): the shapes \(rows) × \(columns) and \(otherRows) × \(otherColumns) differ")
}
