import Diffusion
import NeuralNetwork
import Tables

extension RunConfiguration {
  /// Throws unless each setting is within its bounds and the settings fit together.
  package func validate() throws(CheckpointError) {
    try Self.require(
      Self.knownFormats.contains(format),
      """
      format is \(format), but this program reads \(Self.knownFormats); use the program that wrote it
      """)
    for setting in Setting.all { try setting.validate(self) }
    try validateDataset()
    try validateModel()
    try validateTraining()
    if let moments { try validate(moments) }
    if let table { try validate(table) }
    try Self.require(
      table != nil || model.contextWidth == 0 || model.network.kind == nil,
      "model.contextWidth is \(model.contextWidth), but there is no table with conditions")
  }

  private func validate(_ table: TableEncoding) throws(CheckpointError) {
    if let problem = table.problem {
      throw .format("table: \(problem); use the config.json that training wrote")
    }
    if let columns = model.discreteColumns {
      try Self.require(
        Set(columns).count == columns.count && columns.allSatisfy(table.columns.indices.contains)
          && table.image == nil && model.contextWidth == 0,
        "model.discreteColumns are \(columns), which the table does not have; use the config.json that training wrote"
      )
      // A category is no number.
      let categories = table.discreteColumns.filter { table.columns[$0].kind == .categorical }
      try Self.require(
        Set(categories).isSubset(of: columns),
        "model.discreteColumns are \(columns), but must include the categories, columns \(categories)"
      )
      let variables = TableVariables(table, discreteColumns: columns)
      try Self.require(
        variables.dimension == model.dimension && !variables.categories.isEmpty,
        "table has \(variables.dimension) numbers, but model.dimension is \(model.dimension)")
      return
    }
    try Self.require(
      table.dimension == model.dimension,
      "table has \(table.dimension) coordinates, but model.dimension is \(model.dimension)")
    try Self.require(
      table.contextWidth == model.contextWidth,
      """
      table has conditions of \(table.contextWidth) coordinates, but model.contextWidth is \
      \(model.contextWidth)
      """)
  }

  /// Throws if the model needs moments and they are missing, as they are before the data have been read.
  func requireMoments() throws(CheckpointError) {
    try Self.require(
      moments != nil || !model.isStandardized || model.network.kind == nil,
      "moments are missing, but model.isStandardized is true; use the config.json that training wrote"
    )
  }

  private static func require(
    _ condition: Bool, _ reason: @autoclosure () -> String
  ) throws(CheckpointError) {
    if !condition { throw .format(reason()) }
  }

  private func validateDataset() throws(CheckpointError) {
    let isCustom = model.network.kind == nil
    try Self.require(
      isCustom && dataset.count == 0 || (1...1 << 31).contains(dataset.count),
      "dataset.count is \(dataset.count); it must be from 1 to \(1 << 31)")
    try Self.require(
      dataset.noise.map(RunConfiguration.Dataset.noises.contain) ?? true,
      "dataset.noise is \(dataset.noise ?? 0); it must be a number \(RunConfiguration.Dataset.noises)"
    )
  }

  private func validateModel() throws(CheckpointError) {
    let least = model.discreteColumns == nil ? 1 : 0
    try Self.require(
      (least...1 << 20).contains(model.dimension),
      "model.dimension is \(model.dimension); it must be from \(least) to \(1 << 20)")
    try Self.require(
      model.discreteColumns == nil || table != nil && model.network.kind == .residual,
      "model.discreteColumns are for a residual network and a table; leave them out")
    try Self.require(
      (0...1 << 20).contains(model.contextWidth),
      "model.contextWidth is \(model.contextWidth); it must be from 0 to \(1 << 20)")
    let mostSteps = model.process.schedule?.steps ?? ScheduleConfiguration.largestStepCount
    try Self.require(
      model.samplingSteps.map { (1...max(1, mostSteps)).contains($0) } ?? true,
      "model.samplingSteps is \(model.samplingSteps ?? 0); it must be from 1 to \(mostSteps)")
    try validateNetwork()
    if case .logNormal(let levels) = model.process { try validate(levels) }
    guard model.network.kind != nil else { return }
    let process = try process()
    try Self.require(
      model.prediction.prediction.isDefined(at: process.terminal),
      """
      model.prediction is eps, which does not determine the data where the schedule leaves almost no \
      signal; choose x0 or v, fewer steps or a smaller end
      """)
  }

  private func validateNetwork() throws(CheckpointError) {
    switch model.network {
    case .conditional(let widths, _):
      try validate(widths, "model.network.widths")
      try Self.require(
        model.process.schedule != nil,
        "model.process has no schedule; a conditional network needs one")
      try Self.require(
        model.contextWidth == 0,
        "model.contextWidth is \(model.contextWidth); only a residual network takes conditions")
    case .residual(let width, let blocks, _, _, _):
      try Self.require(
        (1...64).contains(blocks), "model.network.blocks is \(blocks); it must be from 1 to 64")
      try validate([width], "model.network.width")
    case .custom(_, let standardization):
      guard let standardization else { return }
      let (mean, deviation) = (standardization.mean, standardization.deviation)
      try Self.require(
        mean.count == model.dimension && deviation.count == model.dimension
          && mean.allSatisfy(\.isFinite) && deviation.allSatisfy { $0 > 0 && $0.isFinite },
        "model.network.custom.standardization must have \(model.dimension) columns with deviations above 0"
      )
    }
    if let parameterCount, parameterCount > Self.parameterLimit {
      throw .format(
        """
        the network would have \(parameterCount) parameters, and the limit is \(Self.parameterLimit); \
        choose smaller widths or fewer steps
        """)
    }
  }

  private func validate(_ widths: [Int], _ key: String) throws(CheckpointError) {
    try Self.require(
      (1...64).contains(widths.count),
      "\(key) has \(widths.count) numbers; it must have from 1 to 64")
    for width in widths {
      try Self.require(
        (1...1 << 20).contains(width), "\(key) is \(width); it must be from 1 to \(1 << 20)")
    }
  }

  private func validate(_ levels: LogNormalNoise) throws(CheckpointError) {
    try Self.require(
      abs(levels.mean) <= 30 && levels.deviation > 0 && levels.deviation <= 10
        && levels.range.minimum >= 1e-10 && levels.range.minimum < levels.range.maximum
        && levels.range.maximum <= 1e10 && (0.1...100).contains(levels.range.rho),
      """
      model.process.logNormal has mean \(levels.mean), deviation \(levels.deviation) and sigma from \
      \(levels.range.minimum) to \(levels.range.maximum) with rho \(levels.range.rho); the mean must be \
      from -30 to 30, the deviation above 0 and at most 10, sigma ascending from 1e-10 to 1e10, and rho from \
      0.1 to 100
      """)
  }

  private func validateTraining() throws(CheckpointError) {
    // Without data, there is nothing to train on.
    if dataset.count == 0 { return }
    if trainingRows < 1 || training.batchSize > trainingRows {
      throw .setting(
        key: "training.batchSize", value: "\(training.batchSize)",
        allowed: "a number from 1 to the number of training rows, \(trainingRows)")
    }
    try Self.require(
      training.epochs <= Self.stepLimit / stepsPerEpoch,
      """
      training.epochs is \(training.epochs), with \(stepsPerEpoch) steps each, but the limit is \
      \(Self.stepLimit) steps; choose fewer epochs or larger batches
      """)
  }

  private func validate(_ moments: DataMoments) throws(CheckpointError) {
    try Self.require(
      moments.dimension == model.dimension && moments.variance.count == model.dimension
        && moments.covariance.map { $0.count == model.dimension * model.dimension } ?? true,
      "moments have \(moments.dimension) columns, but model.dimension is \(model.dimension)")
    try Self.require(
      moments.arePossible,
      """
      moments are not finite, or a variance is below 0 in some direction; use the config.json that \
      training wrote
      """)
  }
}
