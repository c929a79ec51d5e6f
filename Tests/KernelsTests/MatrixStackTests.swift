import LangevinKernelTable
import LangevinKernels
import Testing

/// Transposes, and products and factorizations of stacks of small matrices.
@Suite struct MatrixStackTests {
  @Test(arguments: KernelBuild.all)
  func transposes(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      let sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50, 67]
      for rows in sizes {
        for columns in sizes {
          let (stride, strideY) = (columns + 2, rows + 3)
          // The memory ends with the last element, so that a sanitizer detects reads beyond it.
          let x = (0..<max(0, (rows - 1) * stride + columns)).map { T($0) }
          var y = [T](repeating: -1, count: columns * strideY)
          var expected = y
          for i in 0..<rows {
            for j in 0..<columns { expected[j * strideY + i] = x[i * stride + j] }
          }
          unsafe kernels.transpose(rows, columns, x, stride, &y, strideY)
          #expect(y == expected, "\(rows) × \(columns)")
        }
      }
    }
    check(build.type)
  }

  /// Products of whole numbers are exact.
  @Test(arguments: KernelBuild.all)
  func multiplies(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      let sizes = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 20, 33]
      var shapes = sizes.map { ($0, $0, $0) } + sizes.map { (3, $0, 5) } + sizes.map { ($0, 3, 2) }
      shapes += [(2, 3, 0), (0, 3, 2), (2, 0, 3)]
      for (rows, columns, inner) in shapes {
        for count in [0, 1, 3] {
          let a = wholes(count * rows * inner, seed: 1, type)
          let b = wholes(count * inner * columns, seed: 2, type)
          var c = [T](repeating: 7, count: count * rows * columns + 1)
          var expected = c
          for m in 0..<count {
            for i in 0..<rows {
              for j in 0..<columns {
                expected[(m * rows + i) * columns + j] = (0..<inner).reduce(0) { sum, k in
                  sum + a[(m * rows + i) * inner + k] * b[(m * inner + k) * columns + j]
                }
              }
            }
          }
          unsafe kernels.multiplyStack(count, rows, columns, inner, a, b, &c)
          #expect(c == expected, "\(count) × \(rows) × \(columns) × \(inner)")
        }
      }
    }
    check(build.type)
  }

  private static let orders = [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 31, 32, 40]

  @Test(arguments: KernelBuild.all)
  func factorsPositiveDefiniteMatrices(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for order in Self.orders {
        let count = 3
        let size = order * order
        var matrices = [T](repeating: 0, count: count * size)
        for m in 0..<count {
          let b = reals(size, seed: UInt64(m), type)
          for i in 0..<order {
            for j in 0..<order {
              let dot = (0..<order).reduce(0) { $0 + b[i * order + $1] * b[j * order + $1] }
              matrices[m * size + i * order + j] = dot + (i == j ? 1 : 0)
            }
          }
        }
        var factors = matrices
        var failed = -1
        #expect(unsafe kernels.factorCholeskyStack(count, order, &factors, &failed) == count)
        #expect(failed == -1)
        var worst: T = 0
        for m in 0..<count {
          let l = { (i: Int, j: Int) in factors[m * size + i * order + j] }
          for i in 0..<order {
            for j in 0..<order {
              if j > i { #expect(l(i, j) == 0) }
              let product = (0..<order).reduce(0) { $0 + l(i, $1) * l(j, $1) }
              worst = max(worst, (product - matrices[m * size + i * order + j]).magnitude)
            }
          }
        }
        #expect(worst <= T(4 * order) * T.ulpOfOne * T(order), "order \(order)")

        // The second matrix fails at its last minor, or at an element that is NaN.
        for value in [-1, 0, T.nan] {
          var broken = matrices
          broken[size + size - 1] = value
          #expect(unsafe kernels.factorCholeskyStack(count, order, &broken, &failed) == 1)
          #expect(failed == order)
        }
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func factorsGeneralMatrices(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for order in Self.orders {
        let count = 3
        let size = order * order
        let matrices = reals(count * size, seed: 9, type)
        var factors = matrices
        var pivots = [Int32](repeating: -1, count: count * order)
        var failed = -1
        #expect(unsafe kernels.factorLUStack(count, order, &factors, &pivots, &failed) == count)
        #expect(failed == -1)
        var worst: T = 0
        for m in 0..<count {
          var permuted = Array(matrices[m * size..<(m + 1) * size])
          for k in 0..<order {
            let other = Int(pivots[m * order + k])
            #expect(other >= k && other < order)
            for j in 0..<order { permuted.swapAt(k * order + j, other * order + j) }
          }
          let element = { (i: Int, j: Int) in factors[m * size + i * order + j] }
          for i in 0..<order {
            for j in 0..<order {
              if j < i { #expect(element(i, j).magnitude <= 1) }
              let product = (0...min(i, j)).reduce(0) {
                $0 + ($1 == i ? 1 : element(i, $1)) * element($1, j)
              }
              worst = max(worst, (product - permuted[i * order + j]).magnitude)
            }
          }
        }
        #expect(worst <= T(8 * order) * T.ulpOfOne, "order \(order)")

        // The first of equal magnitudes is the pivot; a column of zeros has none.
        var broken = matrices
        for i in 0..<order { broken[2 * size + i * order] = 0 }
        #expect(unsafe kernels.factorLUStack(count, order, &broken, &pivots, &failed) == 2)
        #expect(failed == 0)
      }
      var tied: [T] = [1, 2, -1, 3]
      var pivots: [Int32] = [9, 9]
      var failed = -1
      #expect(unsafe kernels.factorLUStack(1, 2, &tied, &pivots, &failed) == 1)
      #expect(pivots == [0, 1] && tied == [1, 2, -1, 5])
    }
    check(build.type)
  }
}
