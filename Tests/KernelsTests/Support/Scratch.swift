import LangevinKernelTable

/// Calls `body` with exactly the scratch memory that `table` requests, aligned to 64 bytes and filled
/// with NaN, so that reading it before writing shows in the product.
func withScratch(of table: KernelTable, _ body: (UnsafeMutablePointer<Float>) -> Void) {
  let memory = AlignedNumbers(repeating: .nan, count: table.multiplyScratch)
  unsafe body(memory.base)
}
