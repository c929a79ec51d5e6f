import LangevinKernelTable
import LangevinPreconditions

infix operator .* : MultiplicationPrecedence
infix operator ./ : MultiplicationPrecedence
infix operator .*= : AssignmentPrecedence
infix operator ./= : AssignmentPrecedence

// Arithmetic of two operands of the same shape, and of an operand and a number.

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the elementwise sum.
  public static func + (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> { unsafe a.combined("+", with: b) { unsafe $0.add } }

  /// Returns the elementwise difference.
  public static func - (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> { unsafe a.combined("-", with: b) { unsafe $0.subtract } }

  /// Returns the elementwise (Hadamard) product. The matrix product is `*`.
  public static func .* (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> { unsafe a.combined(".*", with: b) { unsafe $0.multiply } }

  /// Returns the elementwise quotient.
  public static func ./ (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> { unsafe a.combined("./", with: b) { unsafe $0.divide } }

  /// Returns `a` with `number` added to every element.
  public static func + (a: borrowing Self, number: Element) -> Matrix<Element> {
    unsafe a.mapped(with: number) { unsafe $0.addScalar }
  }

  /// Returns `a` with `number` added to every element.
  public static func + (number: Element, a: borrowing Self) -> Matrix<Element> {
    unsafe a.mapped(with: number) { unsafe $0.addScalar }
  }

  /// Returns `a` with `number` subtracted from every element.
  public static func - (a: borrowing Self, number: Element) -> Matrix<Element> {
    unsafe a.mapped(with: -number) { unsafe $0.addScalar }
  }

  /// Returns `number` minus every element of `a`.
  public static func - (number: Element, a: borrowing Self) -> Matrix<Element> {
    unsafe a.mapped(with: number) { unsafe $0.subtractFromScalar }
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (factor: Element, a: borrowing Self) -> Matrix<Element> {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (a: borrowing Self, factor: Element) -> Matrix<Element> {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element divided by `divisor`.
  public static func / (a: borrowing Self, divisor: Element) -> Matrix<Element> {
    unsafe a.mapped(with: divisor) { unsafe $0.divideByScalar }
  }

  /// Returns `number` divided by every element of `a`.
  public static func / (number: Element, a: borrowing Self) -> Matrix<Element> {
    unsafe a.mapped(with: number) { unsafe $0.divideScalar }
  }

  /// Returns `a` with the sign of every element changed.
  public static prefix func - (a: borrowing Self) -> Matrix<Element> { -1 * a }
}

// Of two matrices. With these, literals such as `[[1], [2]]` and members such as `.identity(3)` are operands:
// without a type of its own, such an operand could be any `MatrixOperand`.

extension Matrix {
  /// Returns the elementwise sum.
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    unsafe a.combined("+", with: b) { unsafe $0.add }
  }

  /// Returns the elementwise difference.
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    unsafe a.combined("-", with: b) { unsafe $0.subtract }
  }

  /// Returns the elementwise (Hadamard) product. The matrix product is `*`.
  public static func .* (a: Matrix, b: Matrix) -> Matrix {
    unsafe a.combined(".*", with: b) { unsafe $0.multiply }
  }

  /// Returns the elementwise quotient.
  public static func ./ (a: Matrix, b: Matrix) -> Matrix {
    unsafe a.combined("./", with: b) { unsafe $0.divide }
  }

  /// Returns the matrix product `a b`, computed by ``Engine/current``.
  public static func * (a: Matrix, b: Matrix) -> Matrix { product(a, b) }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (factor: Element, a: Matrix) -> Matrix {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element divided by `divisor`.
  public static func / (a: Matrix, divisor: Element) -> Matrix {
    unsafe a.mapped(with: divisor) { unsafe $0.divideByScalar }
  }
}

// In place.

extension Matrix {
  /// Adds `b` element by element.
  public static func += (
    a: inout Matrix, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) { unsafe a.combine("+=", b) { unsafe $0.add } }

  /// Subtracts `b` element by element.
  public static func -= (
    a: inout Matrix, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) { unsafe a.combine("-=", b) { unsafe $0.subtract } }

  /// Multiplies by `b` element by element.
  public static func .*= (
    a: inout Matrix, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) { unsafe a.combine(".*=", b) { unsafe $0.multiply } }

  /// Divides by `b` element by element.
  public static func ./= (
    a: inout Matrix, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) { unsafe a.combine("./=", b) { unsafe $0.divide } }

  /// Adds `number` to every element.
  public static func += (a: inout Matrix, number: Element) {
    unsafe a.form(with: number) { unsafe $0.addScalar }
  }

  /// Subtracts `number` from every element.
  public static func -= (a: inout Matrix, number: Element) {
    unsafe a.form(with: -number) { unsafe $0.addScalar }
  }

  /// Multiplies every element by `factor`.
  public static func *= (a: inout Matrix, factor: Element) {
    unsafe a.form(with: factor) { unsafe $0.scale }
  }

  /// Divides every element by `divisor`.
  public static func /= (a: inout Matrix, divisor: Element) {
    unsafe a.form(with: divisor) { unsafe $0.divideByScalar }
  }

  /// Adds `factor * other`, which has the same shape; fused and rounded once where the processor can.
  public mutating func add(
    _ other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    scaledBy factor: Element = 1
  ) {
    requireSameShape("add", self, other)
    let kernel = unsafe Engine.current.kernels(of: Element.self).addScaled
    let factor = Double(factor)
    let view = other.view
    withMutableHandle { handle in
      view.withRows { unsafe handle.form($0, factor, kernel) }
    }
  }

  mutating func combine(
    _ name: StaticString, _ other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    _ kernel: (ElementKernels) -> ElementKernels.Combine
  ) {
    requireSameShape(name, self, other)
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let view = other.view
    withMutableHandle { handle in
      view.withRows { unsafe handle.form(handle, $0, function) }
    }
  }

  private mutating func form(
    with scalar: Element, _ kernel: (ElementKernels) -> ElementKernels.CombineWithScalar
  ) {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let scalar = Double(scalar)
    withMutableHandle { unsafe $0.form($0, scalar, function) }
  }
}
