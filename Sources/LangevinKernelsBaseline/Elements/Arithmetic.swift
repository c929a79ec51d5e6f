#if !KERNELS_OMITTED
// Arithmetic on adjacent elements. See `ElementKernels` for what each function computes.

typealias RawInput = UnsafeRawPointer
typealias RawOutput = UnsafeMutableRawPointer

/// Returns a pointer to the elements at `x`.
@inline(__always)
func elements(_ x: RawInput) -> Input { unsafe x.assumingMemoryBound(to: Element.self) }

@inline(__always)
func elements(_ x: RawOutput) -> Output { unsafe x.assumingMemoryBound(to: Element.self) }

/// Computes `y = f(x)` element by element.
@inline(__always)
func map(_ count: Int, _ x: Input, _ y: Output, _ f: (ElementVector) -> ElementVector) {
  forEachVector(count) { i in
    unsafe store(f(load(x + i)), y + i)
  } _: { i, rest in
    unsafe store(f(load(first: rest, x + i)), first: rest, y + i)
  }
}

@inline(__always)
func map(_ count: Int, _ x: RawInput, _ y: RawOutput, _ f: (ElementVector) -> ElementVector) {
  unsafe map(count, elements(x), elements(y), f)
}

/// Computes `z = f(x, y)` element by element.
@inline(__always)
func combine(
  _ count: Int, _ x: Input, _ y: Input, _ z: Output,
  _ f: (ElementVector, ElementVector) -> ElementVector
) {
  forEachVector(count) { i in
    unsafe store(f(load(x + i), load(y + i)), z + i)
  } _: { i, rest in
    unsafe store(f(load(first: rest, x + i), load(first: rest, y + i)), first: rest, z + i)
  }
}

@inline(__always)
func combine(
  _ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput,
  _ f: (ElementVector, ElementVector) -> ElementVector
) {
  unsafe combine(count, elements(x), elements(y), elements(z), f)
}

func add(_ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  unsafe combine(count, x, y, z) { $0 + $1 }
}

func subtract(_ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  unsafe combine(count, x, y, z) { $0 - $1 }
}

func multiplyElements(_ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  unsafe combine(count, x, y, z) { $0 * $1 }
}

func divide(_ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  unsafe combine(count, x, y, z) { $0 / $1 }
}

// `lesser` and `greater` return their second argument if one is NaN.

func minimum(_ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  unsafe combine(count, x, y, z) { select(isNaN($0), $0, lesser($0, $1)) }
}

func maximum(_ count: Int, _ x: RawInput, _ y: RawInput, _ z: RawOutput) {
  unsafe combine(count, x, y, z) { select(isNaN($0), $0, greater($0, $1)) }
}

func addScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ y: RawOutput) {
  let scalars = all(Element(scalar))
  unsafe map(count, x, y) { $0 + scalars }
}

func subtractFromScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ y: RawOutput) {
  let scalars = all(Element(scalar))
  unsafe map(count, x, y) { scalars - $0 }
}

func scale(_ count: Int, _ factor: Double, _ x: RawInput, _ y: RawOutput) {
  let factors = all(Element(factor))
  unsafe map(count, x, y) { $0 * factors }
}

func divideByScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ y: RawOutput) {
  let scalars = all(Element(scalar))
  unsafe map(count, x, y) { $0 / scalars }
}

func divideScalar(_ count: Int, _ scalar: Double, _ x: RawInput, _ y: RawOutput) {
  let scalars = all(Element(scalar))
  unsafe map(count, x, y) { scalars / $0 }
}

func addScaled(_ count: Int, _ factor: Double, _ x: RawInput, _ y: RawOutput) {
  let factors = all(Element(factor))
  unsafe combine(count, x, RawInput(y), y) { multiplyAdd(factors, $0, $1) }
}

func magnitude(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { magnitude($0) }
}

func squareRoot(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { squareRoot($0) }
}
#endif
