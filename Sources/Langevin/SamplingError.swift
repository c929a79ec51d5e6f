public import LangevinErrors
public import Tables

/// Why a ``GenerativeModel`` cannot draw the samples that it was asked for.
public enum SamplingError: DescribedError, Equatable {
  /// The model was told no such condition, or knows no such category.
  case conditions(TableError)
  /// This is not a number of samples, or they do not fit into this computer's memory.
  case count(Int)
  /// This is not a number of steps, or more than the timesteps of the model, `most`.
  case steps(Int, most: Int)
  /// This is not a finite number.
  case guidance(Double)
  /// This is not a number of threads.
  case threads(Int)
  /// This is not a number of draws over which a likelihood can be averaged.
  case draws(Int)

  /// What was wrong, and what to do, in one line.
  public var description: String {
    switch self {
    case .conditions(let error): error.description
    case .count(let count) where count < 0: "count \(count): ask for a number of samples from 0 on"
    case .count(let count):
      "count \(count): so many samples do not fit into this computer; ask for fewer at a time"
    case .steps(let steps, let most): "steps \(steps): choose a number from 1 to \(most)"
    case .guidance(let guidance): "guidance \(guidance): choose a finite number"
    case .draws(let draws): "draws \(draws): choose at least 1"
    case .threads(let threads):
      "threads \(threads): choose a number from 1 to \(TrainerError.mostThreads)"
    }
  }

  /// Refuses samples of `columns` columns that would not fit.
  static func requireRoom(for count: Int, columns: Int) throws(SamplingError) {
    // The samples, the noise they come from, and as much again for their table.
    if count < 0 || !PhysicalMemory.fits(rows: count, columns: columns, numbersEach: 4) {
      throw .count(count)
    }
  }
}
