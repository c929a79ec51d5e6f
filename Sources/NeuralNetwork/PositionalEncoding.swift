import LangevinKernelTable
import LangevinPreconditions
package import LinearAlgebra

/// A layer that outputs each column x unchanged and as waves of octaves k = 0 … n - 1.
///
///     y = [x, sin(2π f_k x), …, cos(2π f_k x), …],  f_k = 2ᵏ/8
///
/// All octaves of a column are side by side; the last columns may be exempt. A network learns smooth
/// functions of its inputs early and sharp ones late; from the waves it also learns edges and points
/// (Mildenhall et al. 2020, arXiv 2003.08934; Tancik et al. 2020, arXiv 2006.10739). Backward:
///
///     ∂L/∂x = ∂L/∂y₀ + Σ_k 2π f_k (cos(2π f_k x) ∂L/∂sin_k - sin(2π f_k x) ∂L/∂cos_k)
///
/// The layer has no parameters. Scale the inputs to a magnitude of about 1: the longest wave is 8 units.
public struct PositionalEncoding: KernelLayer, Hashable {
  /// The number of octaves, n.
  public let octaves: Int
  /// The number of last columns that get no waves.
  public let plainColumns: Int

  /// The largest number of octaves: a finer wave exceeds the resolution of a `Float` near 1.
  public static let mostOctaves = 20

  /// Creates a layer with `octaves` octaves of all but the last `plainColumns` columns.
  ///
  /// There are 1 to ``mostOctaves`` octaves.
  public init(octaves: Int, plainColumns: Int = 0) {
    require(plainColumns >= 0, "PositionalEncoding: \(plainColumns) plain columns are negative")
    require(
      (1...Self.mostOctaves).contains(octaves),
      "PositionalEncoding: \(octaves) octaves are not from 1 to \(Self.mostOctaves)")
    self.octaves = octaves
    self.plainColumns = plainColumns
  }

  /// Returns the number of output columns for `inputWidth` input columns; `octaves` may be 0.
  static func width(inputWidth: Int, octaves: Int, plainColumns: Int = 0) -> Int {
    inputWidth + 2 * octaves * (inputWidth - plainColumns)
  }

  /// The lowest frequency, f₀.
  private static let lowest: Float = 0.125

  public var passes: LayerPasses { LayerPasses(self) }

  package var parameters: [ParameterDeclaration] { [] }

  package func outputWidth(inputWidth: Int) -> Int {
    Self.width(inputWidth: inputWidth, octaves: octaves, plainColumns: plainColumns)
  }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    let (width, outputs) = (input.columns, buffers.outputs)
    let encoded = width - plainColumns
    let waves = encoded * octaves
    for row in 0..<input.rows {
      let x = unsafe input.base + row * input.stride
      let y = unsafe outputs.base + row * outputs.stride
      var wave = width
      for column in 0..<width {
        unsafe y[column] = x[column]
        if column >= encoded { continue }
        var turns = unsafe Self.lowest * x[column]
        for _ in 0..<octaves {
          unsafe y[wave] = turns
          turns *= 2
          wave += 1
        }
      }
      unsafe engine.kernels.sinesAndCosines(waves, y + width, y + width, y + width + waves)
    }
    buffers.outputCopies?.copy(outputs)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    let (width, outputs, gradients) = (inputGradients.columns, buffers.outputs, buffers.gradients)
    let encoded = width - plainColumns
    let waves = encoded * octaves
    for row in 0..<inputGradients.rows {
      let y = unsafe outputs.base + row * outputs.stride
      let g = unsafe gradients.base + row * gradients.stride
      var wave = width
      for column in 0..<width {
        var sum = unsafe g[column]
        var rate = 2 * Float.pi * Self.lowest
        for _ in 0..<(column < encoded ? octaves : 0) {
          let slope = unsafe y[waves + wave] * g[wave] - y[wave] * g[waves + wave]
          sum += rate * slope
          rate *= 2
          wave += 1
        }
        unsafe inputGradients.base[row * inputGradients.stride + column] = sum
      }
    }
    epilogue.apply(to: inputGradients, engine: engine)
  }
}
