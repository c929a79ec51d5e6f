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
      if file[tensor.name] != tensor { return "its tensor \(tensor.name.debugDescription) is lost" }
    }
    guard (try? SafeTensorsFile(parsing: file.serialized())) == file else {
      return "its tensors are read again as others"
    }
    return nil
  }

  /// Each type of number that a tensor may be asked for, it has or refuses.
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
      else { return "it is read again as another" }
      return try problem(withUse: configuration)
    } catch {
      return "it is taken, and then refused: \(error)"
    }
  }

  /// A small network can be made, and sampled from.
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
    let contexts: Matrix?
    do {
      contexts =
        try configuration.model.contextWidth == 0
        ? nil : table?.contexts(count: 2, random: RandomStream(seed: 1))
    } catch {
      return "its own contexts are refused: \(error)"
    }
    let sampler = Sampler(
      model, steps: min(2, model.process.defaultSteps), contexts: contexts,
      fromMoments: model.moments != nil)
    let samples = sampler.sample(count: 2, seed: 1)
    if samples.rows != 2 { return "its model draws \(samples.rows) samples, not 2" }
    guard let table else { return nil }
    let rows = Matrix(rows: 2, columns: table.width) { row, column in
      column < samples.columns
        ? samples[row, column] : contexts?[row, column - samples.columns] ?? 0
    }
    return table.decode(rows).rowCount == 2 ? nil : "its samples are not rows of its table"
  }
}
