#if !KERNELS_OMITTED
// Comparisons, whose results are bytes, and the selection by such bytes. See `ElementKernels`.

import CLangevinMachine

typealias MaskInput = UnsafePointer<UInt8>
typealias MaskOutput = UnsafeMutablePointer<UInt8>

/// Calls `four` for each group of four vectors of `count` elements, then `one` for each other element.
@inline(__always)
private func forEachGroup(_ count: Int, _ four: (Int) -> Void, _ one: (Int) -> Void) {
  var i = 0
  while i &+ 4 &* lanes <= count {
    four(i)
    i &+= 4 &* lanes
  }
  while i < count {
    one(i)
    i &+= 1
  }
}

/// Compares element by element: `store` compares four vectors, `holds` two elements.
@inline(__always)
private func compare(
  _ count: Int, _ x: RawInput, _ y: RawInput, _ mask: MaskOutput,
  _ store: (Input, Input, MaskOutput) -> Void, _ holds: (Element, Element) -> Bool
) {
  let (x, y) = unsafe (elements(x), elements(y))
  forEachGroup(count) { i in
    unsafe store(x + i, y + i, mask + i)
  } _: { i in
    unsafe mask[i] = holds(x[i], y[i]) ? 1 : 0
  }
}

@inline(__always)
private func compare(
  _ count: Int, _ scalar: Double, _ x: RawInput, _ mask: MaskOutput,
  _ store: (Input, Element, MaskOutput) -> Void, _ holds: (Element, Element) -> Bool
) {
  let x = unsafe elements(x)
  let scalar = Element(scalar)
  forEachGroup(count) { i in
    unsafe store(x + i, scalar, mask + i)
  } _: { i in
    unsafe mask[i] = holds(x[i], scalar) ? 1 : 0
  }
}

func isLess(_ count: Int, _ x: RawInput, _ y: RawInput, _ mask: MaskOutput) {
  unsafe compare(count, x, y, mask, { unsafe langevin_store_less($0, $1, $2) }, { $0 < $1 })
}

func isLessOrEqual(_ count: Int, _ x: RawInput, _ y: RawInput, _ mask: MaskOutput) {
  unsafe compare(
    count, x, y, mask, { unsafe langevin_store_less_or_equal($0, $1, $2) }, { $0 <= $1 })
}

func isEqual(_ count: Int, _ x: RawInput, _ y: RawInput, _ mask: MaskOutput) {
  unsafe compare(count, x, y, mask, { unsafe langevin_store_equal($0, $1, $2) }, { $0 == $1 })
}

func isLessThanScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ mask: MaskOutput) {
  unsafe compare(
    count, scalar, x, mask, { unsafe langevin_store_less_than_all($0, $1, $2) }, { $0 < $1 })
}

func isLessThanOrEqualToScalar(
  _ count: Int, _ scalar: Double, _ x: RawInput, _ mask: MaskOutput
) {
  unsafe compare(
    count, scalar, x, mask, { unsafe langevin_store_less_or_equal_than_all($0, $1, $2) },
    { $0 <= $1 })
}

func isGreaterThanScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ mask: MaskOutput) {
  unsafe compare(
    count, scalar, x, mask, { unsafe langevin_store_greater_than_all($0, $1, $2) }, { $0 > $1 })
}

func isGreaterThanOrEqualToScalar(
  _ count: Int, _ scalar: Double, _ x: RawInput, _ mask: MaskOutput
) {
  unsafe compare(
    count, scalar, x, mask, { unsafe langevin_store_greater_or_equal_than_all($0, $1, $2) },
    { $0 >= $1 })
}

func isEqualToScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ mask: MaskOutput) {
  unsafe compare(
    count, scalar, x, mask, { unsafe langevin_store_equal_than_all($0, $1, $2) }, { $0 == $1 })
}

func select(_ count: Int, _ mask: MaskInput, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  let (x, y, z) = unsafe (elements(x), elements(y), elements(z))
  forEachGroup(count) { i in
    unsafe langevin_store_selected(mask + i, x + i, y + i, z + i)
  } _: { i in
    unsafe z[i] = mask[i] != 0 ? x[i] : y[i]
  }
}
#endif
