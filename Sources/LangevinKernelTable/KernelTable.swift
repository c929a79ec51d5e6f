/// The kernels of one level, as C function pointers.
///
/// Each of the three builds of the kernel sources exports one table, and the rest of the package calls the
/// kernels only through it.
///
/// Matrices are row-major `Float`, given by a pointer to the first element and the distance between rows
/// (`stride`, at least the number of columns). No kernel checks its arguments; `LinearAlgebra` and
/// `NeuralNetwork` check them before the call.
@safe
package final class KernelTable: Sendable {
  package typealias Input = UnsafePointer<Float>
  package typealias Output = UnsafeMutablePointer<Float>

  /// The number of the activation φ of a layer.
  ///
  /// With the sigmoid σ(s) = 1 / (1 + exp(-s)) and the normal distribution function Φ:
  ///
  ///     0   φ(s) = s                 φ'(s) = 1
  ///     1   φ(s) = log(1 + exp(s))   φ'(s) = σ(s)
  ///     2   φ(s) = s σ(s)            φ'(s) = σ(s) + s σ(s) (1 - σ(s))
  ///     3   φ(s) = s Φ(s)            φ'(s) = Φ(s) + s exp(-s²/2) / √(2π)
  ///
  /// The error of a value is at most 4 · 2⁻²⁴ (GELU: 6 · 2⁻²⁴) times the exact value, or times |s| · 2⁻²⁴
  /// if that is greater. The error of a derivative is at most 5 · 2⁻²⁴ (GELU: 7 · 2⁻²⁴) times the sum of
  /// its terms' magnitudes, or times 2⁻²⁴ if that is greater.
  package typealias Activation = Int

  /// The type of ``sinesAndCosines``.
  package typealias Waves =
    @convention(c) (_ count: Int, _ turns: Input, _ sines: Output, _ cosines: Output) -> Void
  /// The type of ``adam``.
  package typealias AdamUpdate =
    @convention(c) (
      _ count: Int, _ parameters: Output, _ gradients: Input, _ firstMoments: Output,
      _ secondMoments: Output, _ gradientScale: Float, _ beta1: Double, _ beta2: Double,
      _ stepSize: Double, _ secondMomentCorrection: Double, _ epsilon: Double, _ streams: Bool,
      _ average: Output?, _ averageWeight: Double
    ) -> Void
  /// A function that draws the numbers `position ..< position + count` of stream `stream` under key `seed`.
  package typealias Generate =
    @convention(c) (
      _ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64, _ numbers: Output
    ) -> Void
  /// The type of ``multiply``.
  package typealias Multiply =
    @convention(c) (
      _ transposeA: Bool, _ transposeB: Bool, _ rows: Int, _ columns: Int, _ inner: Int,
      _ alpha: Float, _ a: Input, _ strideA: Int, _ b: Input, _ strideB: Int,
      _ beta: Float, _ c: Output, _ strideC: Int, _ scratch: Output
    ) -> Void
  /// The type of ``finishLayer``.
  package typealias FinishLayer =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ values: Output, _ stride: Int, _ bias: Input?,
      _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ activation: Activation,
      _ outputs: Output, _ derivatives: Output?
    ) -> Void
  /// The type of ``unfinishLayer``.
  package typealias UnfinishLayer =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input?,
      _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ values: Input?,
      _ scaleGradients: Output?, _ copies: Output?
    ) -> Void
  /// The type of ``sumRowsByCondition``.
  package typealias SumRowsByCondition =
    @convention(c) (
      _ conditionCount: Int, _ columns: Int, _ x: Input, _ stride: Int,
      _ starts: UnsafePointer<Int32>, _ rows: UnsafePointer<Int32>, _ adds: Bool,
      _ table: Output, _ tableStride: Int
    ) -> Void
  /// A function like `Generate` that draws 32-bit words.
  package typealias GenerateWords =
    @convention(c) (
      _ count: Int, _ seed: UInt64, _ stream: UInt64, _ position: UInt64,
      _ words: UnsafeMutablePointer<UInt32>
    ) -> Void
  /// The type of ``prefetch``.
  package typealias Prefetch =
    @convention(c) (_ rows: Int, _ columns: Int, _ x: Input, _ stride: Int) -> Void
  /// The type of ``packedWeights``.
  package typealias PackedCount = @convention(c) (_ outputs: Int, _ inputs: Int) -> Int
  /// The type of ``packWeights``.
  package typealias PackWeights =
    @convention(c) (
      _ outputs: Int, _ inputs: Int, _ weights: Input, _ stride: Int, _ packed: Output
    ) -> Void
  /// The type of ``forwardLayer``.
  package typealias ForwardLayer =
    @convention(c) (
      _ rows: Int, _ outputWidth: Int, _ inputWidth: Int, _ inputs: Input, _ strideInputs: Int,
      _ weights: Input, _ packed: Input, _ bias: Input?, _ scales: Input?,
      _ conditions: UnsafePointer<Int32>?, _ activation: Activation, _ values: Output?,
      _ outputs: Output, _ derivatives: Output?, _ copies: Output?, _ stride: Int,
      _ scratch: Output
    ) -> Void
  /// The type of ``backwardLayer``.
  package typealias BackwardLayer =
    @convention(c) (
      _ rows: Int, _ inputWidth: Int, _ outputWidth: Int, _ gradients: Input,
      _ strideGradients: Int, _ weights: Input, _ derivatives: Input?, _ scales: Input?,
      _ conditions: UnsafePointer<Int32>?, _ values: Input?, _ scaleGradients: Output?,
      _ inputGradients: Output, _ copies: Output?, _ stride: Int, _ scratch: Output
    ) -> Void
  /// The type of ``finishResidual``.
  package typealias FinishResidual =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ sums: Output, _ stride: Int, _ bias: Input, _ shifts: Input?,
      _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Activation,
      _ stream: Output, _ innerDerivatives: Output?, _ derivatives: Output?
    ) -> Void
  /// The type of ``unfinishResidual``.
  package typealias UnfinishResidual =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input,
      _ innerDerivatives: Input?, _ streamGradients: Output, _ adds: Bool, _ copies: Output?
    ) -> Void
  /// The type of ``forwardResidual``.
  package typealias ForwardResidual =
    @convention(c) (
      _ rows: Int, _ outputWidth: Int, _ inputWidth: Int, _ inputs: Input, _ strideInputs: Int,
      _ weights: Input, _ packed: Input, _ bias: Input, _ shifts: Input?, _ strideShifts: Int,
      _ conditions: UnsafePointer<Int32>, _ activation: Activation, _ stream: Output,
      _ outputs: Output, _ innerDerivatives: Output?, _ derivatives: Output?, _ copies: Output?,
      _ stride: Int, _ scratch: Output
    ) -> Void
  /// The type of ``backwardResidual``.
  package typealias BackwardResidual =
    @convention(c) (
      _ rows: Int, _ inputWidth: Int, _ outputWidth: Int, _ gradients: Input,
      _ strideGradients: Int, _ weights: Input, _ derivatives: Input, _ innerDerivatives: Input?,
      _ streamGradients: Output, _ adds: Bool, _ inputGradients: Output, _ copies: Output?,
      _ stride: Int, _ scratch: Output
    ) -> Void

  /// The level of this build.
  package let level: KernelLevel

  /// `sines = sin(2π turns)`, `cosines = cos(2π turns)`, within 2⁻²³.
  ///
  /// Turns are clamped to ±2²⁰. Every level gives the same bits; `sines` may be `turns`.
  package let sinesAndCosines: Waves

  /// One step of Adam (Kingma & Ba 2015, arXiv 1412.6980) with `g = gradientScale * gradients`:
  ///
  ///     m ← beta1 m + (1 - beta1) g
  ///     v ← beta2 v + (1 - beta2) g²
  ///     parameters ← parameters - stepSize * m / (sqrt(v) / secondMomentCorrection + epsilon)
  ///
  /// At step n, `stepSize = learningRate / (1 - beta1^n)` and
  /// `secondMomentCorrection = sqrt(1 - beta2^n)`. With `streams`, streaming stores write `parameters`, past
  /// the caches.
  ///
  /// If `average` is not nil, it is updated with the new parameters:
  ///
  ///     average ← average + averageWeight (parameters - average)
  package let adam: AdamUpdate

  // Random numbers by Philox4x32-10, with the same bits at every level.

  /// Uniform numbers on [0, 1), multiples of 2⁻²⁴.
  package let uniform: Generate
  /// Standard normal numbers, by the Box–Muller transform.
  package let normal: Generate
  /// Random words of 32 bits.
  package let words: GenerateWords

  // Products and layers.

  /// The product `C = alpha op(A) op(B) + beta C`, where `op` transposes its matrix if so requested.
  ///
  /// `op(A)` is rows × inner and `op(B)` inner × columns. With `beta == 0`, `C` is not read. `scratch` holds
  /// at least ``multiplyScratch`` floats, aligned to 64 bytes.
  ///
  /// The order of summation of an element depends only on `inner` and on whether there are more than four
  /// columns. Computing some rows or columns of a product by themselves therefore gives the same bits,
  /// except for up to four columns of a wider product.
  package let multiply: Multiply
  /// The number of floats of scratch memory that ``multiply`` needs.
  package let multiplyScratch: Int

  /// The epilogue of a layer's product. For row `r` and column `j`, with `c = conditions[r]`:
  ///
  ///     values[r, j] ← values[r, j] + bias[j]
  ///     s            = scales[c, j] * values[r, j]
  ///     outputs      ← φ(s)
  ///     derivatives  ← φ'(s)
  ///
  /// `scales` is a contiguous matrix of conditions × columns and needs `conditions`. If `bias` or `scales`
  /// is nil, its term or factor drops out. `outputs` and `derivatives` have the stride of `values`. `outputs`
  /// may be `values` if the values are not needed later.
  package let finishLayer: FinishLayer
  /// The backward pass through ``finishLayer``.
  ///
  /// `gradients` holds ∂L/∂outputs and becomes ∂L/∂values. `scaleGradients`, which needs `values` and may be
  /// the same memory, becomes each row's term of ∂L/∂scales:
  ///
  ///     ds                    = gradients * derivatives   (or gradients)
  ///     scaleGradients[r, j] ← ds * values[r, j]
  ///     gradients[r, j]      ← ds * scales[c, j]
  ///
  /// `copies` is used as in ``backwardLayer``.
  package let unfinishLayer: UnfinishLayer
  /// `table[k, j] = Σ x[r, j]` over the rows r of condition k; zero if the condition has no rows.
  ///
  /// These rows are `rows[starts[k]] ..< rows[starts[k + 1]]`, summed in that order. With `adds`, the sum
  /// begins with the old value of `table[k, j]`.
  package let sumRowsByCondition: SumRowsByCondition

  /// Fetches a matrix that another core has written with streaming stores.
  ///
  /// Call it before reading the matrix in an order that the processor cannot predict.
  package let prefetch: Prefetch

  // Layers in one pass. Their product has the same bits as `multiply`.

  /// The number of floats that ``packWeights`` writes.
  package let packedWeights: PackedCount
  /// Writes the weights W, outputs × inputs, in the order in which ``forwardLayer`` reads them.
  package let packWeights: PackWeights
  /// The product `values = inputs Wᵀ`, followed by ``finishLayer``.
  ///
  /// `weights` is contiguous, and `packed` holds it as ``packWeights`` writes it. `values`, `outputs` and
  /// `derivatives` have the same stride; `values` and `derivatives` may be nil. `scratch` is used as in
  /// ``multiply``.
  ///
  /// If `copies`, which has the same stride, is not nil, it gets a copy of `outputs`, with streaming stores
  /// where it is aligned to vectors. Other cores should read the copy, because rewriting memory that they
  /// have read is slow.
  package let forwardLayer: ForwardLayer
  /// The product `inputGradients = gradients W`, followed by ``unfinishLayer`` of the layer before.
  ///
  /// `derivatives`, `scales`, `conditions` and `values` are those of the layer before. If `copies` is not
  /// nil, streaming stores write `scaleGradients`, and a copy of `inputGradients` to `copies`.
  package let backwardLayer: BackwardLayer

  // Layers on a residual stream h, which has a row for each row of the batch: the layer that begins the
  // stream, and the blocks that add to it.

  /// The epilogue of a residual block's product. For row `r` and column `j`, with `c = conditions[r]`:
  ///
  ///     s                = sums[r, j] + bias[j] + shifts[c, j]
  ///     stream           ← stream + φ(s)
  ///     sums             ← φ(stream)                            (the outputs)
  ///     innerDerivatives ← φ'(s),  derivatives ← φ'(stream)     (both or neither)
  ///
  /// The rows of `shifts` are `strideShifts` apart. If `shifts` is nil, the layer begins the stream:
  ///
  ///     stream ← sums + bias,  sums ← φ(stream),  derivatives ← φ'(stream)
  ///
  /// All other matrices have the stride of `sums`.
  package let finishResidual: FinishResidual
  /// The backward pass through ``finishResidual``.
  ///
  /// `gradients` holds ∂L/∂outputs and becomes ∂L/∂s, which is also each row's term of ∂L/∂shifts.
  /// `streamGradients` holds ∂L/∂stream after the layer and becomes ∂L/∂stream before it:
  ///
  ///     G               = gradients * derivatives + streamGradients   (added only if `adds`)
  ///     streamGradients ← G                                  (only with `innerDerivatives`)
  ///     gradients       ← G * innerDerivatives               (or G)
  package let unfinishResidual: UnfinishResidual
  /// The product `sums = inputs Wᵀ`, followed by ``finishResidual``, which writes to `outputs`.
  ///
  /// The other arguments are used as in ``forwardLayer``.
  package let forwardResidual: ForwardResidual
  /// The product `inputGradients = gradients W`, followed by ``unfinishResidual`` of the layer before.
  ///
  /// The other arguments are used as in ``backwardLayer``.
  package let backwardResidual: BackwardResidual

  package init(
    level: KernelLevel, sinesAndCosines: Waves, adam: AdamUpdate, uniform: Generate,
    normal: Generate, words: GenerateWords, multiply: Multiply, multiplyScratch: Int,
    finishLayer: FinishLayer, unfinishLayer: UnfinishLayer,
    sumRowsByCondition: SumRowsByCondition, prefetch: Prefetch, packedWeights: PackedCount,
    packWeights: PackWeights, forwardLayer: ForwardLayer, backwardLayer: BackwardLayer,
    finishResidual: FinishResidual,
    unfinishResidual: UnfinishResidual, forwardResidual: ForwardResidual,
    backwardResidual: BackwardResidual
  ) {
    self.level = level
    unsafe self.sinesAndCosines = sinesAndCosines
    unsafe self.adam = adam
    unsafe self.uniform = uniform
    unsafe self.normal = normal
    unsafe self.words = words
    unsafe self.multiply = multiply
    self.multiplyScratch = multiplyScratch
    unsafe self.finishLayer = finishLayer
    unsafe self.unfinishLayer = unfinishLayer
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
