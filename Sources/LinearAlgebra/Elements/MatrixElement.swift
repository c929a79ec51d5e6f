/// The type of a matrix' elements: `Float` or `Double`.
///
/// No other type can conform, because BLAS and LAPACK have routines for these two only.
public protocol MatrixElement: BinaryFloatingPoint, SIMDScalar, Codable, Sendable,
  LosslessStringConvertible
where Magnitude == Self, Stride == Self, RawSignificand: FixedWidthInteger {
  /// The routines of BLAS and LAPACK and the kernels for this type. The package uses them; they have no
  /// public members.
  static var routines: ElementRoutines<Self> { get }
}

extension Float: MatrixElement {
  public static var routines: ElementRoutines<Float> { .floats }
}

extension Double: MatrixElement {
  public static var routines: ElementRoutines<Double> { .doubles }
}
