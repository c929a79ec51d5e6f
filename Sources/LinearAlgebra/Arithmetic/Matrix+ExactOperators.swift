import LangevinKernelTable

// The operators of `Matrix<Double>` and `Matrix<Float>` once more, without type parameters: the type checker
// matches them exactly. With the generic operators alone it needs seconds for `2 * x .* x - 3 * y + 1`, and
// gives up on longer formulas.

extension Matrix where Element == Double {
  /// Returns the elementwise sum.
  public static func + (a: Matrix<Double>, b: Matrix<Double>) -> Matrix<Double> {
    unsafe a.combined("+", with: b) { unsafe $0.add }
  }

  /// Returns the elementwise difference.
  public static func - (a: Matrix<Double>, b: Matrix<Double>) -> Matrix<Double> {
    unsafe a.combined("-", with: b) { unsafe $0.subtract }
  }

  /// Returns the elementwise (Hadamard) product. The matrix product is `*`.
  public static func .* (a: Matrix<Double>, b: Matrix<Double>) -> Matrix<Double> {
    unsafe a.combined(".*", with: b) { unsafe $0.multiply }
  }

  /// Returns the elementwise quotient.
  public static func ./ (a: Matrix<Double>, b: Matrix<Double>) -> Matrix<Double> {
    unsafe a.combined("./", with: b) { unsafe $0.divide }
  }

  /// Returns the matrix product `a b`, computed by ``Engine/current``.
  public static func * (a: Matrix<Double>, b: Matrix<Double>) -> Matrix<Double> {
    product(a, b)
  }

  /// Returns `a` with `number` added to every element.
  public static func + (a: Matrix<Double>, number: Double) -> Matrix<Double> {
    unsafe a.mapped(with: number) { unsafe $0.addScalar }
  }

  /// Returns `a` with `number` added to every element.
  public static func + (number: Double, a: Matrix<Double>) -> Matrix<Double> {
    unsafe a.mapped(with: number) { unsafe $0.addScalar }
  }

  /// Returns `a` with `number` subtracted from every element.
  public static func - (a: Matrix<Double>, number: Double) -> Matrix<Double> {
    unsafe a.mapped(with: -number) { unsafe $0.addScalar }
  }

  /// Returns `number` minus every element of `a`.
  public static func - (number: Double, a: Matrix<Double>) -> Matrix<Double> {
    unsafe a.mapped(with: number) { unsafe $0.subtractFromScalar }
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (factor: Double, a: Matrix<Double>) -> Matrix<Double> {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (a: Matrix<Double>, factor: Double) -> Matrix<Double> {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element divided by `divisor`.
  public static func / (a: Matrix<Double>, divisor: Double) -> Matrix<Double> {
    unsafe a.mapped(with: divisor) { unsafe $0.divideByScalar }
  }

  /// Returns `number` divided by every element of `a`.
  public static func / (number: Double, a: Matrix<Double>) -> Matrix<Double> {
    unsafe a.mapped(with: number) { unsafe $0.divideScalar }
  }

  /// Returns `a` with the sign of every element changed.
  public static prefix func - (a: Matrix<Double>) -> Matrix<Double> {
    -1 * a
  }

  /// Adds `b` element by element.
  public static func += (a: inout Matrix<Double>, b: Matrix<Double>) {
    unsafe a.combine("+=", b) { unsafe $0.add }
  }

  /// Subtracts `b` element by element.
  public static func -= (a: inout Matrix<Double>, b: Matrix<Double>) {
    unsafe a.combine("-=", b) { unsafe $0.subtract }
  }

  /// Multiplies by `b` element by element.
  public static func .*= (a: inout Matrix<Double>, b: Matrix<Double>) {
    unsafe a.combine(".*=", b) { unsafe $0.multiply }
  }

  /// Divides by `b` element by element.
  public static func ./= (a: inout Matrix<Double>, b: Matrix<Double>) {
    unsafe a.combine("./=", b) { unsafe $0.divide }
  }
}

extension Matrix where Element == Float {
  /// Returns the elementwise sum.
  public static func + (a: Matrix<Float>, b: Matrix<Float>) -> Matrix<Float> {
    unsafe a.combined("+", with: b) { unsafe $0.add }
  }

  /// Returns the elementwise difference.
  public static func - (a: Matrix<Float>, b: Matrix<Float>) -> Matrix<Float> {
    unsafe a.combined("-", with: b) { unsafe $0.subtract }
  }

  /// Returns the elementwise (Hadamard) product. The matrix product is `*`.
  public static func .* (a: Matrix<Float>, b: Matrix<Float>) -> Matrix<Float> {
    unsafe a.combined(".*", with: b) { unsafe $0.multiply }
  }

  /// Returns the elementwise quotient.
  public static func ./ (a: Matrix<Float>, b: Matrix<Float>) -> Matrix<Float> {
    unsafe a.combined("./", with: b) { unsafe $0.divide }
  }

  /// Returns the matrix product `a b`, computed by ``Engine/current``.
  public static func * (a: Matrix<Float>, b: Matrix<Float>) -> Matrix<Float> {
    product(a, b)
  }

  /// Returns `a` with `number` added to every element.
  public static func + (a: Matrix<Float>, number: Float) -> Matrix<Float> {
    unsafe a.mapped(with: number) { unsafe $0.addScalar }
  }

  /// Returns `a` with `number` added to every element.
  public static func + (number: Float, a: Matrix<Float>) -> Matrix<Float> {
    unsafe a.mapped(with: number) { unsafe $0.addScalar }
  }

  /// Returns `a` with `number` subtracted from every element.
  public static func - (a: Matrix<Float>, number: Float) -> Matrix<Float> {
    unsafe a.mapped(with: -number) { unsafe $0.addScalar }
  }

  /// Returns `number` minus every element of `a`.
  public static func - (number: Float, a: Matrix<Float>) -> Matrix<Float> {
    unsafe a.mapped(with: number) { unsafe $0.subtractFromScalar }
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (factor: Float, a: Matrix<Float>) -> Matrix<Float> {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (a: Matrix<Float>, factor: Float) -> Matrix<Float> {
    unsafe a.mapped(with: factor) { unsafe $0.scale }
  }

  /// Returns `a` with every element divided by `divisor`.
  public static func / (a: Matrix<Float>, divisor: Float) -> Matrix<Float> {
    unsafe a.mapped(with: divisor) { unsafe $0.divideByScalar }
  }

  /// Returns `number` divided by every element of `a`.
  public static func / (number: Float, a: Matrix<Float>) -> Matrix<Float> {
    unsafe a.mapped(with: number) { unsafe $0.divideScalar }
  }

  /// Returns `a` with the sign of every element changed.
  public static prefix func - (a: Matrix<Float>) -> Matrix<Float> {
    -1 * a
  }

  /// Adds `b` element by element.
  public static func += (a: inout Matrix<Float>, b: Matrix<Float>) {
    unsafe a.combine("+=", b) { unsafe $0.add }
  }

  /// Subtracts `b` element by element.
  public static func -= (a: inout Matrix<Float>, b: Matrix<Float>) {
    unsafe a.combine("-=", b) { unsafe $0.subtract }
  }

  /// Multiplies by `b` element by element.
  public static func .*= (a: inout Matrix<Float>, b: Matrix<Float>) {
    unsafe a.combine(".*=", b) { unsafe $0.multiply }
  }

  /// Divides by `b` element by element.
  public static func ./= (a: inout Matrix<Float>, b: Matrix<Float>) {
    unsafe a.combine("./=", b) { unsafe $0.divide }
  }
}
