import Checkpoints
import Diffusion
import LinearAlgebra
import SafeTensors
import Tables

extension Reader {
  static func problemWithSafeTensors(_ bytes: [UInt8]) -> String? {
    let file: SafeTensorsFile
    do {
      file = try SafeTensorsFile(parsing: bytes)
    } catch {
      return problem(withRefusal: error.description)
    }
    for tensor in file.tensors {
      if let problem = problem(with: tensor) { return problem }
      if file[tensor.name] != tensor { return "tensor \(tensor.name.debugDescription) is missing" }
    }
    guard (try? SafeTensorsFile(parsing: file.serialized())) == file else {
      return "its tensors change when written and read again"
    }
    return nil
  }

  /// Reads the tensor as each type of number; a refusal must be a valid message.
  private static func problem(with tensor: Tensor) -> String? {
    do throws(SafeTensorsError) { _ = try tensor.floats() } catch {
      if let problem = problem(withRefusal: error.description) { return problem }
    }
    do throws(SafeTensorsError) { _ = try tensor.doubles() } catch {
      if let problem = problem(withRefusal: error.description) { return problem }
    }
    do throws(SafeTensorsError) { _ = try tensor.integers() } catch {
      if let problem = problem(withRefusal: error.description) { return problem }
    }
    do throws(SafeTensorsError) { _ = try tensor.unsignedIntegers() } catch {
      if let problem = problem(withRefusal: error.description) { return problem }
    }
    return nil
  }

  static func problemWithConfiguration(_ bytes: [UInt8]) -> String? {
    let configuration: RunConfiguration
    do {
      configuration = try RunConfiguration(json: bytes)
    } catch {
      return problem(withRefusal: error.description)
    }
    do throws(CheckpointError) {
      try configuration.validate()
      let written = try configuration.json()
      let again = try RunConfiguration(json: written)
      guard again == configuration, try again.json() == written,
        try again.differences(from: configuration).isEmpty
      else { return "it changes when written and read again" }
      return try problem(withUse: configuration)
    } catch {
      return "it is accepted and then rejected: \(error)"
    }
  }

  /// Makes and samples the model of a configuration if it is small.
  private static func problem(
    withUse configuration: RunConfiguration
  ) throws(CheckpointError) -> String? {
    _ = configuration.trainingConfiguration(threads: 1)
    guard let parameters = configuration.parameterCount, parameters < 10_000,
      configuration.model.rowWidth < 100,
      configuration.model.process.schedule?.steps ?? 0 < 1000
    else { return nil }
    let model = try configuration.makeModel()
    let table = configuration.table
    let contexts: Matrix<Float>?
    do {
      contexts =
        try configuration.model.contextWidth == 0
        ? nil : table?.contexts(count: 2, random: RandomStream(seed: 1))
    } catch {
      return "its own contexts are rejected: \(error)"
    }
    let sampler = Sampler(
      model, steps: min(2, model.process.defaultSteps), contexts: contexts,
      fromMoments: model.moments != nil)
    let samples = sampler.sample(count: 2, seed: 1)
    if samples.rows != 2 { return "its model draws \(samples.rows) samples, not 2" }
    guard let table else { return nil }
    let rows = Matrix<Float>(rows: 2, columns: table.width) { row, column in
      column < samples.columns
        ? samples[row, column] : contexts?[row, column - samples.columns] ?? 0
    }
    return table.decode(rows).rowCount == 2 ? nil : "its samples do not decode to rows of its table"
  }
}
