import Diffusion
import LinearAlgebra
import Testing

/// Samplers clip their estimates of the data only if a box is given, and then to that box.
@Suite struct ClippingTests {
  private static let denoiser = GaussianMixtureDenoiser(
    weights: [1, 1], means: [[5, -4], [7, 4]], covariances: [.isotropic(0.3), .isotropic(0.5)])
  private static let levels = KarrasSigmas(maximum: 60).levels(count: 12)
  private static let box = DataBox(minimum: [5, -3.5], maximum: [6.5, 3.5])
  private static let methods: [SamplingMethod] = [
    .ddpm(), .ddpm(variance: .posterior), .ddim(), .ddim(eta: 1), .dpmSolver2M, .heun(),
  ]

  /// Data are not images: clipping these to [-1, 1] would destroy them.
  @Test(arguments: methods)
  func doesNotClipByDefault(_ method: SamplingMethod) {
    let sampler = Sampler(Self.denoiser, levels: Self.levels, method: method)
    #expect(sampler.box == nil)
    #expect(Sampler(DiffusionModel.original(hidden: [4], steps: 3)).box == nil)
    let samples = sampler.sample(count: 100, seed: 1)
    let columns = (0..<2).map { column in (0..<100).map { Double(samples[$0, column]) } }
    #expect((4...8).contains(mean(columns[0])) && (columns[1].max() ?? 0) > 3.5)
    #expect((columns[1].min() ?? 0) < -3.5)
  }

  @Test(arguments: methods)
  func samplesLieInsideTheBox(_ method: SamplingMethod) {
    let sampler = Sampler(Self.denoiser, levels: Self.levels, method: method, box: Self.box)
    let samples = sampler.sample(count: 100, seed: 1)
    var atTheEdge = 0
    for row in 0..<100 {
      for column in 0..<2 {
        let value = Double(samples[row, column])
        let (low, high) = (Self.box.minimum[column], Self.box.maximum[column])
        #expect(value >= low && value <= high)
        if value == low || value == high { atTheEdge += 1 }
      }
    }
    #expect(atTheEdge > 20)
  }

  /// The noise is recomputed from the clipped data as (x - α D)/σ instead of taken from the network.
  @Test func recomputesNoiseFromClippedData() {
    let schedule = NoiseSchedule.cosine(steps: 20)
    let levels = schedule.levels(timesteps: [17, 9, 2])
    let box = DataBox(minimum: [-1, -1], maximum: [1, 1])
    let sampler = Sampler(Self.denoiser, levels: levels, method: .ddim(), box: box)
    let state = Matrix<Float>([[0.3, -0.8], [-1.2, 2.1]])
    let found = sampler.step(state, step: 0, noise: nil)
    let denoised = Self.denoiser.denoise(state, at: levels[0])
    for row in 0..<2 {
      for column in 0..<2 {
        let data = min(max(Double(denoised[row, column]), -1), 1)
        #expect(data != Double(denoised[row, column]))
        let noise = (Double(state[row, column]) - levels[0].alpha * data) / levels[0].sigma
        let expected = levels[1].alpha * data + levels[1].sigma * noise
        #expect(abs(Double(found[row, column]) - expected) < 1e-5)
      }
    }
  }

  /// The box is given in the units of the data and applied in the standardized space of the network.
  @Test func standardizesTheBox() {
    let moments = DataMoments(mean: [10, -4], variance: [4, 0.25])
    let model = DiffusionModel.residual(dimension: 2, width: 8, blocks: 1, moments: moments)
    let box = DataBox(minimum: [8, -4], maximum: [11, -3])
    let sampler = Sampler(model, steps: 5, box: box)
    #expect(sampler.box == DataBox(minimum: [-1, 0], maximum: [0.5, 2]))
    let samples = sampler.sample(count: 50, seed: 2)
    for row in 0..<50 {
      #expect((8...11).contains(samples[row, 0]) && (-4 ... -3).contains(samples[row, 1]))
    }
    #expect(
      DataBox(Matrix<Float>([[1, 5], [3, 2], [2, 9]]))
        == DataBox(minimum: [1, 2], maximum: [3, 9]))
  }
}
