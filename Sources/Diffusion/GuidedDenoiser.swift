import LangevinPreconditions
public import LinearAlgebra

/// A model conditioned on contexts, with classifier-free guidance of weight w (Ho and Salimans 2022,
/// arXiv 2207.12598, who write 1 + w for this weight):
///
///     D_w(x | c) = D(x) + w (D(x | c) - D(x))
///
/// With w = 1, samples follow p(x | c). With w = 0, they follow p(x), as learned without a context. With w
/// above 1, samples are more typical of c and less diverse. Any w other than 0 and 1 takes two evaluations
/// of the network.
package struct GuidedDenoiser: Denoiser {
  /// The model, whose context width is the number of columns of ``contexts``.
  package let model: DiffusionModel
  /// The context c of each row of the states. Fewer contexts than states repeat in order; without contexts,
  /// rows are not conditioned.
  package let contexts: Matrix<Float>
  /// The guidance weight w.
  package let guidance: Double

  /// Creates a denoiser of `model` under `contexts`, each of ``DiffusionModel/contextWidth`` columns.
  package init(_ model: DiffusionModel, contexts: Matrix<Float>, guidance: Double = 1) {
    require(
      contexts.columns == model.contextWidth,
      """
      GuidedDenoiser: contexts of \(contexts.rows) × \(contexts.columns) for a model whose contexts have \
      \(model.contextWidth) columns
      """)
    require(guidance.isFinite, "GuidedDenoiser: guidance \(guidance) must be finite")
    self.model = model
    self.contexts = contexts
    self.guidance = guidance
  }

  package var dimension: Int { model.dimension }

  package func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    let unconditional = model.makeModelWorker(capacity: capacity, engine: engine)
    if guidance == 0 { return unconditional }
    let conditional = model.makeModelWorker(contexts: contexts, capacity: capacity, engine: engine)
    if guidance == 1 { return conditional }
    return GuidedWorker(
      conditional, unconditional, guidance,
      capacity: capacity, dimension: dimension)
  }
}

extension DiffusionModel {
  /// Returns this model conditioned on `contexts`, with classifier-free guidance (Ho and Salimans 2022, arXiv
  /// 2207.12598, who write 1 + w for this weight w):
  ///
  ///     D_w(x | c) = D(x) + w (D(x | c) - D(x))
  ///
  /// With w = 1, samples follow p(x | c). With w = 0, they follow p(x), as learned without a context. With w
  /// above 1, samples are more typical of c and less diverse.
  ///
  /// - Parameters:
  ///   - contexts: The context of each row of the states, each of ``contextWidth`` columns. Fewer contexts than
  ///     states repeat in order.
  ///   - guidance: The weight w, finite.
  public func conditioned(on contexts: Matrix<Float>, guidance: Double = 1) -> any Denoiser {
    GuidedDenoiser(self, contexts: contexts, guidance: guidance)
  }
}

private final class GuidedWorker: DivergenceWorker {
  private let conditional: any DivergenceWorker
  private let unconditional: any DivergenceWorker
  private let guidance: Double
  /// D(x), without a context.
  private var baseline: Matrix<Float>

  init(
    _ conditional: any DivergenceWorker, _ unconditional: any DivergenceWorker, _ guidance: Double,
    capacity: Int, dimension: Int
  ) {
    self.conditional = conditional
    self.unconditional = unconditional
    self.guidance = guidance
    baseline = Matrix<Float>(rows: capacity, columns: dimension)
  }

  func begin(rows: Range<Int>) { conditional.begin(rows: rows) }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel, into denoised: inout MutableMatrixView<Float>
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    conditional.denoise(states, at: level, into: denoised)
    baseline.withMutableHandle { baseline in
      unconditional.denoise(states, at: level, into: baseline.rows(0..<states.rows))
    }
    guide(denoised)
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel,
    into denoised: inout MutableMatrixView<Float>,
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

  /// Replaces D(x | c) in `denoised` with D_w.
  private func guide(_ denoised: MatrixHandle<Float>) {
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
