internal import LangevinKernelTable
import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the exponential Σ Aᵏ / k! of this square matrix. ``exp(_:)`` is the elementwise one.
  ///
  /// Scaling and squaring with Padé approximants of degree 3, 5, 7, 9 or 13 (3, 5 or 7 for `Float`), Higham
  /// (2005), with the choice of the scaling by Al-Mohy and Higham (2009), which avoids needless squarings.
  ///
  /// - Throws: ``FactorizationError/overflow(operation:)``, `notFinite` or `noMemory`.
  public borrowing func matrixExponential() throws(FactorizationError) -> Matrix<Element> {
    requireSquare("matrixExponential", rows, columns)
    var exponential = MatrixExponential(of: Matrix(view))
    return try exponential.compute()
  }
}

/// The computation of a matrix exponential.
private struct MatrixExponential<Element: MatrixElement> {
  private static var operation: String { "matrixExponential" }

  /// The matrix, divided by a power of two once the power is known.
  private var a: Matrix<Element>
  private let kernels: ElementKernels

  init(of matrix: consuming Matrix<Element>) {
    a = matrix
    kernels = Engine.current.kernels(of: Element.self)
  }

  /// The degrees of the approximants, with the largest norm for which each has the accuracy of `Element`.
  private var bounds: [(degree: Int, norm: Double)] {
    Element.self == Float.self
      ? [(3, 4.258730016922831e-1), (5, 1.880152677804762), (7, 3.925724783138660)]
      : [
        (3, 1.495585217958292e-2), (5, 2.539398330063230e-1), (7, 9.504178996162932e-1),
        (9, 2.097847961257068), (13, 5.371920351148152),
      ]
  }

  mutating func compute() throws(FactorizationError) -> Matrix<Element> {
    let order = a.rows
    try a.withHandle { a throws(FactorizationError) in try a.requireFinite(Self.operation) }
    if order == 0 { return a }
    let norm = infinityNorm(a)
    let bounds = bounds
    // Powers of A, by exponent: the even ones up to the sixth, or eighth.
    var powers = [a * a]
    var squarings = 0
    var degree = bounds[bounds.count - 1].degree
    if let first = bounds.first(where: { norm <= $0.norm }) {
      degree = first.degree
    }
    if degree > 3 { powers.append(powers[0] * powers[0]) }
    if degree > 5 { powers.append(powers[1] * powers[0]) }
    let last = bounds[bounds.count - 1]
    if norm > last.norm {
      // ‖Aᵏ‖^(1/k) bounds the error as well, and is often far smaller than ‖A‖. Powers may overflow.
      let fourth = infinityNorm(powers[1]).squareRoot().squareRoot()
      let sixth = cbrt(infinityNorm(powers[2]).squareRoot())
      let bound = fourth.isFinite && sixth.isFinite ? max(fourth, sixth) : norm
      if bound > last.norm { squarings = Int(log2(bound / last.norm).rounded(.up)) }
      squarings += extraSquarings(degree: degree, scaledBy: squarings, norm)
    }
    if squarings > 0 { scale(&powers, squarings) }
    if degree == 9 { powers.append(powers[1] * powers[1]) }
    var result = try approximant(degree, powers)
    powers = []
    if squarings > 0 {
      var square = Matrix<Element>(uninitializedRows: order, columns: order)
      for _ in 0..<squarings {
        square.formProduct(result.view, result.view)
        swap(&square, &result)
      }
    }
    if !result.isFinite { throw .overflow(operation: Self.operation) }
    return result
  }

  /// Divides A by 2ˢ and its powers accordingly.
  private mutating func scale(_ powers: inout [Matrix<Element>], _ squarings: Int) {
    if infinityNorm(powers[powers.count - 1]).isFinite {
      for i in powers.indices { multiply(&powers[i], by: scalbn(1, -2 * (i + 1) * squarings)) }
      multiply(&a, by: scalbn(1, -squarings))
    } else {
      // A power overflowed.
      multiply(&a, by: scalbn(1, -squarings))
      powers[0] = a * a
      powers[1] = powers[0] * powers[0]
      powers[2] = powers[1] * powers[0]
    }
  }

  private func multiply(_ matrix: inout Matrix<Element>, by factor: Double) {
    matrix.withMutableHandle { x in unsafe kernels.scale(x.count, factor, x.base, x.base) }
  }

  /// Returns the approximant of A: (V − U)⁻¹ (V + U), where U has the odd and V the even powers.
  private func approximant(
    _ degree: Int, _ powers: [Matrix<Element>]
  ) throws(FactorizationError) -> Matrix<Element> {
    let b = Self.coefficients(degree)
    var u: Matrix<Element>
    var v: Matrix<Element>
    if degree == 13 {
      u = powers[2] * sum(powers, [0, b[9], b[11], b[13]])
      add(powers, [b[1], b[3], b[5], b[7]], to: &u)
      v = powers[2] * sum(powers, [0, b[8], b[10], b[12]])
      add(powers, [b[0], b[2], b[4], b[6]], to: &v)
    } else {
      u = sum(powers, (0...degree / 2).map { b[2 * $0 + 1] })
      v = sum(powers, (0...degree / 2).map { b[2 * $0] })
    }
    u = a * u
    // The numerator V + U and the denominator V − U.
    var numerator = v
    numerator.withMutableHandle { x in
      u.withHandle { unsafe kernels.add(x.count, x.base, $0.base, x.base) }
    }
    v.withMutableHandle { x in
      u.withHandle { unsafe kernels.subtract(x.count, x.base, $0.base, x.base) }
    }
    return try LU(v.view, Self.operation).solve(numerator)
  }

  /// Returns c₀ I + Σ cᵢ A²ⁱ.
  private func sum(_ powers: [Matrix<Element>], _ coefficients: [Double]) -> Matrix<Element> {
    var result = Matrix<Element>(rows: a.rows, columns: a.rows)
    add(powers, coefficients, to: &result)
    return result
  }

  /// Adds c₀ I + Σ cᵢ A²ⁱ.
  private func add(
    _ powers: [Matrix<Element>], _ coefficients: [Double], to result: inout Matrix<Element>
  ) {
    result.withMutableHandle { result in
      for i in 1..<coefficients.count {
        powers[i - 1].withHandle {
          unsafe kernels.addScaled(result.count, coefficients[i], $0.base, result.base)
        }
      }
      let first = Element(coefficients[0])
      if first != 0 {
        for i in 0..<result.rows { unsafe result.base[i * result.stride + i] += first }
      }
    }
  }

  /// Returns the coefficients of the numerator of the Padé approximant to the exponential:
  /// (2m − j)! m! / ((2m)! (m − j)! j!), scaled to integers.
  private static func coefficients(_ degree: Int) -> [Double] {
    var result = [1.0]
    for j in stride(from: degree, to: 0, by: -1) {
      // The ratio of coefficient j − 1 to coefficient j.
      let ratio = Double((2 * degree - j + 1) * j) / Double(degree - j + 1)
      result.append(result[result.count - 1] * ratio)
    }
    return result.reversed()
  }

  /// Returns the infinity-norm, which is the 1-norm of the transpose.
  private func infinityNorm(_ matrix: Matrix<Element>) -> Double {
    matrix.withHandle { $0.largestRowSum }
  }

  /// Returns the squarings that rounding in the approximant requires in addition: the error of a nonnormal
  /// matrix depends on |A|.
  private func extraSquarings(degree: Int, scaledBy squarings: Int, _ norm: Double) -> Int {
    // The first coefficient of the backward error.
    let logOfCoefficient =
      degree == 13 ? log2(1.132507756060211e35) : log2(4.487938430976e15)
    let exponent = 2 * degree + 1
    var magnitudes = a
    magnitudes.withMutableHandle { x in unsafe kernels.magnitude(x.count, x.base, x.base) }
    // log₂ ‖|A|^(2m+1)‖, as the largest row sum.
    var vector = [Element](repeating: 1, count: a.rows)
    var logOfNorm = 0.0
    for _ in 0..<exponent {
      vector = magnitudes * vector
      let largest: Double = unsafe vector.withUnsafeMutableBufferPointer { memory in
        guard let x = memory.baseAddress else { return 0 }
        let largest = unsafe kernels.greatest(memory.count, x)
        unsafe kernels.divideByScalar(memory.count, largest, x, x)
        return largest
      }
      if largest == 0 || !largest.isFinite { return 0 }
      logOfNorm += log2(largest)
    }
    let scaledLog = logOfNorm - log2(norm) - Double(squarings * (exponent - 1))
    let excess = scaledLog - logOfCoefficient - log2(Double(Element.ulpOfOne) / 2)
    return excess.isFinite ? max(0, Int((excess / Double(2 * degree)).rounded(.up))) : 0
  }
}
