import LinearAlgebra

/// The cost of a product of `Matrix` compared with a bare call of OpenBLAS.
///
/// The difference is the checks, the choice of an engine and the test that the memory is not shared.
enum WrapperCost {
  private static let size = 128
  /// The number of products in one run; the bare calls of a run share one handle.
  private static let steps = 16

  /// The row of the tables.
  static var subject: Subject {
    Subject(
      .kernels, group: "wrapper", detail: "\(size) × \(size) × \(size)", seconds: 2,
      shortestTiming: Subject.shortTiming
    ) { () throws(BenchmarkError) in contenders }
  }

  private static var contenders: [Contender] {
    let a = RandomStream(seed: 1).normal(rows: size, columns: size)
    let b = RandomStream(seed: 2).normal(rows: size, columns: size)
    let operations = ProductShape.square(size).operations
    let bare = "bare sgemm"
    var wrapped = Matrix<Float>(rows: size, columns: size)
    var plain = wrapped
    return [
      Contender("Matrix", operations: operations, steps: steps, against: bare) {
        for _ in 0..<steps { wrapped.formProduct(a, b, engine: .openBLAS) }
      },
      Contender(bare, operations: operations, steps: steps, against: bare) {
        plain.withMutableHandle { plain in
          a.withHandle { a in
            b.withHandle { b in
              for _ in 0..<steps {
                plain.formProductWithOpenBLAS(
                  a, b, transposeA: false, transposeB: false, alpha: 1, beta: 0)
              }
            }
          }
        }
      },
    ]
  }
}
