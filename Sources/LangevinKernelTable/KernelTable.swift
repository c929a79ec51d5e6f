/// The hot loops of one level, as C function pointers: what the three builds of the kernel sources
/// hand out, and all that the rest of the package knows of them.
///
/// Matrices are row-major `Float`, addressed by the pointer of their first element and the
/// distance between rows (`stride`, at least the number of columns). No function checks its
/// arguments; `LinearAlgebra` and `NeuralNetwork` do so before they call.
@safe
package final class KernelTable: Sendable {
  package typealias Input = UnsafePointer<Float>
  package typealias Output = UnsafeMutablePointer<Float>

  /// The function φ that a layer applies to each of its values, by number. With the sigmoid
  /// σ(s) = 1 / (1 + exp(-s)), the normal distribution Φ and its density:
  ///
  ///     0   φ(s) = s                 φ'(s) = 1
  ///     1   φ(s) = log(1 + exp(s))   φ'(s) = σ(s)
  ///     2   φ(s) = s σ(s)            φ'(s) = σ(s) + s σ(s) (1 - σ(s))
  ///     3   φ(s) = s Φ(s)            φ'(s) = Φ(s) + s exp(-s²/2) / √(2π)
  ///
  /// Values are within 4 · 2⁻²⁴ (GELU: 6 · 2⁻²⁴) of the exact value, or of `s` · 2⁻²⁴ where that is
  /// greater; derivatives within 5 · 2⁻²⁴ (7 · 2⁻²⁴) of the sum of their terms' magnitudes, or of 2⁻²⁴
  /// where that is greater.
  package typealias Activation = Int

  /// `y[i] = f(x[i])` for `i < count`; `y` may be `x`.
  package typealias Map = @convention(c) (_ count: Int, _ x: Input, _ y: Output) -> Void
  /// `z[i] = f(x[i], y[i])` for `i < count`; `z` may be `x` or `y`.
  package typealias Combine =
    @convention(c) (_ count: Int, _ x: Input, _ y: Input, _ z: Output) -> Void
  /// See ``sinesAndCosines``.
  package typealias Waves =
    @convention(c) (_ count: Int, _ turns: Input, _ sines: Output, _ cosines: Output) -> Void
  /// `y[i] = f(factor, x[i], y[i])` for `i < count`.
  package typealias Scale =
    @convention(c) (_ count: Int, _ factor: Float, _ x: Input, _ y: Output) -> Void
  /// A sum over `count` elements. Lanes are summed in `Float` over blocks of 4096 elements that
  /// start at multiples of 4096 from `x`, blocks in `Double`: the error does not grow with `count`.
  package typealias Reduce = @convention(c) (_ count: Int, _ x: Input) -> Double
  /// See ``adam``.
  package typealias AdamUpdate =
    @convention(c) (
      _ count: Int, _ parameters: Output, _ gradients: Input, _ firstMoments: Output,
      _ secondMoments: Output, _ gradientScale: Float, _ beta1: Double, _ beta2: Double,
      _ stepSize: Double, _ secondMomentCorrection: Double, _ epsilon: Double, _ streams: Bool,
      _ average: Output?, _ averageWeight: Double
    ) -> Void
  /// Numbers `position ..< position + count` of the stream `stream` under the key `seed`.
  package typealias Generate =
    @convention(c) (
      _ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64, _ numbers: Output
    ) -> Void
  /// See ``multiply``.
  package typealias Multiply =
    @convention(c) (
      _ transposeA: Bool, _ transposeB: Bool, _ rows: Int, _ columns: Int, _ inner: Int,
      _ alpha: Float, _ a: Input, _ strideA: Int, _ b: Input, _ strideB: Int,
      _ beta: Float, _ c: Output, _ strideC: Int, _ scratch: Output
    ) -> Void
  /// See ``finishLayer``.
  package typealias FinishLayer =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ values: Output, _ stride: Int, _ bias: Input?,
      _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ activation: Activation,
      _ outputs: Output, _ derivatives: Output?
    ) -> Void
  /// See ``unfinishLayer``.
  package typealias UnfinishLayer =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input?,
      _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ values: Input?,
      _ scaleGradients: Output?, _ copies: Output?
    ) -> Void
  /// See ``sumColumns``.
  package typealias SumColumns =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ x: Input, _ stride: Int, _ adds: Bool, _ sums: Output
    ) -> Void
  /// See ``sumRowsByCondition``.
  package typealias SumRowsByCondition =
    @convention(c) (
      _ conditionCount: Int, _ columns: Int, _ x: Input, _ stride: Int,
      _ starts: UnsafePointer<Int32>, _ rows: UnsafePointer<Int32>, _ adds: Bool,
      _ table: Output, _ tableStride: Int
    ) -> Void
  /// As `Generate`, the words that the numbers are made of.
  package typealias GenerateWords =
    @convention(c) (
      _ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64,
      _ words: UnsafeMutablePointer<UInt32>
    ) -> Void
  /// See ``prefetch``.
  package typealias Prefetch =
    @convention(c) (_ rows: Int, _ columns: Int, _ x: Input, _ stride: Int) -> Void
  /// See ``packedWeights``.
  package typealias PackedCount = @convention(c) (_ outputs: Int, _ inputs: Int) -> Int
  /// See ``packWeights``.
  package typealias PackWeights =
    @convention(c) (
      _ outputs: Int, _ inputs: Int, _ weights: Input, _ stride: Int, _ packed: Output
    ) -> Void
  /// See ``forwardLayer``.
  package typealias ForwardLayer =
    @convention(c) (
      _ rows: Int, _ outputWidth: Int, _ inputWidth: Int, _ inputs: Input, _ strideInputs: Int,
      _ weights: Input, _ packed: Input, _ bias: Input?, _ scales: Input?,
      _ conditions: UnsafePointer<Int32>?, _ activation: Activation, _ values: Output?,
      _ outputs: Output, _ derivatives: Output?, _ copies: Output?, _ stride: Int,
      _ scratch: Output
    ) -> Void
  /// See ``backwardLayer``.
  package typealias BackwardLayer =
    @convention(c) (
      _ rows: Int, _ inputWidth: Int, _ outputWidth: Int, _ gradients: Input,
      _ strideGradients: Int, _ weights: Input, _ derivatives: Input?, _ scales: Input?,
      _ conditions: UnsafePointer<Int32>?, _ values: Input?, _ scaleGradients: Output?,
      _ inputGradients: Output, _ copies: Output?, _ stride: Int, _ scratch: Output
    ) -> Void
  /// See ``finishResidual``.
  package typealias FinishResidual =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ sums: Output, _ stride: Int, _ bias: Input, _ shifts: Input?,
      _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Activation,
      _ stream: Output, _ innerDerivatives: Output?, _ derivatives: Output?
    ) -> Void
  /// See ``unfinishResidual``.
  package typealias UnfinishResidual =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input,
      _ innerDerivatives: Input?, _ streamGradients: Output, _ adds: Bool, _ copies: Output?
    ) -> Void
  /// See ``forwardResidual``.
  package typealias ForwardResidual =
    @convention(c) (
      _ rows: Int, _ outputWidth: Int, _ inputWidth: Int, _ inputs: Input, _ strideInputs: Int,
      _ weights: Input, _ packed: Input, _ bias: Input, _ shifts: Input?, _ strideShifts: Int,
      _ conditions: UnsafePointer<Int32>, _ activation: Activation, _ stream: Output,
      _ outputs: Output, _ innerDerivatives: Output?, _ derivatives: Output?, _ copies: Output?,
      _ stride: Int, _ scratch: Output
    ) -> Void
  /// See ``backwardResidual``.
  package typealias BackwardResidual =
    @convention(c) (
      _ rows: Int, _ inputWidth: Int, _ outputWidth: Int, _ gradients: Input,
      _ strideGradients: Int, _ weights: Input, _ derivatives: Input, _ innerDerivatives: Input?,
      _ streamGradients: Output, _ adds: Bool, _ inputGradients: Output, _ copies: Output?,
      _ stride: Int, _ scratch: Output
    ) -> Void

  /// Which build this is.
  package let level: KernelLevel

  // Functions of one variable, within 4 ulp of the exact value for every `Float`. Results below
  // the smallest normal number may be zero.

  /// `y = exp(x)`.
  package let exponential: Map
  /// `y = log(1 + x)`; −∞ at −1, NaN below.
  package let logarithmOnePlus: Map
  /// `y = log(1 + exp(x))`.
  package let softplus: Map
  /// `y = 1 / (1 + exp(-x))`.
  package let sigmoid: Map
  /// `sines = sin(2π turns)`, `cosines = cos(2π turns)`, within 2⁻²³, of turns within 2²⁰, to which
  /// others are clamped. The same bits at every level; `sines` may be `turns`.
  package let sinesAndCosines: Waves

  // Vectors.

  /// `z = x + y`.
  package let add: Combine
  /// `z = x - y`.
  package let subtract: Combine
  /// `z = x * y`.
  package let multiplyElements: Combine
  /// `z = x / y`.
  package let divide: Combine
  /// `y = factor * x`; `y` may be `x`.
  package let scale: Scale
  /// `y = y + factor * x`.
  package let addScaled: Scale
  /// `Σ x`.
  package let sum: Reduce
  /// `Σ x²`.
  package let squaredNorm: Reduce

  /// One step of Adam (Kingma & Ba 2015, arXiv 1412.6980), on `g = gradientScale * gradients`:
  ///
  ///     m ← beta1 m + (1 - beta1) g
  ///     v ← beta2 v + (1 - beta2) g²
  ///     parameters ← parameters - stepSize * m / (sqrt(v) / secondMomentCorrection + epsilon)
  ///
  /// With `streams`, `parameters` go past the caches. Above,
  /// `stepSize = learningRate / (1 - beta1^n)`, `secondMomentCorrection = sqrt(1 - beta2^n)`.
  ///
  /// `average`, if it is given, follows the new parameters:
  ///
  ///     average ← average + averageWeight (parameters - average)
  package let adam: AdamUpdate

  // Random numbers: Philox4x32-10, the same bits at every level.

  /// Uniform on [0, 1), multiples of 2⁻²⁴.
  package let uniform: Generate
  /// Standard normal, by Box and Muller's transform.
  package let normal: Generate
  /// All 32 bits.
  package let words: GenerateWords

  // Products and layers.

  /// `C = alpha op(A) op(B) + beta C`, `op(A)` rows × inner, `op(B)` inner × columns, where `op` is
  /// the transpose if asked for. With `beta == 0`, `C` is not read. `scratch` holds at least
  /// ``multiplyScratch`` floats, aligned to 64 bytes.
  ///
  /// The order in which an element is summed depends on `inner` alone, and on whether there are more
  /// than four columns: any rows or columns of the product, asked for by themselves, come out the
  /// same bits, but for up to four of more columns.
  package let multiply: Multiply
  /// How many floats of scratch memory ``multiply`` needs.
  package let multiplyScratch: Int

  /// What follows the product in a layer. For row `r`, column `j`, with `c = conditions[r]`:
  ///
  ///     values[r, j] ← values[r, j] + bias[j]
  ///     s            = scales[c, j] * values[r, j]
  ///     outputs      ← φ(s)
  ///     derivatives  ← φ'(s)
  ///
  /// Without `bias` or `scales` (conditions × columns, contiguous; they need `conditions`) that
  /// factor drops out. `outputs`,
  /// `derivatives` have the stride of `values`; `outputs` may be `values` where nobody needs these.
  package let finishLayer: FinishLayer
  /// The way back through ``finishLayer``. `gradients` holds ∂L/∂outputs and becomes ∂L/∂values;
  /// `scaleGradients`, which needs `values` and may be their memory, becomes each row's part of
  /// ∂L/∂scales:
  ///
  ///     ds                    = gradients * derivatives   (or gradients)
  ///     scaleGradients[r, j] ← ds * values[r, j]
  ///     gradients[r, j]      ← ds * scales[c, j]
  ///
  /// `copies` as of ``backwardLayer``.
  package let unfinishLayer: UnfinishLayer
  /// `sums[j] = Σ_r x[r, j]`, in ascending order of `r`; with `adds`, what `sums[j]` was comes first.
  package let sumColumns: SumColumns
  /// `table[k, j] = Σ x[r, j]` over the rows r of condition k, which are
  /// `rows[starts[k]] ..< rows[starts[k + 1]]`, in that order; zero where there are none.
  /// With `adds`, what `table[k, j]` was comes first.
  package let sumRowsByCondition: SumRowsByCondition

  /// Has a matrix fetched that another core has written past the caches, before it is read in an
  /// order that the processor cannot guess.
  package let prefetch: Prefetch

  // Layers in one pass, where the product is that of `multiply`.

  /// How many floats ``packWeights`` writes.
  package let packedWeights: PackedCount
  /// Brings the weights W, outputs × inputs, into the order in which ``forwardLayer`` reads them.
  package let packWeights: PackWeights
  /// `values = inputs Wᵀ`, and then as ``finishLayer``. `packed` is what ``packWeights`` made of
  /// `weights`, which are contiguous. `values`, `outputs` and `derivatives` share their stride;
  /// `values` and `derivatives` may be missing. `scratch` as of ``multiply``.
  ///
  /// A copy of `outputs` goes to `copies`, of the same stride, if that is given, past the caches
  /// where it is aligned to vectors: other cores should read the copy, since to write again what they
  /// have read is slow.
  package let forwardLayer: ForwardLayer
  /// `inputGradients = gradients W`, and then as ``unfinishLayer`` of the layer before, whose
  /// `derivatives`, `scales`, `conditions` and `values` they are. With `copies`, to which a
  /// copy of `inputGradients` goes, that and `scaleGradients` go past the caches.
  package let backwardLayer: BackwardLayer

  // Layers on a residual stream h, which has a row for each of the batch: the one that begins it,
  // and blocks that add to it.

  /// What follows the product in a block. For row `r`, column `j`, with `c = conditions[r]`:
  ///
  ///     s                = sums[r, j] + bias[j] + shifts[c, j]
  ///     stream           ← stream + φ(s)
  ///     sums             ← φ(stream)                            (the outputs)
  ///     innerDerivatives ← φ'(s),  derivatives ← φ'(stream)     (both, or none)
  ///
  /// Without `shifts`, whose rows are `strideShifts` apart, the layer begins the stream:
  ///
  ///     stream ← sums + bias,  sums ← φ(stream),  derivatives ← φ'(stream)
  ///
  /// All others have the stride of `sums`.
  package let finishResidual: FinishResidual
  /// The way back through ``finishResidual``. `gradients` holds ∂L/∂outputs and becomes ∂L/∂s, which
  /// is also each row's part of ∂L/∂shifts; `streamGradients` is ∂L/∂stream of what is behind the
  /// layer, and becomes that of what is before it:
  ///
  ///     G               = gradients * derivatives + streamGradients   (the last only if `adds`)
  ///     streamGradients ← G                                  (only with `innerDerivatives`)
  ///     gradients       ← G * innerDerivatives               (or G)
  package let unfinishResidual: UnfinishResidual
  /// `sums = inputs Wᵀ`, and then as ``finishResidual``, to `outputs`. The rest is as of
  /// ``forwardLayer``.
  package let forwardResidual: ForwardResidual
  /// `inputGradients = gradients W`, and then as ``unfinishResidual`` of the layer before. The rest
  /// is as of ``backwardLayer``.
  package let backwardResidual: BackwardResidual

  package init(
    level: KernelLevel, exponential: Map, logarithmOnePlus: Map, softplus: Map, sigmoid: Map,
    sinesAndCosines: Waves, add: Combine, subtract: Combine, multiplyElements: Combine,
    divide: Combine, scale: Scale,
    addScaled: Scale, sum: Reduce, squaredNorm: Reduce, adam: AdamUpdate, uniform: Generate,
    normal: Generate, words: GenerateWords, multiply: Multiply, multiplyScratch: Int,
    finishLayer: FinishLayer, unfinishLayer: UnfinishLayer, sumColumns: SumColumns,
    sumRowsByCondition: SumRowsByCondition, prefetch: Prefetch, packedWeights: PackedCount,
    packWeights: PackWeights, forwardLayer: ForwardLayer, backwardLayer: BackwardLayer,
    finishResidual: FinishResidual,
    unfinishResidual: UnfinishResidual, forwardResidual: ForwardResidual,
    backwardResidual: BackwardResidual
  ) {
    self.level = level
    unsafe self.exponential = exponential
    unsafe self.logarithmOnePlus = logarithmOnePlus
    unsafe self.softplus = softplus
    unsafe self.sigmoid = sigmoid
    unsafe self.sinesAndCosines = sinesAndCosines
    unsafe self.add = add
    unsafe self.subtract = subtract
    unsafe self.multiplyElements = multiplyElements
    unsafe self.divide = divide
    unsafe self.scale = scale
    unsafe self.addScaled = addScaled
    unsafe self.sum = sum
    unsafe self.squaredNorm = squaredNorm
    unsafe self.adam = adam
    unsafe self.uniform = uniform
    unsafe self.normal = normal
    unsafe self.words = words
    unsafe self.multiply = multiply
    self.multiplyScratch = multiplyScratch
    unsafe self.finishLayer = finishLayer
    unsafe self.unfinishLayer = unfinishLayer
    unsafe self.sumColumns = sumColumns
    unsafe self.sumRowsByCondition = sumRowsByCondition
    unsafe self.prefetch = prefetch
    self.packedWeights = packedWeights
    unsafe self.packWeights = packWeights
    unsafe self.forwardLayer = forwardLayer
    unsafe self.backwardLayer = backwardLayer
    unsafe self.finishResidual = finishResidual
    unsafe self.unfinishResidual = unfinishResidual
    unsafe self.forwardResidual = forwardResidual
    unsafe self.backwardResidual = backwardResidual
  }
}
