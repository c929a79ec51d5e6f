import KernelTable
import LinearAlgebra

/// A matrix product to be measured.
struct ProductShape {
  let form: ProductForm
  /// Rows of the result.
  let rows: Int
  /// How many terms a sum has.
  let inner: Int
  /// Columns of the result.
  let columns: Int

  init(_ form: ProductForm, _ rows: Int, _ inner: Int, _ columns: Int) {
    self.form = form
    self.rows = rows
    self.inner = inner
    self.columns = columns
  }

  /// The seed's model at a batch and at the whole data set, and squares.
  static let all =
    [
      ProductShape(.forward, 128, 2, 128), ProductShape(.forward, 128, 128, 128),
      ProductShape(.forward, 128, 128, 2), ProductShape(.inputGradient, 128, 128, 128),
      ProductShape(.weightGradient, 128, 128, 128), ProductShape(.forward, 10_000, 128, 128),
      ProductShape(.inputGradient, 10_000, 128, 128),
      ProductShape(.weightGradient, 128, 10_000, 128),
    ] + [64, 128, 256, 512, 1024].map { ProductShape(.square, $0, $0, $0) }

  /// Multiplications and additions.
  var operations: Int { 2 * rows * inner * columns }

  /// The row of the tables, with `threads` threads for OpenBLAS.
  func subject(threads: Int) -> Subject {
    Subject(
      kind: .product, group: form.rawValue, detail: "\(rows) × \(inner) × \(columns)",
      operations: Double(operations), steps: 1
    ) { () throws(BenchmarkError) in try contenders(threads: threads) }
  }

  /// Every implementation, after a look at its result.
  private func contenders(threads: Int) throws(BenchmarkError) -> [Contender] {
    let random = RandomStream(seed: 1)
    let a = random.normal(
      rows: form.transposesA ? inner : rows, columns: form.transposesA ? rows : inner)
    let b = RandomStream(seed: 2).normal(
      rows: form.transposesB ? columns : inner, columns: form.transposesB ? inner : columns)
    let expected = product(a, b, .openBLAS)
    var contenders = [naive(a, b)]
    for level in Engine.availableLevels {
      let engine = Engine(.swift, level: level)
      let name = "swift \(level.rawValue)"
      let difference = product(a, b, engine).maximumDifference(from: expected)
      // A sum of `inner` products of normal numbers is some √inner; its roundings stay below this.
      // Written so that NaN fails.
      guard difference <= 1e-6 * Float(inner) + 1e-5 else {
        throw .wrongResult(contender: name, difference: difference)
      }
      contenders.append(blocked(name, a, b, engine, threads: 1))
    }
    contenders.append(blocked(Contender.reference, a, b, .openBLAS, threads: threads))
    return contenders
  }

  private func product(_ a: Matrix, _ b: Matrix, _ engine: Engine) -> Matrix {
    Matrix.product(
      a, b, transposeA: form.transposesA, transposeB: form.transposesB, engine: engine)
  }

  private func blocked(
    _ name: String, _ a: Matrix, _ b: Matrix, _ engine: Engine, threads: Int
  ) -> Contender {
    var result = Matrix(rows: rows, columns: columns)
    return Contender(name: name, threads: threads) {
      result.formProduct(
        a, b, transposeA: form.transposesA, transposeB: form.transposesB, engine: engine)
    }
  }

  private func naive(_ a: Matrix, _ b: Matrix) -> Contender {
    // Above the square of 256, one product takes tenths of a second and shows nothing new.
    if operations > 2 * 256 * 256 * 256 { return Contender(name: "naive", threads: 1, run: nil) }
    return Contender(name: "naive", threads: 1) {
      keep(
        Matrix.naiveProduct(a, b, transposeA: form.transposesA, transposeB: form.transposesB))
    }
  }
}
