import LangevinKernelTable
import LangevinKernels
import Testing

/// Arithmetic and comparisons of `Float` and `Double`, whose bits equal those of Swift's operators.
@Suite struct ElementArithmeticTests {
  @Test(arguments: KernelBuild.all)
  func combinesElements(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      let cases: [(String, ElementKernels.Combine, (T, T) -> T)] = unsafe [
        ("add", kernels.add, { $0 + $1 }),
        ("subtract", kernels.subtract, { $0 - $1 }),
        ("multiply", kernels.multiply, { $0 * $1 }),
        ("divide", kernels.divide, { $0 / $1 }),
        ("minimum", kernels.minimum, { $0.isNaN || $1.isNaN ? .nan : $0 < $1 ? $0 : $1 }),
        ("maximum", kernels.maximum, { $0.isNaN || $1.isNaN ? .nan : $0 > $1 ? $0 : $1 }),
      ]
      for count in elementCounts {
        let x = mixed(count, seed: 1, type)
        let y = mixed(count, seed: 2, type)
        for unsafe(name, kernel, f) in unsafe cases {
          let expected = zip(x, y).map(f)
          #expect(unsafe match(combined(x, y, by: kernel), expected), "\(name), \(count)")
          var (first, second) = (x, y)
          unsafe first.withUnsafeMutableBytes { first in
            guard let base = first.baseAddress else { return }
            unsafe kernel(count, base, y, base)
          }
          #expect(match(first, expected), "\(name) in place of x, \(count)")
          unsafe second.withUnsafeMutableBytes { second in
            guard let base = second.baseAddress else { return }
            unsafe kernel(count, x, base, base)
          }
          #expect(match(second, expected), "\(name) in place of y, \(count)")
        }
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func combinesWithScalars(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      let scalar = T(1.7)
      let cases: [(String, ElementKernels.CombineWithScalar, (T) -> T)] = unsafe [
        ("addScalar", kernels.addScalar, { $0 + scalar }),
        ("subtractFromScalar", kernels.subtractFromScalar, { scalar - $0 }),
        ("scale", kernels.scale, { $0 * scalar }),
        ("divideByScalar", kernels.divideByScalar, { $0 / scalar }),
        ("divideScalar", kernels.divideScalar, { scalar / $0 }),
      ]
      for count in elementCounts {
        let x = mixed(count, seed: 1, type)
        for unsafe(name, kernel, f) in unsafe cases {
          var y = [T](repeating: 7, count: count + 1)
          // The scalar is rounded to the type of the elements.
          unsafe kernel(count, 1.7, x, &y)
          #expect(match(y, x.map(f) + [7]), "\(name), \(count)")
          var z = x
          unsafe z.withUnsafeMutableBytes { z in
            guard let base = z.baseAddress else { return }
            unsafe kernel(count, 1.7, base, base)
          }
          #expect(match(z, x.map(f)), "\(name) in place, \(count)")
        }
        let before = reals(count + 1, seed: 3, type)
        var y = before
        let finite = reals(count, seed: 4, type)
        unsafe kernels.addScaled(count, -2.3, finite, &y)
        let good = (0..<count).allSatisfy { i in
          // Fused or not.
          let product = T(-2.3) * finite[i]
          return y[i] == before[i] + product || y[i] == before[i].addingProduct(T(-2.3), finite[i])
        }
        #expect(good && y[count] == before[count], "addScaled, \(count)")
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func mapsElements(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for count in elementCounts {
        let x = mixed(count, seed: 1, type)
        #expect(unsafe match(mapped(x, by: kernels.magnitude), x.map(\.magnitude)))
        #expect(unsafe match(mapped(x, by: kernels.squareRoot), x.map { $0.squareRoot() }))
        #expect(unsafe match(mappedInPlace(x, by: kernels.magnitude), x.map(\.magnitude)))
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func comparesElements(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      let pairs: [(String, ElementKernels.Compare, (T, T) -> Bool)] = unsafe [
        ("isLess", kernels.isLess, { $0 < $1 }),
        ("isLessOrEqual", kernels.isLessOrEqual, { $0 <= $1 }),
        ("isEqual", kernels.isEqual, { $0 == $1 }),
      ]
      let scalars: [(String, ElementKernels.CompareWithScalar, (T, T) -> Bool)] = unsafe [
        ("isLessThanScalar", kernels.isLessThanScalar, { $0 < $1 }),
        ("isLessThanOrEqualToScalar", kernels.isLessThanOrEqualToScalar, { $0 <= $1 }),
        ("isGreaterThanScalar", kernels.isGreaterThanScalar, { $0 > $1 }),
        ("isGreaterThanOrEqualToScalar", kernels.isGreaterThanOrEqualToScalar, { $0 >= $1 }),
        ("isEqualToScalar", kernels.isEqualToScalar, { $0 == $1 }),
      ]
      for count in elementCounts {
        let x = mixed(count, seed: 1, type)
        let y = zip(x, mixed(count, seed: 2, type)).enumerated().map { i, pair in
          i % 3 == 0 ? pair.0 : pair.1
        }
        for unsafe(name, kernel, holds) in unsafe pairs {
          var mask = [UInt8](repeating: 9, count: count + 1)
          unsafe kernel(count, x, y, &mask)
          #expect(mask == zip(x, y).map { holds($0, $1) ? 1 : 0 } + [9], "\(name), \(count)")
        }
        for scalar in [0, 0.3, -T.infinity, .nan] {
          for unsafe(name, kernel, holds) in unsafe scalars {
            var mask = [UInt8](repeating: 9, count: count + 1)
            unsafe kernel(count, Double(scalar), x, &mask)
            #expect(mask == x.map { holds($0, scalar) ? 1 : 0 } + [9], "\(name), \(count)")
          }
        }
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func selectsElements(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for count in elementCounts {
        let x = mixed(count, seed: 1, type)
        let y = mixed(count, seed: 2, type)
        let mask = wholes(count, seed: 3).map { UInt8($0 > 0 ? 1 : 0) }
        let expected = mask.indices.map { mask[$0] == 1 ? x[$0] : y[$0] }
        var z = [T](repeating: 7, count: count + 1)
        unsafe kernels.select(count, mask, x, y, &z)
        #expect(match(z, expected + [7]), "\(count)")
        var inPlace = y
        unsafe inPlace.withUnsafeMutableBytes { y in
          guard let base = y.baseAddress else { return }
          unsafe kernels.select(count, mask, x, base, base)
        }
        #expect(match(inPlace, expected), "\(count)")
      }
    }
    check(build.type)
  }
}
