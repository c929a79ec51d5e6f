public import NeuralNetwork

extension DiffusionModel {
  /// The original program's model: conditional linear layers with softplus of widths `hidden`, and a
  /// linear layer back to `dimension` columns, which estimate the noise. Parameters are named `lin1` …
  /// as there. The schedule is the original's, ``NoiseSchedule/sigmoid(steps:start:end:range:)``, unless
  /// another is given.
  public static func seed(
    dimension: Int = 2, hidden: [Int] = [128, 128, 128], steps: Int = 100,
    schedule: NoiseSchedule? = nil, activation: Activation = .softplus, seed: UInt64 = 0
  ) -> DiffusionModel {
    let schedule = schedule ?? .sigmoid(steps: steps)
    var layers: [any Layer] = []
    var width = dimension
    for (index, next) in hidden.enumerated() {
      layers.append(
        ConditionalLinear(
          "lin\(index + 1)", inputs: width, outputs: next, conditions: schedule.steps))
      layers.append(Softplus())
      width = next
    }
    layers.append(Linear("lin\(hidden.count + 1)", inputs: width, outputs: dimension))
    return DiffusionModel(
      schedule: schedule,
      network: Network(layers, inputWidth: dimension) {
        RandomPurpose.initialisation.stream(seed: seed, index: $0)
      })
  }
}
