import LangevinThreading
import LinearAlgebra

/// Small products that each thread computes by itself in its own cache, to measure the peak.
enum PeakWork {
  /// Returns square products that fit the second-level cache, for each of `threadCounts` and both engines.
  static func subjects(threadCounts: [Int]) -> [Subject] {
    [64, 128, 256].map { size in
      Subject(
        .kernels, group: "square", detail: "\(size) × \(size) × \(size)",
        seconds: 0.2 * Double(threadCounts.count)
      ) { () throws(BenchmarkError) in
        threadCounts.flatMap { threads in
          let pool = ThreadPool(threads: threads)
          return [
            contender("swift", size: size, .swift, pool),
            contender(Contender.reference, size: size, .openBLAS, pool),
          ]
        }
      }
    }
  }

  private static func contender(
    _ name: String, size: Int, _ engine: Engine, _ pool: ThreadPool
  ) -> Contender {
    let product = ProductShape.square(size).operations
    // Enough work to make waking and synchronizing the threads a small part of the time.
    let repeats = Int((1e8 / product).rounded(.up))
    let squares = (0..<pool.threads).map { _ in Square(size: size, engine: engine) }
    return Contender(
      name, threads: pool.threads, operations: product * Double(repeats * pool.threads)
    ) {
      pool.run(pool.threads) { squares[$0].multiply(repeats: repeats) }
    }
  }

  /// The product of one thread. Only one task at a time uses it.
  private final class Square: @unchecked Sendable {
    private let a: Matrix<Float>
    private let b: Matrix<Float>
    private var product: Matrix<Float>
    private let engine: Engine

    init(size: Int, engine: Engine) {
      a = RandomStream(seed: 1).normal(rows: size, columns: size)
      b = RandomStream(seed: 2).normal(rows: size, columns: size)
      product = Matrix<Float>(rows: size, columns: size)
      self.engine = engine
    }

    func multiply(repeats: Int) {
      for _ in 0..<repeats { product.formProduct(a, b, engine: engine) }
    }
  }
}
