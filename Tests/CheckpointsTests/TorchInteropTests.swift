import Checkpoints
import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork
import SafeTensors
import TestSupport
import Testing

/// Exchange of checkpoints between this program and PyTorch. The environment variable `LANGEVIN_PYTHON` names
/// the Python to use, `python3` if unset. The test is skipped if that Python has no PyTorch.
@Suite struct TorchInteropTests {
  @Test(
    .enabled(
      if: Python.hasTorch,
      "PyTorch is not installed for python3: set LANGEVIN_PYTHON to a Python that has it"))
  func modelsComputeAlikeInPyTorch() throws {
    let configuration = RunConfiguration(
      dataset: .init(name: "swiss-roll", count: 100, seed: 0),
      model: .init(dimension: 2, widths: [16, 24, 8], steps: 10),
      training: .init(
        batchSize: 50, learningRate: 0.01, maximumGradientNorm: 1, seed: 5, epochs: 4))
    let training = try Training(
      configuration.makeModel(),
      data: RandomStream(seed: 1, stream: 0).uniform(
        rows: 100, columns: 2), configuration: configuration.trainingConfiguration(threads: 1))
    var progress = TrainingProgress()
    for step in training.prefix(8) {
      progress.record(step)
    }
    let input = RandomStream(seed: 2, stream: 0).uniform(rows: 40, columns: 2)
      .map { 6 * $0 - 3 }
    let timesteps = (0..<40).map { $0 % 10 }
    let ours = training.model.network(input, conditions: timesteps.map(Int32.init))

    try TinyRun.inFolder { folder in
      try folder.begin(configuration, overwrite: false)
      try folder.save(training.state, progress: progress)
      let (inputs, outputs) = ("\(folder.path)/in.safetensors", "\(folder.path)/out.safetensors")
      var file = SafeTensorsFile()
      file.append(Tensor("x", floats: input.elements, shape: [40, 2]))
      file.append(Tensor("t", integers: timesteps, shape: [40]))
      try file.write(to: inputs)
      let script = try #require(
        Bundle.module.url(
          forResource: "seed_model", withExtension: "py", subdirectory: "Fixtures"))
      let python = try Python.run(
        String(contentsOf: script, encoding: .utf8),
        ["\(folder.path)/model.safetensors", inputs, outputs])
      try #require(python.status == 0, "\(python.errors)")

      let answer = try SafeTensorsFile(path: outputs)
      let theirs = try answer.floats("noise", shape: [40, 2])
      for index in theirs.indices {
        #expect(abs(theirs[index] - ours.elements[index]) < 1e-5)
      }
      // PyTorch's library wrote exactly our parameters, bit for bit.
      let parameters = training.model.network.parameters
      var copy = Parameters(zeros: parameters.layout)
      try copy.load(answer)
      #expect(copy == parameters)
    }
  }
}
