import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// Adam, compared with the formula of PyTorch in `Double`.
///
///     denominator = sqrt(v) / sqrt(1 - beta2^n) + epsilon
///     parameters -= learningRate / (1 - beta1^n) * m / denominator
@Suite struct AdamTests {
  private struct Setting {
    var learningRate = 1e-3
    var beta1 = 0.9
    var beta2 = 0.999
    var epsilon = 1e-8
    var gradientScale: Float = 1
  }

  @Test(arguments: Kernels.available, [0, 1, 3, 4, 15, 16, 17, 31, 33, 200, 1003])
  func followsTheFormula(_ level: KernelLevel, _ count: Int) {
    let settings = [
      Setting(),
      Setting(learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3, gradientScale: 0.25),
    ]
    for setting in settings {
      let table = Kernels.table(level)
      // The 20 elements beyond the count must keep their values.
      let start = reals(count + 20, seed: 1)
      var parameters = start
      var first = [Float](repeating: 0, count: count + 20)
      var second = [Float](repeating: 0, count: count + 20)
      var exactParameters = start.map { Double($0) }
      var m = [Double](repeating: 0, count: count)
      var v = [Double](repeating: 0, count: count)
      for n in 1...6 {
        // Gradients of very different magnitudes, some of them zero.
        let gradients = reals(count + 20, seed: UInt64(n)).enumerated().map { i, x in
          i % 7 == 0 ? 0 : x * Float(sign: .plus, exponent: i % 20 - 10, significand: 1)
        }
        let correction1 = 1 - pow(setting.beta1, Double(n))
        let correction2 = 1 - pow(setting.beta2, Double(n))
        unsafe table.adam(
          count, &parameters, gradients, &first, &second, setting.gradientScale, setting.beta1,
          setting.beta2, setting.learningRate / correction1, correction2.squareRoot(),
          setting.epsilon, n % 2 == 0, nil, 0)
        for i in 0..<count {
          let g = Double(gradients[i]) * Double(setting.gradientScale)
          m[i] = setting.beta1 * m[i] + (1 - setting.beta1) * g
          v[i] = setting.beta2 * v[i] + (1 - setting.beta2) * g * g
          exactParameters[i] -=
            setting.learningRate / correction1 * m[i]
            / (v[i].squareRoot() / correction2.squareRoot() + setting.epsilon)
        }
      }
      var worst = (p: 0.0, m: 0.0, v: 0.0)
      for i in 0..<count {
        worst.p = max(worst.p, (Double(parameters[i]) - exactParameters[i]).magnitude)
        // The terms of m may cancel, so its error is relative to the square root of v, which bounds m.
        worst.m = max(
          worst.m, (Double(first[i]) - m[i]).magnitude / max(v[i].squareRoot(), 1e-30))
        worst.v = max(worst.v, (Double(second[i]) - v[i]).magnitude / max(v[i], 1e-30))
      }
      // Six roundings of a parameter below 2, and the roundings of the step itself.
      #expect(worst.p < 6 * 0x1p-24 + setting.learningRate * 1e-5)
      #expect(worst.m < 1e-4)
      #expect(worst.v < 1e-5)
      #expect(parameters.dropFirst(count) == start.dropFirst(count))
      #expect(first.dropFirst(count).allSatisfy { $0 == 0 })
      #expect(second.dropFirst(count).allSatisfy { $0 == 0 })
    }
  }

  /// The bits depend neither on whether parameters are streamed past the caches nor on the alignment of
  /// the arrays.
  @Test(arguments: Kernels.available, [0, 1, 3, 16, 17, 33, 64, 200])
  func streamingAndAlignmentDoNotChangeTheBits(_ level: KernelLevel, _ count: Int) {
    func step(streams: Bool, offset: Int) -> [Float] {
      // The element beyond the count must keep its value.
      let arrays = (1...4).map { AlignedNumbers(reals(count + 1, seed: $0), offset: offset) }
      // Second moments are never negative.
      for i in 0...count { unsafe arrays[3].base[i] = arrays[3].base[i].magnitude }
      unsafe Kernels.table(level).adam(
        count, arrays[0].base, arrays[1].base, arrays[2].base, arrays[3].base, 0.5, 0.9, 0.999,
        0.01, 0.1, 1e-8, streams, nil, 0)
      return arrays.flatMap(\.values)
    }
    let plain = step(streams: false, offset: 0)
    let start = reals(count + 1, seed: 1)
    #expect(count == 0 || plain[0] != start[0])
    #expect(plain[count] == start[count])
    for offset in [0, 1, 4, 8, 15] {
      for streams in [false, true] {
        let difference = difference(step(streams: streams, offset: offset), plain)
        #expect(difference == nil, "streams: \(streams), \(offset) floats after a line start")
      }
    }
  }

  /// The EMA moves toward the new parameters by its weight and changes nothing else.
  @Test(arguments: Kernels.available, [0, 1, 3, 16, 17, 33, 200])
  func emaFollowsTheParameters(_ level: KernelLevel, _ count: Int) {
    let gradients = reals(count + 1, seed: 2)
    let start = reals(count + 1, seed: 4)
    func step(_ average: UnsafeMutablePointer<Float>?, streams: Bool) -> [Float] {
      var arrays = [1, 3].map { reals(count + 1, seed: $0) }
      var second = reals(count + 1, seed: 5).map(\.magnitude)
      var parameters = arrays.removeFirst()
      unsafe Kernels.table(level).adam(
        count, &parameters, gradients, &arrays[0], &second, 0.5, 0.9, 0.999, 0.01, 0.1, 1e-8,
        streams, average, 0.125)
      return parameters + arrays[0] + second
    }
    let plain = step(nil, streams: false)
    for streams in [false, true] {
      var average = start
      let result = unsafe step(&average, streams: streams)
      #expect(haveSameBits(result, plain))
      for i in 0..<count {
        let exact = Double(start[i]) + 0.125 * (Double(result[i]) - Double(start[i]))
        #expect(abs(Double(average[i]) - exact) <= 0x1p-23)
      }
      #expect(average[count] == start[count])
    }
  }
}
