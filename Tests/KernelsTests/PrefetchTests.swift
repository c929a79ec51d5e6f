import LangevinKernelTable
import LangevinKernels
import Testing

/// Prefetching a matrix changes nothing and reads nothing outside it: the memory ends with the last
/// element of the last row, so that a sanitizer detects any read beyond it.
@Suite struct PrefetchTests {
  @Test(
    arguments: Kernels.available,
    [(0, 5, 5), (1, 1, 1), (1, 100, 100), (3, 16, 16), (5, 17, 20), (4, 33, 48), (2, 0, 3)])
  func changesNothing(_ level: KernelLevel, _ shape: (rows: Int, columns: Int, stride: Int)) {
    let count = max(0, (shape.rows - 1) * shape.stride + shape.columns)
    let start = reals(count, seed: 1)
    let numbers = AlignedNumbers(start)
    unsafe Kernels.table(level).prefetch(shape.rows, shape.columns, numbers.base, shape.stride)
    #expect(haveSameBits(numbers.values, start))
  }
}
