#if !KERNELS_OMITTED
// Arithmetic on contiguous vectors. See `KernelTable` for what each function computes.

typealias Input = UnsafePointer<Float>
typealias Output = UnsafeMutablePointer<Float>

/// Computes `y = f(x)` element by element.
@inline(__always)
func map(_ count: Int, _ x: Input, _ y: Output, _ f: (FloatVector) -> FloatVector) {
  forEachVector(count) { i in
    unsafe store(f(load(x + i)), y + i)
  } _: { i, rest in
    unsafe store(f(load(first: rest, x + i)), first: rest, y + i)
  }
}

/// Computes `y = f(x)` element by element, two vectors at a time.
@inline(__always)
func mapPairs(_ count: Int, _ x: Input, _ y: Output, _ f: (VectorPair) -> VectorPair) {
  unsafe forEachPair(count, streams: false) { i, load, store, _ in
    unsafe store(f(load(x + i)), y + i)
  }
}

/// Computes `z = f(x, y)` element by element.
@inline(__always)
func combine(
  _ count: Int, _ x: Input, _ y: Input, _ z: Output,
  _ f: (FloatVector, FloatVector) -> FloatVector
) {
  forEachVector(count) { i in
    unsafe store(f(load(x + i), load(y + i)), z + i)
  } _: { i, rest in
    unsafe store(f(load(first: rest, x + i), load(first: rest, y + i)), first: rest, z + i)
  }
}

func add(_ count: Int, _ x: Input, _ y: Input, _ z: Output) {
  unsafe combine(count, x, y, z) { $0 + $1 }
}

func subtract(_ count: Int, _ x: Input, _ y: Input, _ z: Output) {
  unsafe combine(count, x, y, z) { $0 - $1 }
}

func multiplyElements(_ count: Int, _ x: Input, _ y: Input, _ z: Output) {
  unsafe combine(count, x, y, z) { $0 * $1 }
}

func divide(_ count: Int, _ x: Input, _ y: Input, _ z: Output) {
  unsafe combine(count, x, y, z) { $0 / $1 }
}

func scale(_ count: Int, _ factor: Float, _ x: Input, _ y: Output) {
  let factors = FloatVector(repeating: factor)
  unsafe map(count, x, y) { $0 * factors }
}

func addScaled(_ count: Int, _ factor: Float, _ x: Input, _ y: Output) {
  let factors = FloatVector(repeating: factor)
  unsafe combine(count, x, Input(y), y) { multiplyAdd(factors, $0, $1) }
}

/// The number of elements that are summed in `Float` before the sum is added in `Double`.
private let reductionBlock = 4096

/// Returns `Σ term(x)`, summed in blocks. Four accumulators hide the latency of an addition.
@inline(__always)
private func reduce(
  _ count: Int, _ x: Input, _ accumulate: (FloatVector, FloatVector) -> FloatVector
) -> Double {
  var total = 0.0
  var start = 0
  while start < count {
    let end = min(start &+ reductionBlock, count)
    var a = FloatVector.zero
    var b = FloatVector.zero
    var c = FloatVector.zero
    var d = FloatVector.zero
    var i = start
    while i &+ 4 &* lanes <= end {
      unsafe a = accumulate(load(x + i), a)
      unsafe b = accumulate(load(x + (i &+ lanes)), b)
      unsafe c = accumulate(load(x + (i &+ 2 &* lanes)), c)
      unsafe d = accumulate(load(x + (i &+ 3 &* lanes)), d)
      i &+= 4 &* lanes
    }
    while i &+ lanes <= end {
      unsafe a = accumulate(load(x + i), a)
      i &+= lanes
    }
    if i < end { unsafe b = accumulate(load(first: end &- i, x + i), b) }
    total += Double(sumOfLanes((a + b) + (c + d)))
    start = end
  }
  return total
}

func sum(_ count: Int, _ x: Input) -> Double {
  unsafe reduce(count, x) { $1 + $0 }
}

func squaredNorm(_ count: Int, _ x: Input) -> Double {
  unsafe reduce(count, x) { multiplyAdd($0, $0, $1) }
}
#endif
