import LangevinKernelTable
import LangevinKernels
import Testing

/// Elementwise arithmetic and sums.
@Suite struct VectorArithmeticTests {
  private static let counts = Array(0...200) + [4095, 4096, 4097, 10_001]

  @Test(arguments: Kernels.available)
  func combinesElements(_ level: KernelLevel) {
    let table = Kernels.floats(level)
    for count in Self.counts {
      let x = reals(count, seed: 1)
      let y = reals(count, seed: 2)
      let each = zip(x, y)
      #expect(unsafe haveSameBits(combined(x, y, by: table.add), each.map { $0 + $1 }))
      #expect(unsafe haveSameBits(combined(x, y, by: table.subtract), each.map { $0 - $1 }))
      #expect(unsafe haveSameBits(combined(x, y, by: table.multiply), each.map { $0 * $1 }))
      #expect(unsafe haveSameBits(combined(x, y, by: table.divide), each.map { $0 / $1 }))
    }
  }

  /// The result may overwrite either argument; elements beyond `count` stay unchanged.
  @Test(arguments: Kernels.available, [0, 1, 7, 16, 45])
  func combinesInPlace(_ level: KernelLevel, _ count: Int) {
    let table = Kernels.floats(level)
    let x = reals(count + 20, seed: 1)
    let y = reals(count + 20, seed: 2)
    let expected = (0..<count).map { x[$0] - y[$0] }
    var first = x
    unsafe first.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe table.subtract(count, UnsafePointer(base), y, base)
    }
    #expect(first == expected + x.dropFirst(count))
    var second = y
    unsafe second.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe table.subtract(count, x, UnsafePointer(base), base)
    }
    #expect(second == expected + y.dropFirst(count))
  }

  @Test(arguments: Kernels.available)
  func scales(_ level: KernelLevel) {
    let table = Kernels.floats(level)
    for count in Self.counts {
      let x = reals(count, seed: 3)
      var y = [Float](repeating: .nan, count: count + 20)
      unsafe table.scale(count, 1.7, x, &y)
      #expect(haveSameBits(Array(y.prefix(count)), x.map { 1.7 * $0 }))
      #expect(y.dropFirst(count).allSatisfy { $0.isNaN })
    }
  }

  /// An instruction set may fuse the operations or not; the error is at most that of two roundings.
  @Test(arguments: Kernels.available)
  func addsScaled(_ level: KernelLevel) {
    let table = Kernels.floats(level)
    for count in Self.counts {
      let x = reals(count, seed: 4)
      let before = reals(count + 20, seed: 5)
      var y = before
      unsafe table.addScaled(count, -2.3, x, &y)
      var good = true
      for i in 0..<count {
        let product = Double(Float(-2.3)) * Double(x[i])
        let exact = Double(before[i]) + product
        let unit = Double(max(exact.magnitude, product.magnitude)) * 0x1p-24
        good = good && (Double(y[i]) - exact).magnitude <= 2.001 * unit
      }
      #expect(good, "\(count) elements")
      #expect(y.dropFirst(count) == before.dropFirst(count))
    }
  }

  /// Sums of whole numbers are exact, so every element must count exactly once.
  @Test(arguments: Kernels.available)
  func sums(_ level: KernelLevel) {
    let table = Kernels.floats(level)
    for count in Self.counts {
      let x = wholes(count, seed: 6)
      #expect(unsafe table.sum(count, x) == x.reduce(0) { $0 + Double($1) })
      #expect(unsafe table.squaredNorm(count, x) == x.reduce(0) { $0 + Double($1 * $1) })
    }
  }

  /// A plain sum in `Float` of a million values 0.1 would be off by one percent.
  @Test(arguments: Kernels.available)
  func sumsManyNumbersPrecisely(_ level: KernelLevel) {
    let table = Kernels.floats(level)
    let x = [Float](repeating: 0.1, count: 1_000_003)
    let sum = unsafe table.sum(x.count, x)
    #expect((sum / (Double(Float(0.1)) * Double(x.count)) - 1).magnitude < 2e-5)
    let square = unsafe table.squaredNorm(x.count, x)
    #expect(
      (square / (Double(Float(0.1)) * Double(Float(0.1)) * Double(x.count)) - 1).magnitude < 2e-5)
  }
}
