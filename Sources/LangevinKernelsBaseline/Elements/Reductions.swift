#if !KERNELS_OMITTED
// Sums, extrema and other reductions. See `ElementKernels`.

import CLangevinMachine

/// Returns the sum of the terms that `accumulate` adds for each vector, in blocks. Four accumulators hide the
/// latency of an addition.
///
/// `accumulate(i, rest, sums)` adds the terms of the elements from `i` on to `sums`; `rest` is 0 for a whole
/// vector, or the number of elements that are left.
@inline(__always)
private func reduce(
  _ count: Int, _ accumulate: (Int, Int, ElementVector) -> ElementVector
) -> Double {
  var total = emptyTotal
  var start = 0
  while start < count {
    let end = min(start &+ reductionBlock, count)
    var a = ElementVector.zero
    var b = ElementVector.zero
    var c = ElementVector.zero
    var d = ElementVector.zero
    var i = start
    while i &+ 4 &* lanes <= end {
      a = accumulate(i, 0, a)
      b = accumulate(i &+ lanes, 0, b)
      c = accumulate(i &+ 2 &* lanes, 0, c)
      d = accumulate(i &+ 3 &* lanes, 0, d)
      i &+= 4 &* lanes
    }
    while i &+ lanes <= end {
      a = accumulate(i, 0, a)
      i &+= lanes
    }
    if i < end { b = accumulate(i, end &- i, b) }
    add(sumOfLanes((a + b) + (c + d)), to: &total)
    start = end
  }
  return value(of: total)
}

/// Loads a vector, or the first `rest` lanes if `rest` is not 0.
@inline(__always)
private func loadSome(_ rest: Int, _ x: Input) -> ElementVector {
  unsafe rest == 0 ? load(x) : load(first: rest, x)
}

@inline(__always)
private func sum(of count: Int, _ x: Input) -> Double {
  reduce(count) { i, rest, sums in unsafe sums + loadSome(rest, x + i) }
}

func sum(_ count: Int, _ x: RawInput) -> Double { unsafe sum(of: count, elements(x)) }

func sumOfMagnitudes(_ count: Int, _ x: RawInput) -> Double {
  let x = unsafe elements(x)
  return reduce(count) { i, rest, sums in unsafe sums + magnitude(loadSome(rest, x + i)) }
}

func squaredNorm(_ count: Int, _ x: RawInput) -> Double {
  let x = unsafe elements(x)
  return reduce(count) { i, rest, sums in
    let term = unsafe loadSome(rest, x + i)
    return multiplyAdd(term, term, sums)
  }
}

func squaredDeviations(_ count: Int, _ scalar: Double, _ x: RawInput) -> Double {
  let x = unsafe elements(x)
  let scalars = all(Element(scalar))
  return reduce(count) { i, rest, sums in
    var term = unsafe loadSome(rest, x + i) - scalars
    // The lanes beyond the end would contribute the square of the scalar.
    for lane in rest..<(rest == 0 ? 0 : lanes) { term[lane] = 0 }
    return multiplyAdd(term, term, sums)
  }
}

func dot(_ count: Int, _ x: RawInput, _ y: RawInput) -> Double {
  let (x, y) = unsafe (elements(x), elements(y))
  return reduce(count) { i, rest, sums in
    unsafe multiplyAdd(loadSome(rest, x + i), loadSome(rest, y + i), sums)
  }
}

func sumRows(_ rows: Int, _ columns: Int, _ x: RawInput, _ stride: Int, _ sums: RawOutput) {
  let (x, sums) = unsafe (elements(x), elements(sums))
  for row in 0..<rows {
    unsafe sums[row] = Element(sum(of: columns, x + row &* stride))
  }
}

func sumColumns(
  _ rows: Int, _ columns: Int, _ x: RawInput, _ stride: Int, _ adds: Bool, _ sums: RawOutput
) {
  let (x, sums) = unsafe (elements(x), elements(sums))
  var column = 0
  // Eight vectors at a time: a row is then read in whole lines, with additions that do not wait for each
  // other.
  while column &+ 8 &* lanes <= columns {
    let (x, sums) = unsafe (x + column, sums + column)
    var a = unsafe adds ? load(sums) : .zero
    var b = unsafe adds ? load(sums + lanes) : .zero
    var c = unsafe adds ? load(sums + 2 &* lanes) : .zero
    var d = unsafe adds ? load(sums + 3 &* lanes) : .zero
    var e = unsafe adds ? load(sums + 4 &* lanes) : .zero
    var f = unsafe adds ? load(sums + 5 &* lanes) : .zero
    var g = unsafe adds ? load(sums + 6 &* lanes) : .zero
    var h = unsafe adds ? load(sums + 7 &* lanes) : .zero
    for row in 0..<rows {
      let line = unsafe x + row &* stride
      unsafe a += load(line)
      unsafe b += load(line + lanes)
      unsafe c += load(line + 2 &* lanes)
      unsafe d += load(line + 3 &* lanes)
      unsafe e += load(line + 4 &* lanes)
      unsafe f += load(line + 5 &* lanes)
      unsafe g += load(line + 6 &* lanes)
      unsafe h += load(line + 7 &* lanes)
    }
    unsafe store(a, sums)
    unsafe store(b, sums + lanes)
    unsafe store(c, sums + 2 &* lanes)
    unsafe store(d, sums + 3 &* lanes)
    unsafe store(e, sums + 4 &* lanes)
    unsafe store(f, sums + 5 &* lanes)
    unsafe store(g, sums + 6 &* lanes)
    unsafe store(h, sums + 7 &* lanes)
    column &+= 8 &* lanes
  }
  let (rest, restSums) = unsafe (x + column, sums + column)
  forEachVector(columns &- column) { i in
    var total = unsafe adds ? load(restSums + i) : .zero
    for row in 0..<rows { unsafe total += load(rest + (row &* stride &+ i)) }
    unsafe store(total, restSums + i)
  } _: { i, count in
    var total = unsafe adds ? load(first: count, Input(restSums + i)) : .zero
    for row in 0..<rows { unsafe total += load(first: count, rest + (row &* stride &+ i)) }
    unsafe store(total, first: count, restSums + i)
  }
}

/// The number of elements whose extremum is computed before it is compared with the one so far.
private let extremumBlock = 2048

/// Returns the best element of `count`, or `worst` if none is better.
///
/// `better(a, b)` returns the better number of each lane, and `b` if `a` is NaN. `isBetter` compares two
/// elements.
@inline(__always)
private func extremum(
  _ count: Int, _ x: Input, _ worst: Element,
  _ better: (ElementVector, ElementVector) -> ElementVector,
  _ isBetter: (Element, Element) -> Bool
) -> Element {
  var a = all(worst)
  var b = a
  var c = a
  var d = a
  var i = 0
  while i &+ 4 &* lanes <= count {
    unsafe a = better(load(x + i), a)
    unsafe b = better(load(x + (i &+ lanes)), b)
    unsafe c = better(load(x + (i &+ 2 &* lanes)), c)
    unsafe d = better(load(x + (i &+ 3 &* lanes)), d)
    i &+= 4 &* lanes
  }
  while i &+ lanes <= count {
    unsafe a = better(load(x + i), a)
    i &+= lanes
  }
  a = better(better(a, b), better(c, d))
  var best = worst
  // A conditional value, not a branch: which lane is best cannot be predicted.
  for lane in 0..<lanes { best = isBetter(a[lane], best) ? a[lane] : best }
  while i < count {
    if unsafe isBetter(x[i], best) { unsafe best = x[i] }
    i &+= 1
  }
  return best
}

/// Returns the first index of `value`, or `count`.
@inline(__always)
private func firstIndex(_ count: Int, _ x: Input, _ value: Element) -> Int {
  let values = all(value)
  var i = 0
  while i &+ 4 &* lanes <= count {
    let (a, b) = unsafe (isEqual(load(x + i), values), isEqual(load(x + (i &+ lanes)), values))
    let c = unsafe isEqual(load(x + (i &+ 2 &* lanes)), values)
    let d = unsafe isEqual(load(x + (i &+ 3 &* lanes)), values)
    if langevin_first((a | b) | (c | d)) < lanes { break }
    i &+= 4 &* lanes
  }
  while i &+ lanes <= count {
    let lane = unsafe langevin_first(isEqual(load(x + i), values))
    if lane < lanes { return i &+ lane }
    i &+= lanes
  }
  while i < count {
    if unsafe x[i] == value { return i }
    i &+= 1
  }
  return count
}

/// Returns the first index of the best element; 0 if there are only NaN, -1 without elements.
///
/// Only a block that holds a better element than all before is searched for it, at the end.
@inline(__always)
private func indexOfExtremum(
  _ count: Int, _ x: Input, _ worst: Element,
  _ better: (ElementVector, ElementVector) -> ElementVector,
  _ isBetter: (Element, Element) -> Bool
) -> Int {
  if count == 0 { return -1 }
  var best = worst
  var block = -1
  var start = 0
  while start < count {
    let size = min(extremumBlock, count &- start)
    let candidate = unsafe extremum(size, x + start, worst, better, isBetter)
    if isBetter(candidate, best) {
      best = candidate
      block = start
    }
    start &+= extremumBlock
  }
  if block < 0 {
    // The best element is the worst number, or there are only NaN.
    let index = unsafe firstIndex(count, x, worst)
    return index == count ? 0 : index
  }
  return unsafe block &+ firstIndex(min(extremumBlock, count &- block), x + block, best)
}

/// Returns whether all elements are NaN.
@inline(__always)
private func areNaN(_ count: Int, _ x: Input) -> Bool {
  for i in 0..<count where unsafe !x[i].isNaN { return false }
  return true
}

func least(_ count: Int, _ x: RawInput) -> Double {
  let x = unsafe elements(x)
  let least = unsafe extremum(count, x, .infinity, { lesser($0, $1) }, { $0 < $1 })
  return unsafe least == .infinity && areNaN(count, x) ? .nan : Double(least)
}

func greatest(_ count: Int, _ x: RawInput) -> Double {
  let x = unsafe elements(x)
  let greatest = unsafe extremum(count, x, -.infinity, { greater($0, $1) }, { $0 > $1 })
  return unsafe greatest == -.infinity && areNaN(count, x) ? .nan : Double(greatest)
}

func indexOfLeast(_ count: Int, _ x: RawInput) -> Int {
  unsafe indexOfExtremum(count, elements(x), .infinity, { lesser($0, $1) }, { $0 < $1 })
}

func indexOfGreatest(_ count: Int, _ x: RawInput) -> Int {
  unsafe indexOfExtremum(count, elements(x), -.infinity, { greater($0, $1) }, { $0 > $1 })
}

/// The product of a number and zero is zero, unless the number is infinite or NaN.
func areFinite(_ count: Int, _ x: RawInput) -> Int {
  let x = unsafe elements(x)
  var start = 0
  while start < count {
    let end = min(start &+ extremumBlock, count)
    var a = ElementVector.zero
    var b = ElementVector.zero
    var i = start
    while i &+ 2 &* lanes <= end {
      unsafe a = multiplyAdd(load(x + i), .zero, a)
      unsafe b = multiplyAdd(load(x + (i &+ lanes)), .zero, b)
      i &+= 2 &* lanes
    }
    var isFinite = langevin_first(isNaN(a + b)) == lanes
    while i < end {
      unsafe isFinite = isFinite && x[i].isFinite
      i &+= 1
    }
    if !isFinite { return 0 }
    start = end
  }
  return 1
}
#endif
