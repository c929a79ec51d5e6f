package import LangevinKernelTable
import LangevinKernels

/// The routines of BLAS and LAPACK and the kernels for one type of elements.
///
/// Generic code calls what it finds here. Each routine stands beside its counterpart of the other type in
/// one of two tables. A class, because copying a structure would retain each routine.
public final class ElementRoutines<Element: MatrixElement>: Sendable {
  /// C = α op(A) op(B) + β C.
  let formProduct:
    @Sendable (
      _ c: MatrixHandle<Element>, _ a: MatrixHandle<Element>, _ b: MatrixHandle<Element>,
      _ transposeA: Bool, _ transposeB: Bool, _ alpha: Element, _ beta: Element, Engine
    ) -> Void
  /// Fills a matrix with uniform numbers on [0, 1) from a position on.
  let fillUniform: @Sendable (RandomStream, UInt64, MatrixHandle<Element>) -> Void
  /// Fills a matrix with standard normal numbers from a position on.
  let fillNormal: @Sendable (RandomStream, UInt64, MatrixHandle<Element>) -> Void
  let blas: BLASRoutines<Element>
  let lapack: LAPACKRoutines<Element>

  private init(
    formProduct:
      @escaping @Sendable (
        MatrixHandle<Element>, MatrixHandle<Element>, MatrixHandle<Element>, Bool, Bool, Element,
        Element, Engine
      ) -> Void,
    fillUniform: @escaping @Sendable (RandomStream, UInt64, MatrixHandle<Element>) -> Void,
    fillNormal: @escaping @Sendable (RandomStream, UInt64, MatrixHandle<Element>) -> Void,
    blas: BLASRoutines<Element>, lapack: LAPACKRoutines<Element>
  ) {
    self.formProduct = formProduct
    self.fillUniform = fillUniform
    self.fillNormal = fillNormal
    self.blas = blas
    self.lapack = lapack
  }
}

extension ElementRoutines<Float> {
  static let floats = ElementRoutines(
    formProduct: {
      $0.formProduct(
        $1, $2, transposeA: $3, transposeB: $4, alpha: $5, beta: $6, engine: $7)
    },
    fillUniform: {
      unsafe Engine.current.kernels.uniform($2.count, $0.seed, $0.stream, $1, $2.base)
    },
    fillNormal: {
      unsafe Engine.current.kernels.normal($2.count, $0.seed, $0.stream, $1, $2.base)
    },
    blas: .floats, lapack: .floats)
}

extension ElementRoutines<Double> {
  static let doubles = ElementRoutines(
    formProduct: { c, a, b, transposeA, transposeB, alpha, beta, _ in
      c.formProductWithOpenBLAS(
        a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: beta)
    },
    fillUniform: { $0.fillUniform($2, from: $1) },
    fillNormal: { $0.fillNormal($2, from: $1) },
    blas: .doubles, lapack: .doubles)
}

extension Engine {
  /// Returns the kernels for elements of type `type`.
  package func kernels<Element: MatrixElement>(of type: Element.Type) -> ElementKernels {
    if type == Float.self { return Kernels.floats(instructionSet.level) }
    return Kernels.doubles(instructionSet.level)
  }

  /// The kernels for `Float`.
  package var floats: ElementKernels { Kernels.floats(instructionSet.level) }
}
