import ArgumentParser

/// When a training is saved, apart from its end.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Save after every N-th epoch, too, and not only once a minute.", valueName: "N"))
  var checkpointEvery: Int?

  mutating func validate() throws {
    if let checkpointEvery { try requirePositive("--checkpoint-every", checkpointEvery) }
  }
}

/// Tells when to save.
struct CheckpointSchedule {
  private let every: Int?
  private let interval: Duration
  private var lastSave = ContinuousClock.now

  /// After every so many epochs, if that is given, and after each interval, be an epoch longer.
  init(every: Int?, interval: Duration = .seconds(60)) {
    self.every = every
    self.interval = interval
  }

  /// Whether to save after a step, which may have been the last of this epoch, counted from 1.
  func isDue(afterEpoch epoch: Int?) -> Bool {
    if let every, let epoch, epoch.isMultiple(of: every) { return true }
    return .now - lastSave > interval
  }

  mutating func saved() { lastSave = .now }
}
