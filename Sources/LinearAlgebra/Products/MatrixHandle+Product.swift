import CLangevinOpenBLAS
import LangevinKernelTable
import LangevinKernels
import LangevinPreconditions

extension MatrixHandle {
  /// Replaces the elements by `alpha op(a) op(b) + beta self`, where `op` transposes its matrix if so
  /// requested.
  ///
  /// With `beta == 0` the old elements are not read. `self` must not overlap `a` or `b`.
  package func formProduct(
    _ a: MatrixHandle, _ b: MatrixHandle, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Element = 1, beta: Element = 0, engine: Engine
  ) {
    Element.routines.formProduct(self, a, b, transposeA, transposeB, alpha, beta, engine)
  }

  /// Replaces the elements by `alpha a b + beta self`. Transposed views are read as they are.
  func formProduct(
    _ a: MatrixView<Element>, _ b: MatrixView<Element>, alpha: Element, beta: Element,
    engine: Engine
  ) {
    a.withFactor { a, transposeA in
      b.withFactor { b, transposeB in
        formProduct(
          a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: beta,
          engine: engine)
      }
    }
  }

  /// Stops the program unless the product of `a` and `b` has this shape; returns the inner dimension.
  fileprivate func checkProduct(
    _ a: MatrixHandle, _ b: MatrixHandle, _ transposeA: Bool, _ transposeB: Bool
  ) -> Int {
    let (outer, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, width) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    require(
      inner == innerB && rows == outer && columns == width,
      """
      product: \(a.rows) × \(a.columns)\(transposeA ? " transposed" : "") times \
      \(b.rows) × \(b.columns)\(transposeB ? " transposed" : "") does not give \
      \(rows) × \(columns)
      """)
    return inner
  }

  /// Replaces the elements by `alpha op(a) op(b) + beta self`, computed by definition in `Double`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func formProductNaively(
    _ a: MatrixHandle, _ b: MatrixHandle, transposeA: Bool, transposeB: Bool,
    alpha: Element, beta: Element
  ) {
    let inner = transposeA ? a.rows : a.columns
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = 0.0
        for k in 0..<inner {
          let x = unsafe transposeA ? a.base[k * a.stride + i] : a.base[i * a.stride + k]
          let y = unsafe transposeB ? b.base[j * b.stride + k] : b.base[k * b.stride + j]
          sum += Double(x) * Double(y)
        }
        let old = unsafe beta == 0 ? 0 : Double(beta) * Double(base[i * stride + j])
        unsafe base[i * stride + j] = Element(Double(alpha) * sum + old)
      }
    }
  }
}

// The layers of networks call the product of floats for each batch. It is not generic, so that it neither
// allocates nor passes numbers in memory.
extension MatrixHandle<Float> {
  /// Replaces the elements by `alpha op(a) op(b) + beta self`, as the generic function does.
  package func formProduct(
    _ a: MatrixHandle, _ b: MatrixHandle, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Float = 1, beta: Float = 0, engine: Engine
  ) {
    let inner = checkProduct(a, b, transposeA, transposeB)
    if rows == 0 || columns == 0 { return }
    if inner > 0 && engine.usesOpenBLAS(rows: rows, columns: columns, inner: inner) {
      let product: Void? = OpenBLAS.whereMemoryAllows {
        formProductWithOpenBLAS(
          a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: beta)
      }
      if product != nil { return }
    }
    let kernels = engine.kernels
    let scratch = ThreadScratch.buffer(capacity: kernels.multiplyScratch)
    unsafe kernels.multiply(
      transposeA, transposeB, rows, columns, inner, alpha, a.base, a.stride, b.base, b.stride,
      beta, base, stride, scratch.floats)
  }

  /// Replaces the elements by `alpha op(a) op(b) + beta self`, computed by `cblas_sgemm`.
  ///
  /// The caller has checked the shapes. The benchmark calls this function to measure the cost of those
  /// checks and of the wrapper.
  package func formProductWithOpenBLAS(
    _ a: MatrixHandle, _ b: MatrixHandle, transposeA: Bool, transposeB: Bool,
    alpha: Float, beta: Float
  ) {
    let inner = transposeA ? a.rows : a.columns
    unsafe cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasIndex(rows), blasIndex(columns), blasIndex(inner), alpha, a.base,
      blasIndex(max(1, a.stride)), b.base, blasIndex(max(1, b.stride)), beta, base,
      blasIndex(max(1, stride)))
  }
}

extension MatrixHandle<Double> {
  /// Replaces the elements by `alpha op(a) op(b) + beta self`, computed by `cblas_dgemm`.
  func formProductWithOpenBLAS(
    _ a: MatrixHandle, _ b: MatrixHandle, transposeA: Bool, transposeB: Bool,
    alpha: Double, beta: Double
  ) {
    let inner = checkProduct(a, b, transposeA, transposeB)
    if rows == 0 || columns == 0 { return }
    let product: Void? = OpenBLAS.whereMemoryAllows {
      unsafe cblas_dgemm(
        CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
        transposeB ? CblasTrans : CblasNoTrans, blasIndex(rows), blasIndex(columns),
        blasIndex(inner), alpha, a.base, blasIndex(max(1, a.stride)), b.base,
        blasIndex(max(1, b.stride)), beta, base, blasIndex(max(1, stride)))
    }
    if product == nil {
      formProductNaively(
        a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: beta)
    }
  }
}

extension MatrixView {
  /// Calls `body` with a handle of these elements, or of their transpose if that has contiguous rows, and
  /// with whether it is the transpose; copies the elements if neither has.
  func withFactor<R>(_ body: (MatrixHandle<Element>, _ isTransposed: Bool) -> R) -> R {
    if hasContiguousRows { return body(handle, false) }
    if transpose.hasContiguousRows { return body(transpose.handle, true) }
    return Matrix(self).withHandle { body($0, false) }
  }
}

extension Engine {
  /// Returns whether OpenBLAS computes a product of this shape inside a network.
  ///
  /// The default of `openBLAS` is OpenBLAS' first choice of kernels: the bits of a trained model do not depend
  /// on ``OpenBLAS/chooseCore``.
  ///
  /// - Parameters:
  ///   - openBLAS: The instruction set of OpenBLAS' kernels.
  ///   - threads: The number of threads that OpenBLAS uses.
  func usesOpenBLAS(
    rows: Int, columns: Int, inner: Int,
    of openBLAS: InstructionSet = OpenBLAS.loadedInstructionSet,
    threads: @autoclosure () -> Int = OpenBLAS.threads
  ) -> Bool {
    switch products {
    case .openBLAS: true
    case .swift: false
    case .automatic:
      // Measured on AVX-512: Swift is faster than one thread of OpenBLAS at all but the smallest shapes;
      // two threads of OpenBLAS are faster from about 192³. The baseline kernels are slower than the
      // ones that OpenBLAS chooses, unless OpenBLAS does not know the processor.
      instructionSet == .baseline
        || openBLAS >= instructionSet
          && multiplications(rows, columns, inner) > Self.smallProduct && threads() > 1
    }
  }

  /// Returns the engine for the product of whole matrices, outside networks: it uses OpenBLAS where that is faster
  /// after ``OpenBLAS/chooseCore``, with any number of threads.
  func ofWholeMatrices(rows: Int, columns: Int, inner: Int) -> Engine {
    // Reading the settings of OpenBLAS takes longer than the product of small matrices.
    if products != .automatic || multiplications(rows, columns, inner) <= Self.smallProduct {
      return self
    }
    var engine = self
    if usesOpenBLASForWholeMatrices(rows: rows, columns: columns, inner: inner) {
      engine.products = .openBLAS
    }
    return engine
  }

  /// Returns whether OpenBLAS computes a product of whole matrices of this shape.
  func usesOpenBLASForWholeMatrices(
    rows: Int, columns: Int, inner: Int,
    of openBLAS: InstructionSet = OpenBLAS.instructionSet,
    threads: @autoclosure () -> Int = OpenBLAS.threads
  ) -> Bool {
    // Measured on Intel: one thread of OpenBLAS is 3 to 15 % faster than Swift from about 192³ with AVX2, and
    // from about 448³ with AVX-512. On Zen 4 it is up to 6 % slower with AVX-512, and as fast with AVX2.
    // Networks keep Swift, whose bits do not depend on OpenBLAS' kernels.
    let limit = instructionSet == .avx512 ? 0x1p26 : Self.smallProduct
    return openBLAS >= instructionSet && multiplications(rows, columns, inner) > limit
      || usesOpenBLAS(
        rows: rows, columns: columns, inner: inner, of: openBLAS, threads: threads())
  }

  /// The number of multiplications up to which Swift computes every product.
  private static let smallProduct = 0x1p22

  /// Returns the number of multiplications of a product, which may exceed the range of `Int` before the shapes
  /// are checked.
  private func multiplications(_ rows: Int, _ columns: Int, _ inner: Int) -> Double {
    Double(rows) * Double(columns) * Double(inner)
  }
}
