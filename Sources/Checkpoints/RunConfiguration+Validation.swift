import Diffusion
import NeuralNetwork
import Tables

extension RunConfiguration {
  /// Checks that each value is one that the program can work with.
  public func validate() throws(CheckpointError) {
    try Self.require(
      Self.knownFormats.contains(format),
      """
      format is \(format), this program reads \(Self.knownFormats); use the program that wrote it
      """)
    try validateDataset()
    try validateModel()
    try validateTraining()
    if let moments { try validate(moments) }
    if let table { try validate(table) }
    try Self.require(
      table != nil || model.contextWidth == nil,
      """
      model.contextWidth is \(model.contextWidth ?? 0), and there is no table whose conditions that would be
      """)
  }

  private func validate(_ table: TableEncoding) throws(CheckpointError) {
    if let problem = table.problem {
      throw .format("table: \(problem); use the config.json that training wrote")
    }
    try Self.require(
      table.dimension == model.dimension,
      "table is of \(table.dimension) coordinates, and model.dimension is \(model.dimension)")
    try Self.require(
      table.contextWidth == model.contextWidth ?? 0,
      """
      table has conditions of \(table.contextWidth) coordinates, and model.contextWidth is \
      \(model.contextWidth ?? 0)
      """)
  }

  /// Checks that there are moments if the model needs them. A configuration has none before the data are
  /// there.
  func requireMoments() throws(CheckpointError) {
    try Self.require(
      moments != nil || !model.standardises,
      "moments are missing, and model.standardises is true; use the config.json that training wrote"
    )
  }

  private static func require(
    _ condition: Bool, _ reason: @autoclosure () -> String
  ) throws(CheckpointError) {
    if !condition { throw .format(reason()) }
  }

  private func validateDataset() throws(CheckpointError) {
    try Self.require(
      (1...1 << 31).contains(dataset.count),
      "dataset.count is \(dataset.count); it must be from 1 to \(1 << 31)")
    try Self.require(
      dataset.noise.map { (0...1e6).contains($0) } ?? true,
      "dataset.noise is \(dataset.noise ?? 0); it must be a number from 0 to 1000000")
    try Self.require(
      dataset.heldOut.map { (0..<1).contains($0) } ?? true,
      "dataset.heldOut is \(dataset.heldOut ?? 0); it must be a share from 0 up to 1")
  }

  private func validateModel() throws(CheckpointError) {
    try Self.require(
      (1...1 << 20).contains(model.dimension),
      "model.dimension is \(model.dimension); it must be from 1 to \(1 << 20)")
    try Self.require(
      model.contextWidth.map { (1...1 << 20).contains($0) } ?? true,
      "model.contextWidth is \(model.contextWidth ?? 0); it must be from 1 to \(1 << 20)")
    try Self.require(
      (1...64).contains(model.hidden.count),
      "model.hidden has \(model.hidden.count) widths; it must have from 1 to 64")
    try Self.require(
      model.hidden.allSatisfy { (1...1 << 20).contains($0) },
      "model.hidden is \(model.hidden); widths must be from 1 to \(1 << 20)")
    try validateNetwork()
    try Self.require(
      parameterCount <= Self.parameterLimit,
      """
      the network would have \(parameterCount) parameters, the limit is \(Self.parameterLimit); \
      choose smaller hidden widths or fewer steps
      """)
    let process = try process()
    try Self.require(
      model.estimates.prediction.isDefined(at: process.terminal),
      """
      model.estimates is eps, which says nothing about the data where the schedule leaves next to no \
      signal; choose x0 or v, fewer steps or a smaller end
      """)
  }

  private func validateNetwork() throws(CheckpointError) {
    try Self.require(
      (model.schedule == nil) != (model.levels == nil),
      "one of model.schedule and model.levels must be given, and not both")
    if let schedule = model.schedule {
      try Self.require(
        (1...ScheduleDescription.largestStepCount).contains(schedule.steps),
        """
        model.schedule.steps is \(schedule.steps); it must be from 1 to \
        \(ScheduleDescription.largestStepCount)
        """)
    }
    if let levels = model.levels {
      try Self.require(
        abs(levels.mean) <= 30 && levels.deviation > 0 && levels.deviation <= 10
          && levels.range.minimum >= 1e-10 && levels.range.minimum < levels.range.maximum
          && levels.range.maximum <= 1e10 && (0.1...100).contains(levels.range.rho),
        """
        model.levels has mean \(levels.mean), deviation \(levels.deviation) and a range of sigma from \
        \(levels.range.minimum) to \(levels.range.maximum), rho \(levels.range.rho); the mean must be \
        within 30, the deviation above 0, up to 10, the range ascend within 1e-10 … 1e10, and rho be \
        from 0.1 to 100
        """)
    }
    switch model.network {
    case .conditional:
      try Self.require(
        model.schedule != nil, "model.schedule is missing; a conditional network needs one")
      try Self.require(
        model.contextWidth == nil,
        "model.contextWidth is \(model.contextWidth ?? 0); only a residual network takes conditions"
      )
    case .residual:
      try Self.require(
        model.hidden.allSatisfy { $0 == model.hidden[0] },
        "model.hidden is \(model.hidden); the blocks of a residual network have one width")
      try Self.require(
        (1...1 << 16).contains(model.frequencyCount),
        "model.frequencies is \(model.frequencyCount); it must be from 1 to \(1 << 16)")
      try Self.require(
        (0...PositionalEncoding.mostOctaves).contains(model.octaves ?? 0),
        """
        model.octaves is \(model.octaves ?? 0); it must be from 0 to \(PositionalEncoding.mostOctaves)
        """)
    }
  }

  private func validateTraining() throws(CheckpointError) {
    try Self.require(
      (1...max(1, trainingRows)).contains(training.batchSize) && trainingRows > 0,
      """
      training.batchSize is \(training.batchSize); it must be from 1 to the number of points that are \
      trained on, \(trainingRows)
      """)
    try Self.require(
      TrainingConfiguration.isLearningRate(training.learningRate),
      """
      training.learningRate is \(training.learningRate); it must be above 0, up to \
      \(TrainingConfiguration.largestLearningRate)
      """)
    try Self.require(
      training.warmUpSteps.map { $0 >= 0 } ?? true,
      "training.warmUpSteps is \(training.warmUpSteps ?? 0); it must be 0 or more")
    try Self.require(
      training.maximumGradientNorm.map { $0 > 0 } ?? true,
      "training.maximumGradientNorm is not positive; leave it out to train without clipping")
    try Self.require(
      training.rowsPerLevel.map { $0 > 0 } ?? true,
      "training.rowsPerLevel is \(training.rowsPerLevel ?? 0); it must be 1 or more")
    try Self.require(
      training.emaDecay.map { (0..<1).contains($0) } ?? true,
      "training.averageDecay is \(training.emaDecay ?? 0); it must be from 0 up to 1")
    try Self.require(
      training.contextDropout.map { (0...1).contains($0) } ?? true,
      "training.contextDropout is \(training.contextDropout ?? 0); it must be from 0 to 1")
    try Self.require(
      (1...1 << 40).contains(training.epochs),
      "training.epochs is \(training.epochs); it must be from 1 to \(1 << 40)")
    try Self.require(
      training.epochs <= Self.stepLimit / stepsPerEpoch,
      """
      training.epochs is \(training.epochs), of \(stepsPerEpoch) steps each, and the limit of \
      steps is \(Self.stepLimit); choose fewer epochs or larger batches
      """)
  }

  private func validate(_ moments: DataMoments) throws(CheckpointError) {
    try Self.require(
      moments.dimension == model.dimension && moments.variance.count == model.dimension
        && moments.covariance.map { $0.count == model.dimension * model.dimension } ?? true,
      "moments are of \(moments.dimension) columns; model.dimension is \(model.dimension)")
    try Self.require(
      moments.arePossible,
      """
      moments are not finite, or a variance is below 0 in some direction; use the config.json that \
      training wrote
      """)
  }
}
