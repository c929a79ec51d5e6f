import LangevinKernelTable

/// Calls `body` with exactly as much scratch memory as `table` asks for, aligned to 64 bytes, and
/// filled with NaN: what is read before it was written shows in the product.
func withScratch(of table: KernelTable, _ body: (UnsafeMutablePointer<Float>) -> Void) {
  let memory = AlignedNumbers(repeating: .nan, count: table.multiplyScratch)
  unsafe body(memory.base)
}
