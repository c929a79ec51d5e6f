#if !KERNELS_OMITTED
// The activations of layers, by number. A function and its derivative share one exponential. See
// `KernelTable.Activation`.

let identityActivation = 0
let softplusActivation = 1
let siluActivation = 2
let geluActivation = 3

/// Returns `activation` of x and its derivative. The number is a constant where the function is inlined.
@inline(__always)
func activate(_ activation: Int, _ x: VectorPair) -> (value: VectorPair, derivative: VectorPair) {
  if activation == identityActivation { return (x, both { _ in FloatVector(repeating: 1) }) }
  if activation == softplusActivation {
    let (value, derivative) = softplusAndSigmoid(x)
    return (value, derivative)
  }
  return activation == siluActivation ? silu(x) : gelu(x)
}

/// Returns x σ(x) and σ(x) + x σ(x) (1 - σ(x)).
///
/// With t = e^-x and w = 1 / (1 + t), σ(x) is w and 1 - σ(x) is t w; a rounded difference would be off by
/// x · 2⁻²⁴ for large x. Smaller x are clamped to -87, where t is near overflow and both results are below
/// 10⁻³⁵.
@inline(__always)
func silu(_ x: VectorPair) -> (value: VectorPair, derivative: VectorPair) {
  let least = FloatVector(repeating: -87)
  let bounded = both { select(x[$0] .< least, least, x[$0]) }
  let t = exponential(reduceNegated(bounded))
  let one = FloatVector(repeating: 1)
  let w = both { one / (one + t[$0]) }
  let value = both { bounded[$0] * w[$0] }
  return (value, both { multiplyAdd(value[$0], t[$0] * w[$0], w[$0]) })
}

/// Returns x Φ(x) and Φ(x) + x φ(x), where Φ is the normal distribution function and φ its density.
@inline(__always)
func gelu(_ x: VectorPair) -> (value: VectorPair, derivative: VectorPair) {
  // 1. Clamp y = |x| to 13.25, above which e^(-½ y²) is zero.
  let greatest = FloatVector(repeating: 13.25)
  let y = both { i in
    let y = magnitude(x[i])
    return select(y .> greatest, greatest, y)
  }

  // 2. e^(-½ y²). The square of the upper 12 bits of y is exact; the small rest of y² is added to the
  //    argument after its reduction. Rounding ½ y² would cost 13 ulp at y = 5.
  let half = FloatVector(repeating: 0.5)
  let head = both { i in
    unsafe unsafeBitCast(
      unsafeBitCast(y[i], to: WordVector.self) & all(0xffff_f000), to: FloatVector.self)
  }
  let (r, power) = reduceNegated(both { half * head[$0] * head[$0] })
  let rest = both { half * (y[$0] - head[$0]) * (y[$0] + head[$0]) }
  let density = exponential((both { r[$0] + rest[$0] }, power))

  // 3. Φ(-y) = e^(-½ y²) w P(q), where w = 1 / (y + 3.8) and q = (y - 3.8) w. P is minimax in the relative
  //    error for y in 0 … 13.25.
  let place = FloatVector(repeating: 3.8)
  let w = both { FloatVector(repeating: 1) / (y[$0] + place) }
  let q = both { (y[$0] - place) * w[$0] }
  var p = both { _ in FloatVector(repeating: 0x1.e3f61p-12) }
  p = both { step(p[$0], q[$0], 0x1.81ef48p-11) }
  p = both { step(p[$0], q[$0], -0x1.144b8cp-8) }
  p = both { step(p[$0], q[$0], -0x1.2b281cp-12) }
  p = both { step(p[$0], q[$0], 0x1.571ca8p-5) }
  p = both { step(p[$0], q[$0], -0x1.44c47ap-3) }
  p = both { step(p[$0], q[$0], 0x1.70add0p-2) }
  p = both { step(p[$0], q[$0], -0x1.2f484p-1) }
  p = both { step(p[$0], q[$0], 0x1.80b1eap-1) }
  let tail = both { density[$0] * w[$0] * p[$0] }

  // 4. Φ(x), and φ(x) = e^(-½ x²) / √(2π).
  let phi = both {
    select(x[$0] .< .zero, tail[$0], FloatVector(repeating: 1) - tail[$0])
  }
  let scale = FloatVector(repeating: 0x1.988454p-2)
  return (both { x[$0] * phi[$0] }, both { multiplyAdd(x[$0], scale * density[$0], phi[$0]) })
}

/// Calls `body` with `activation` as a constant, so that each activation gets its own loop.
@inline(__always)
func withConstant(_ activation: Int, _ body: (Int) -> Void) {
  if activation == identityActivation {
    body(identityActivation)
  } else if activation == softplusActivation {
    body(softplusActivation)
  } else if activation == siluActivation {
    body(siluActivation)
  } else {
    body(geluActivation)
  }
}
#endif
