import LangevinPreconditions
public import LinearAlgebra

/// A model under contexts, with classifier-free guidance of weight w (Ho and Salimans 2022,
/// arXiv 2207.12598, where w is 1 + w):
///
///     D_w(x | c) = D(x) + w (D(x | c) - D(x))
///
/// With w = 1 it samples p(x | c), with w = 0 p(x) as learned without a context; above 1, samples are more
/// typical of c, and less various. One weight between others takes two evaluations of the network.
public struct GuidedDenoiser: Denoiser {
  /// The model, of the width of the contexts.
  public let model: DiffusionModel
  /// c of each row of the states; they are taken in turn if there are fewer. Without any, nothing is
  /// known of a row.
  public let contexts: Matrix
  /// w.
  public let guidance: Double

  /// `model` under `contexts`, each of ``DiffusionModel/contextWidth`` columns.
  public init(_ model: DiffusionModel, contexts: Matrix, guidance: Double = 1) {
    require(
      contexts.columns == model.contextWidth,
      """
      GuidedDenoiser: contexts of \(contexts.rows) × \(contexts.columns) for a model whose contexts have \
      \(model.contextWidth) columns
      """)
    require(guidance.isFinite, "GuidedDenoiser: a guidance of \(guidance)")
    self.model = model
    self.contexts = contexts
    self.guidance = guidance
  }

  public var dimension: Int { model.dimension }

  public func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    let unconditional = model.makeModelWorker(capacity: capacity, engine: engine)
    if guidance == 0 { return unconditional }
    let conditional = model.makeModelWorker(contexts: contexts, capacity: capacity, engine: engine)
    if guidance == 1 { return conditional }
    return GuidedWorker(
      conditional, unconditional, guidance,
      capacity: capacity, dimension: dimension)
  }
}

private final class GuidedWorker: DivergenceWorker {
  private let conditional: any DivergenceWorker
  private let unconditional: any DivergenceWorker
  private let guidance: Double
  /// D(x).
  private var baseline: Matrix

  init(
    _ conditional: any DivergenceWorker, _ unconditional: any DivergenceWorker, _ guidance: Double,
    capacity: Int, dimension: Int
  ) {
    self.conditional = conditional
    self.unconditional = unconditional
    self.guidance = guidance
    baseline = Matrix(rows: capacity, columns: dimension)
  }

  func begin(rows: Range<Int>) { conditional.begin(rows: rows) }

  func denoise(
    _ states: MatrixView, at level: NoiseLevel, into denoised: inout MutableMatrixView
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    conditional.denoise(states, at: level, into: denoised)
    baseline.withMutableHandle { baseline in
      unconditional.denoise(states, at: level, into: baseline.rows(0..<states.rows))
    }
    guide(denoised)
  }

  func denoise(
    _ states: MatrixView, at level: NoiseLevel, into denoised: inout MutableMatrixView,
    divergences: inout [Double]
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    conditional.denoise(states, at: level, into: denoised, divergences: &divergences)
    var others = divergences
    baseline.withMutableHandle { baseline in
      unconditional.denoise(
        states, at: level, into: baseline.rows(0..<states.rows), divergences: &others)
    }
    guide(denoised)
    for row in divergences.indices {
      divergences[row] = others[row] + guidance * (divergences[row] - others[row])
    }
  }

  /// D_w from D(x | c), which `denoised` has.
  private func guide(_ denoised: MatrixHandle) {
    let weight = Float(guidance)
    baseline.withHandle { baseline in
      for row in 0..<denoised.rows {
        let value = unsafe denoised.base + row * denoised.stride
        let base = unsafe baseline.base + row * baseline.stride
        for column in 0..<denoised.columns {
          unsafe value[column] = base[column] + weight * (value[column] - base[column])
        }
      }
    }
  }
}
