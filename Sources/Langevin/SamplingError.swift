import Diffusion
public import LangevinErrors
import LangevinThreading
public import Tables

/// An error that keeps a ``GenerativeModel`` from drawing samples, filling in missing cells or computing
/// likelihoods.
public enum SamplingError: DescribedError, Equatable {
  /// The model has no such condition or category.
  case conditions(TableError)
  /// The number of samples is negative, or the samples do not fit into memory.
  case count(Int)
  /// The number of steps is not from 1 to `most`.
  case steps(Int, most: Int)
  /// The guidance is not a finite number.
  case guidance(Double)
  /// A setting of the sampling method is out of bounds.
  case setting(String, value: String, allowed: String)
  /// The model has contexts that are not conditions of a table, so they cannot be drawn.
  case unknownContexts
  /// The number of threads is out of range.
  case threads(Int)
  /// The number of draws is below 1.
  case draws(Int)
  /// The largest number of rows of a reference is below 1.
  case limit(Int)
  /// The number of repeats of an imputation is below 1.
  case repeats(Int)
  /// The draws of an imputation do not fit into memory.
  case tooManyDraws(Int, rows: Int)
  /// The model was not trained on a table.
  case noTable
  /// The table does not fit the model.
  case table(TableError)
  /// The output of the model is not finite.
  case notFinite

  /// The problem and its remedy, in one line.
  public var description: String {
    switch self {
    case .conditions(let error), .table(let error): error.description
    case .count(let count) where count < 0: "count \(count): choose at least 0 samples"
    case .count(let count):
      "count \(count): the samples do not fit into memory; draw fewer at a time"
    case .steps(let steps, let most): "steps \(steps): choose a number from 1 to \(most)"
    case .guidance(let guidance): "guidance \(guidance): choose a finite number"
    case .setting(let name, let value, let allowed):
      "\(name) is \(value); choose a number \(allowed)"
    case .unknownContexts:
      """
      the contexts of the model are not conditions of a table; draw samples with a Sampler of \
      diffusion.conditioned(on: contexts)
      """
    case .draws(let draws): "draws \(draws): choose at least 1"
    case .limit(let limit): "limit \(limit): choose at least 1 row"
    case .repeats(let repeats): "repeats \(repeats): choose at least 1"
    case .tooManyDraws(let draws, let rows):
      "\(draws) draws of \(rows) rows do not fit into the memory of this computer; choose fewer"
    case .noTable: "the model was not trained on a table, so it has no cells; train one on a table"
    case .notFinite: "the output of the model is not finite; train it again"
    case .threads(let threads):
      "threads \(threads): choose a number from 1 to \(ThreadPool.choices.upperBound)"
    }
  }

  /// Throws if a sampler of `model` cannot take this number of steps; nil stands for all of them.
  static func requireSteps(_ steps: Int?, of model: DiffusionModel) throws(SamplingError) {
    let most = model.process.largestStepCount ?? ScheduleConfiguration.largestStepCount
    if let steps, !(1...most).contains(steps) { throw .steps(steps, most: most) }
  }

  /// Throws if `count` samples of `columns` columns do not fit into memory.
  static func requireRoom(for count: Int, columns: Int) throws(SamplingError) {
    // The samples, the noise they come from, and as much again for their table.
    if count < 0 || !PhysicalMemory.fits(rows: count, columns: columns, numbersEach: 4) {
      throw .count(count)
    }
  }
}
