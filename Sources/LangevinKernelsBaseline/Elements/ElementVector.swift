#if !KERNELS_OMITTED
// Operations on vectors of elements: `Float` in some builds, `Double` in others. Every build defines
// `Element`, `ElementVector`, `Word` and the vectors of integers in FloatVector.swift or DoubleVector.swift.

import CLangevinMachine

typealias Input = UnsafePointer<Element>
typealias Output = UnsafeMutablePointer<Element>

// Vectors with the same number in all lanes, such as `all(0.5)`.

@inline(__always)
func all(_ number: Element) -> ElementVector { ElementVector(repeating: number) }

@inline(__always)
func all(_ number: Word) -> WordVector { WordVector(repeating: number) }

@inline(__always)
func all(_ number: SignedWord) -> IntVector { IntVector(repeating: number) }

extension ElementVector {
  /// Creates a vector with `number` in all lanes.
  @inline(__always)
  init(repeating number: Element) { self = langevin_repeat(number) }
}

// The operators of the standard library are loops over the lanes, except `&+ &- &*`, comparisons and the
// operators of masks. The operators below replace them with one instruction each. See Vectors.h.

@inline(__always)
func + (a: ElementVector, b: ElementVector) -> ElementVector { langevin_add(a, b) }

@inline(__always)
func - (a: ElementVector, b: ElementVector) -> ElementVector { langevin_subtract(a, b) }

@inline(__always)
func * (a: ElementVector, b: ElementVector) -> ElementVector { langevin_multiply(a, b) }

@inline(__always)
func / (a: ElementVector, b: ElementVector) -> ElementVector { langevin_divide(a, b) }

@inline(__always)
func += (a: inout ElementVector, b: ElementVector) { a = langevin_add(a, b) }

@inline(__always)
func -= (a: inout ElementVector, b: ElementVector) { a = langevin_subtract(a, b) }

@inline(__always)
func & (a: WordVector, b: WordVector) -> WordVector { langevin_and(a, b) }

@inline(__always)
func | (a: WordVector, b: WordVector) -> WordVector { langevin_or(a, b) }

@inline(__always)
func ^ (a: WordVector, b: WordVector) -> WordVector { langevin_exclusive_or(a, b) }

@inline(__always)
func &<< (a: WordVector, b: WordVector) -> WordVector { langevin_shift_left(a, b) }

@inline(__always)
func &>> (a: WordVector, b: WordVector) -> WordVector { langevin_shift_right(a, b) }

@inline(__always)
func &>> (a: IntVector, b: IntVector) -> IntVector { langevin_shift_right_signed(a, b) }

@inline(__always)
func squareRoot(_ x: ElementVector) -> ElementVector { langevin_square_root(x) }

/// The lanes in which `a < b`.
@inline(__always)
func isLess(_ a: ElementVector, _ b: ElementVector) -> IntVector { langevin_less(a, b) }

@inline(__always)
func isEqual(_ a: ElementVector, _ b: ElementVector) -> IntVector { langevin_equal(a, b) }

@inline(__always)
func isNaN(_ a: ElementVector) -> IntVector { langevin_unordered(a) }

/// Returns whether `low ≤ a < high` in all lanes.
@inline(__always)
func areBetween(_ low: ElementVector, _ a: ElementVector, _ high: ElementVector) -> Bool {
  langevin_are_between(low, a, high)
}

/// Returns `a` in the lanes of `mask` and `b` in the others.
@inline(__always)
func select(_ mask: IntVector, _ a: ElementVector, _ b: ElementVector) -> ElementVector {
  langevin_select(mask, a, b)
}

/// Returns the smaller number of each lane; `b` where one of them is NaN.
@inline(__always)
func lesser(_ a: ElementVector, _ b: ElementVector) -> ElementVector { select(isLess(a, b), a, b) }

/// Returns the greater number of each lane; `b` where one of them is NaN.
@inline(__always)
func greater(_ a: ElementVector, _ b: ElementVector) -> ElementVector { select(isLess(b, a), a, b) }

@inline(__always)
func bits(_ x: ElementVector) -> WordVector { unsafe unsafeBitCast(x, to: WordVector.self) }

@inline(__always)
func elements(bits: WordVector) -> ElementVector {
  unsafe unsafeBitCast(bits, to: ElementVector.self)
}

/// The bit of a sign.
let signBit = Word(1) << Word(Word.bitWidth - 1)

/// Returns |x|.
@inline(__always)
func magnitude(_ x: ElementVector) -> ElementVector { elements(bits: bits(x) & all(~signBit)) }

/// Returns `-x`, and -0 for 0; the operator would subtract from zero.
@inline(__always)
func negated(_ x: ElementVector) -> ElementVector { elements(bits: bits(x) ^ all(signBit)) }

/// The number of elements in a vector.
let lanes = ElementVector.scalarCount

/// Returns `a * b + c`, fused and rounded once if the level has the instruction.
///
/// On the x86-64 baseline, `addingProduct` would call `fmaf` for each lane. Swift never contracts
/// `a * b + c`.
@inline(__always)
func multiplyAdd(_ a: ElementVector, _ b: ElementVector, _ c: ElementVector) -> ElementVector {
  #if KERNELS_BASELINE && arch(x86_64)
  a * b + c
  #else
  langevin_fused_multiply_add(a, b, c)
  #endif
}

@inline(__always)
func load(_ source: UnsafePointer<Element>) -> ElementVector {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: ElementVector.self)
}

@inline(__always)
func load(_ source: UnsafeMutablePointer<Element>) -> ElementVector {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: ElementVector.self)
}

/// Stores `vector` past the caches; `destination` has the alignment of the vector. See CacheControl.h.
@inline(__always)
func stream(_ vector: ElementVector, _ destination: UnsafeMutablePointer<Element>) {
  unsafe langevin_stream(vector, destination)
}

/// Returns whether whole vectors can be streamed to rows that begin at `base`, `stride` apart.
@inline(__always)
func isAligned(_ base: UnsafeMutablePointer<Element>, _ stride: Int) -> Bool {
  let bytes = MemoryLayout<ElementVector>.size
  return UInt(bitPattern: base) % UInt(bytes) == 0 && stride % lanes == 0
}

@inline(__always)
func store(_ vector: ElementVector, _ destination: UnsafeMutablePointer<Element>) {
  unsafe UnsafeMutableRawPointer(destination).storeBytes(of: vector, as: ElementVector.self)
}

/// Loads the first `count` lanes, fewer than a vector has; the other lanes are zero.
@inline(__always)
func load(first count: Int, _ source: UnsafePointer<Element>) -> ElementVector {
  unsafe langevin_load_first(source, count)
}

@inline(__always)
func store(_ vector: ElementVector, first count: Int, _ destination: UnsafeMutablePointer<Element>)
{
  unsafe langevin_store_first(vector, count, destination)
}

/// Calls `whole` for each whole vector of `count` elements, then `part` for the rest.
///
/// `part` does the same with `load(first:)` and `store(first:)`, so that an element's value does not depend
/// on its position.
@inline(__always)
func forEachVector(_ count: Int, _ whole: (Int) -> Void, _ part: (Int, Int) -> Void) {
  var index = 0
  while index &+ lanes <= count {
    whole(index)
    index &+= lanes
  }
  if index < count { part(index, count &- index) }
}
#endif
