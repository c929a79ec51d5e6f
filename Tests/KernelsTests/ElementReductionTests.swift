import LangevinKernelTable
import LangevinKernels
import Testing

/// Sums, extrema and other reductions of `Float` and `Double`.
@Suite struct ElementReductionTests {
  /// Sums of whole numbers are exact, so every element must count exactly once.
  @Test(arguments: KernelBuild.all)
  func sums(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for count in elementCounts + [1023, 4096, 10_001] {
        let x = wholes(count, seed: 1, type)
        let y = wholes(count, seed: 2, type)
        func total(_ term: (Int) -> T) -> Double { Double((0..<count).reduce(0) { $0 + term($1) }) }
        #expect(unsafe kernels.sum(count, x) == total { x[$0] })
        #expect(unsafe kernels.sumOfMagnitudes(count, x) == total { x[$0].magnitude })
        #expect(unsafe kernels.squaredNorm(count, x) == total { x[$0] * x[$0] })
        #expect(unsafe kernels.dot(count, x, y) == total { x[$0] * y[$0] })
        #expect(
          unsafe kernels.squaredDeviations(count, 3, x) == total { (x[$0] - 3) * (x[$0] - 3) })
      }
      let x: [T] = [1, .infinity, 2]
      #expect(unsafe kernels.sum(3, x) == .infinity)
      #expect(unsafe kernels.sum(3, [1, T.nan, 2]).isNaN)
    }
    check(build.type)
  }

  /// The error does not grow with the count.
  @Test(arguments: Kernels.available)
  func sumsManyDoublesPrecisely(_ level: KernelLevel) {
    let count = 1_000_001
    let x = [Double](repeating: 0.1, count: count)
    let exact = Double(count) * 0.1
    #expect(unsafe abs(Kernels.doubles(level).sum(count, x) / exact - 1) < 1e-15)
    #expect(unsafe abs(Kernels.doubles(level).dot(count, x, x) / (exact * 0.1) - 1) < 2e-15)
  }

  @Test(arguments: KernelBuild.all)
  func findsExtrema(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      func compare(_ x: [T]) {
        let numbers = x.filter { !$0.isNaN }
        let least = numbers.min().map { Double($0) }
        let greatest = numbers.max().map { Double($0) }
        let name = "\(x.count) elements"
        #expect(unsafe kernels.least(x.count, x) == least ?? .nan || least == nil, "\(name)")
        #expect(unsafe kernels.least(x.count, x).isNaN == (least == nil), "\(name)")
        #expect(unsafe kernels.greatest(x.count, x) == greatest ?? .nan || greatest == nil)
        #expect(unsafe kernels.greatest(x.count, x).isNaN == (greatest == nil), "\(name)")
        let first = { (value: Double?) -> Int in
          if x.isEmpty { return -1 }
          guard let value else { return 0 }
          return x.firstIndex { Double($0) == value } ?? -2
        }
        #expect(unsafe kernels.indexOfLeast(x.count, x) == first(least), "\(name)")
        #expect(unsafe kernels.indexOfGreatest(x.count, x) == first(greatest), "\(name)")
      }
      for count in elementCounts {
        compare(reals(count, seed: 1, type))
        compare(wholes(count, seed: 3, type))
      }
      for count in [0, 1, 2, 5, 16, 33, 70, 300, 2100] {
        compare(mixed(count, seed: 2, type))
        compare([T](repeating: .nan, count: count))
        compare([T](repeating: .infinity, count: count))
        compare([T](repeating: -.infinity, count: count))
        compare([T.nan] + [T](repeating: -.infinity, count: count))
        compare([T](repeating: .nan, count: count) + [.infinity])
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func findsNumbersThatAreNotFinite(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for count in [0, 1, 2, 7, 16, 33, 70, 5000] {
        var x = reals(count, seed: 1, type)
        if count > 0 { x[count / 2] = .greatestFiniteMagnitude }
        #expect(unsafe kernels.areFinite(count, x) == 1)
        for place in stride(from: 0, to: count, by: max(1, count / 70)) {
          for value in [T.nan, .infinity, -.infinity] {
            let old = x[place]
            x[place] = value
            #expect(unsafe kernels.areFinite(count, x) == 0, "\(count), \(place)")
            x[place] = old
          }
        }
      }
    }
    check(build.type)
  }

  @Test(arguments: KernelBuild.all)
  func sumsRowsAndColumns(_ build: KernelBuild) {
    func check<T: KernelElement>(_ type: T.Type) {
      let kernels = type.kernels(build.level)
      for columns in [0, 1, 2, 3, 5, 8, 16, 17, 31, 64, 65, 130, 133, 300] {
        for rows in [0, 1, 2, 5, 9] {
          let stride = columns + 3
          let x = reals(rows * stride, seed: 1, type)
          var sums = [T](repeating: 7, count: rows + 1)
          unsafe kernels.sumRows(rows, columns, x, stride, &sums)
          for row in 0..<rows {
            let line = Array(x[row * stride..<row * stride + columns])
            #expect(unsafe sums[row] == T(kernels.sum(columns, line)))
          }
          #expect(sums[rows] == 7)
          for adds in [false, true] {
            let before = reals(columns + 1, seed: 2, type)
            var sums = before
            unsafe kernels.sumColumns(rows, columns, x, stride, adds, &sums)
            let expected = (0..<columns).map { j in
              (0..<rows).reduce(adds ? before[j] : 0) { $0 + x[$1 * stride + j] }
            }
            #expect(sums == expected + [before[columns]], "\(rows) × \(columns)")
          }
        }
      }
    }
    check(build.type)
  }
}
