/// Floats in memory of known alignment, unlike an array's: the first lies `offset` floats after the
/// start of a cache line.
@safe
final class AlignedNumbers {
  let base: UnsafeMutablePointer<Float>
  private let memory: UnsafeMutableRawPointer
  private let count: Int

  init(repeating number: Float, count: Int, offset: Int = 0) {
    self.count = count
    unsafe memory = .allocate(
      byteCount: max(1, offset + count) * MemoryLayout<Float>.stride, alignment: 64)
    unsafe base =
      (memory + offset * MemoryLayout<Float>.stride).bindMemory(to: Float.self, capacity: count)
    unsafe base.initialize(repeating: number, count: count)
  }

  convenience init(_ numbers: [Float], offset: Int = 0) {
    self.init(repeating: 0, count: numbers.count, offset: offset)
    for i in numbers.indices { unsafe base[i] = numbers[i] }
  }

  deinit { unsafe memory.deallocate() }

  var values: [Float] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }
}
