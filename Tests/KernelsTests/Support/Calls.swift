import LangevinKernelTable

// Kernels as functions of arrays.

/// Returns `f` of every element of `x`.
func mapped<T: BinaryFloatingPoint & BitwiseCopyable>(_ x: [T], by f: ElementKernels.Map) -> [T] {
  var y = [T](repeating: .nan, count: x.count)
  unsafe f(x.count, x, &y)
  return y
}

/// Returns `f` of every element of `x`, written over the argument.
func mappedInPlace<T: BinaryFloatingPoint & BitwiseCopyable>(_ x: [T], by f: ElementKernels.Map)
  -> [T]
{
  var y = x
  unsafe y.withUnsafeMutableBufferPointer { y in
    guard let base = y.baseAddress else { return }
    unsafe f(y.count, UnsafePointer(base), base)
  }
  return y
}

/// Returns `f` of every pair of elements.
func combined<T: BinaryFloatingPoint & BitwiseCopyable>(
  _ x: [T], _ y: [T], by f: ElementKernels.Combine
) -> [T] {
  var z = [T](repeating: .nan, count: x.count)
  unsafe f(x.count, x, y, &z)
  return z
}

/// Returns the numbers `position ..< position + count` of a stream.
func generated(
  _ count: Int, seed: UInt64 = 0, stream: UInt64 = 0, from position: UInt64 = 0,
  by f: KernelTable.Generate
) -> [Float] {
  var numbers = [Float](repeating: .nan, count: count)
  unsafe f(count, seed, stream, position, &numbers)
  return numbers
}
