import LangevinKernelTable
import LinearAlgebra

/// A matrix product to measure.
struct ProductShape {
  let form: ProductForm
  /// The number of rows of the result.
  let rows: Int
  /// The number of terms in each sum.
  let inner: Int
  /// The number of columns of the result.
  let columns: Int

  init(_ form: ProductForm, _ rows: Int, _ inner: Int, _ columns: Int) {
    self.form = form
    self.rows = rows
    self.inner = inner
    self.columns = columns
  }

  /// Returns the product of two square matrices of order `size`.
  static func square(_ size: Int) -> ProductShape { ProductShape(.square, size, size, size) }

  /// The products of the preset original, for a batch and for the whole data set, and square products.
  static let all =
    [
      ProductShape(.forward, 128, 2, 128), ProductShape(.forward, 128, 128, 128),
      ProductShape(.forward, 128, 128, 2), ProductShape(.inputGradient, 128, 128, 128),
      ProductShape(.weightGradient, 128, 128, 128), ProductShape(.forward, 10_000, 128, 128),
      ProductShape(.inputGradient, 10_000, 128, 128),
      ProductShape(.weightGradient, 128, 10_000, 128),
    ] + [64, 128, 256, 512, 1024, 2048].map { .square($0) }

  /// The number of multiplications and additions.
  var operations: Double { 2 * Double(rows) * Double(inner) * Double(columns) }

  /// Returns the row of the tables, with `openBLASThreads` threads for OpenBLAS.
  func subject(openBLASThreads: Int) -> Subject {
    // The largest product takes a second per round.
    Subject(
      .kernels, group: form.rawValue, detail: "\(rows) × \(inner) × \(columns)",
      seconds: operations > 1e10 ? 5 : 2
    ) { () throws(BenchmarkError) in try contenders(openBLASThreads: openBLASThreads) }
  }

  /// Returns a contender for each implementation, after checking its result.
  private func contenders(openBLASThreads: Int) throws(BenchmarkError) -> [Contender] {
    let random = RandomStream(seed: 1)
    let a = random.normal(
      rows: form.transposesA ? inner : rows, columns: form.transposesA ? rows : inner)
    let b = RandomStream(seed: 2).normal(
      rows: form.transposesB ? columns : inner, columns: form.transposesB ? inner : columns)
    let expected = product(a, b, .openBLAS)
    let reference = Contender.name(Contender.reference, threads: openBLASThreads)
    var contenders = [naive(a, b, against: reference)]
    for level in Engine.availableInstructionSets {
      let engine = Engine(.swift, instructionSet: level)
      let name = "swift \(level.rawValue)"
      // A sum of `inner` products of normal numbers is about √inner; its rounding errors stay below this.
      try Agreement.check(
        name, product(a, b, engine), expected, within: 1e-6 * Float(inner) + 1e-5)
      contenders.append(blocked(name, a, b, engine, against: reference))
    }
    contenders.append(
      blocked(reference, a, b, .openBLAS, threads: openBLASThreads, against: reference))
    return contenders
  }

  private func product(_ a: Matrix<Float>, _ b: Matrix<Float>, _ engine: Engine) -> Matrix<Float> {
    Matrix.product(
      a, b, transposeA: form.transposesA, transposeB: form.transposesB, engine: engine)
  }

  private func blocked(
    _ name: String, _ a: Matrix<Float>, _ b: Matrix<Float>, _ engine: Engine, threads: Int = 1,
    against: String
  ) -> Contender {
    var result = Matrix<Float>(rows: rows, columns: columns)
    return Contender(
      name, threads: threads, size: size, operations: operations, against: against
    ) {
      result.formProduct(
        a, b, transposeA: form.transposesA, transposeB: form.transposesB, engine: engine)
    }
  }

  private func naive(_ a: Matrix<Float>, _ b: Matrix<Float>, against: String) -> Contender {
    // Larger products than the square of 256 take tenths of a second and show nothing new.
    let isSlow = operations > ProductShape.square(256).operations
    let run = {
      keep(
        Matrix.naiveProduct(a, b, transposeA: form.transposesA, transposeB: form.transposesB))
    }
    return Contender(
      "naive", size: size, operations: operations, against: against, run: isSlow ? nil : run)
  }

  /// The position on the x axis of a plot; nil except for squares.
  private var size: Int? { form == .square ? rows : nil }
}
