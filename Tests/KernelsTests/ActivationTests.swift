import LangevinKernelTable
import LangevinKernels
import Testing

/// The activations of layers and their derivatives, compared with the C library in `Double`.
///
/// The error of a value is measured in units of 2⁻²⁴ of the exact value, at best half a unit in the last
/// place, or of x · 2⁻²⁴ if that is larger. The error of a derivative, whose terms may cancel, is
/// measured in units of 2⁻²⁴ of the sum of their magnitudes, or of 2⁻²⁴.
@Suite struct ActivationTests {
  private static let tables = Kernels.available.map { Kernels.table($0) }

  /// All exponents from denormal numbers to the largest, and a dense grid from -20 to 20.
  private static let arguments: [Float] = {
    var x = stride(from: 0, to: UInt32.max - 4_000_037, by: 4_000_037)
      .map { Float(bitPattern: $0) }
      .filter(\.isFinite)
    x += stride(from: -20, to: 20, by: 0x1p-7).map { $0 }
    return x + reals(3000, seed: 1).map { 6 * $0 }
  }()

  @Test(arguments: ActivationFunction.allCases)
  func stayNearTheExactValues(_ function: ActivationFunction) {
    let x = Self.arguments
    let exact = x.map { function.exact(Double($0)) }
    let unit = 0x1p-24
    for table in Self.tables {
      let (values, derivatives) = function.evaluate(x, by: table)
      var worst = (value: 0.0, derivative: 0.0)
      for i in x.indices {
        let scale = max(abs(exact[i].value), abs(Double(x[i])) * unit, 1e-37)
        worst.value = max(
          worst.value, abs(Double(values[i]) - exact[i].value) / (unit * scale))
        let terms = exact[i].derivativeTerms
        let derivativeScale = max(terms.reduce(0) { $0 + abs($1) }, unit)
        worst.derivative = max(
          worst.derivative,
          abs(Double(derivatives[i]) - terms.reduce(0, +)) / (unit * derivativeScale))
      }
      let isGELU = function == .gelu
      #expect(worst.value <= (isGELU ? 6 : 4), "\(table.level)")
      #expect(worst.derivative <= (isGELU ? 7 : 5), "\(table.level)")
    }
  }

  @Test(arguments: ActivationFunction.allCases, Kernels.available)
  func keepSpecialValues(_ function: ActivationFunction, _ level: KernelLevel) {
    let x: [Float] = [0, .infinity, .greatestFiniteMagnitude, 1000, -1000, .nan]
    let (values, derivatives) = function.evaluate(x, by: Kernels.table(level))
    let exact = function.exact(0)
    #expect(abs(values[0] - Float(exact.value)) < 1e-7)
    #expect(derivatives[0] == Float(exact.derivativeTerms[0]))
    #expect(values[1] == .infinity && values[2] == .greatestFiniteMagnitude && values[3] == 1000)
    #expect(derivatives[2] == 1 && derivatives[3] == 1)
    #expect(abs(values[4]) < 1e-35 && abs(derivatives[4]) < 1e-35)
    #expect(values[5].isNaN && derivatives[5].isNaN)
  }

  /// The value of an element does not depend on its position, its neighbors, or whether derivatives are
  /// requested.
  @Test(arguments: ActivationFunction.allCases, Kernels.available)
  func doNotDependOnPosition(_ function: ActivationFunction, _ level: KernelLevel) {
    let table = Kernels.table(level)
    let x = reals(70, seed: 1).map { 8 * $0 }
    let alone = x.map { function.evaluate([$0], by: table) }
    for count in [1, 3, 8, 16, 31, 33, 70] {
      let result = function.evaluate(Array(x.prefix(count)), by: table)
      #expect(haveSameBits(result.values, alone.prefix(count).map { $0.values[0] }))
      #expect(haveSameBits(result.derivatives, alone.prefix(count).map { $0.derivatives[0] }))
      let values = function.evaluate(Array(x.prefix(count)), derivatives: false, by: table).values
      #expect(haveSameBits(values, result.values))
    }
  }
}
