/// The folder in which a ``Trainer`` saves its run while it trains.
///
///     let trainer = try Trainer(on: rows, savedIn: "customers")
///
/// The commands of `langevin` can use this folder like a run of their own. It holds a complete run even if
/// the program is killed.
public struct RunDestination: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The action to take if the folder already holds a run.
  public enum ExistingRun: Sendable, Hashable {
    /// Throw an error.
    case refuse
    /// Replace the existing run with the new one.
    case overwrite
    /// Resume the existing run if its data and settings are the same; the number of epochs may differ.
    case resume
  }

  /// The folder, which is created if it does not exist.
  public var folder: String
  /// The action to take if the folder already holds a run.
  public var existingRun: ExistingRun
  /// The time between two saves.
  public var interval: Duration
  /// The number of epochs between two saves, in addition to ``interval``; nil saves by time alone.
  public var epochs: Int?

  /// Creates a destination.
  ///
  /// The run is saved at its start, at its end, when it is stopped, and after each `interval` or number of
  /// `epochs`.
  public init(
    _ folder: String, existingRun: ExistingRun = .refuse, interval: Duration = .seconds(60),
    epochs: Int? = nil
  ) {
    self.folder = folder
    self.existingRun = existingRun
    self.interval = interval
    self.epochs = epochs
  }

  public init(stringLiteral folder: String) { self.init(folder) }
}
