import LangevinKernelTable
import LangevinKernels
import Testing

/// Fetching a matrix leaves it as it was, and reads nothing outside of it: its last row ends with its
/// last element, for a sanitizer to see.
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
