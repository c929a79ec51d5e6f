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
    alpha: Float = 1, beta: Float = 0, engine: Engine
  ) {
    let (outer, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, width) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    require(
      inner == innerB && rows == outer && columns == width,
      """
      product: \(a.rows) × \(a.columns)\(transposeA ? " transposed" : "") times \
      \(b.rows) × \(b.columns)\(transposeB ? " transposed" : "") does not give \
      \(rows) × \(columns)
      """)
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
      beta, base, stride, scratch.base)
  }
}

extension Engine {
  /// Returns whether OpenBLAS computes a product of this shape.
  ///
  /// - Parameters:
  ///   - openBLAS: The instruction set of OpenBLAS' kernels.
  ///   - threads: The number of threads that OpenBLAS uses.
  func usesOpenBLAS(
    rows: Int, columns: Int, inner: Int, of openBLAS: InstructionSet = OpenBLAS.instructionSet,
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
        || openBLAS >= instructionSet && rows * columns * inner > 1 << 22 && threads() > 1
    }
  }
}
