import LangevinPreconditions
import LinearAlgebra
import NeuralNetwork

/// A batch for the network: the levels of its rows, the network's inputs and its targets. The memory is
/// allocated once.
///
/// The level of a row is an entry of a table. The table holds all timesteps if the network takes these as
/// conditions, or the levels drawn for the batch if the network sees features.
final class NoisyBatch {
  /// The scaled state c x of each row, followed by its context.
  private(set) var inputs: Matrix<Float>
  /// The target of the network's output F.
  private(set) var targets: Matrix<Float>
  /// The weight of each row's error, in one column; nil if all are 1.
  private(set) var weights: Matrix<Float>?
  /// The index of each row's level in the table.
  private(set) var conditions: [Int32]
  /// The features of each level of the batch; nil if the network needs none.
  private(set) var features: Matrix<Float>?

  private let process: NoiseProcess
  private let prediction: Prediction
  private let fourier: FourierFeatures?
  private let weighting: LossWeighting
  private let rowsPerLevel: Int
  private let contextScale: Float
  private var table: [LevelFactors]
  private var draws: [Int32] = []
  private var drops: Matrix<Float>

  /// Creates the memory for batches of up to `capacity` rows for the network of `model`. If the network sees
  /// features, `rowsPerLevel` rows share a level.
  init(_ model: DiffusionModel, weighting: LossWeighting, rowsPerLevel: Int, capacity: Int) {
    process = model.process
    prediction = model.prediction
    fourier = model.features
    self.weighting = weighting
    contextScale = model.contextScale
    self.rowsPerLevel = min(rowsPerLevel, max(1, capacity))
    inputs = Matrix<Float>(rows: capacity, columns: model.network.inputWidth)
    targets = Matrix<Float>(rows: capacity, columns: model.dimension)
    weights = weighting == .uniform ? nil : Matrix<Float>(rows: capacity, columns: 1)
    conditions = Array(repeating: 0, count: capacity)
    drops = Matrix<Float>(rows: model.contextWidth == 0 ? 0 : capacity, columns: 1)
    if let fourier {
      let levels = (capacity + self.rowsPerLevel - 1) / self.rowsPerLevel
      table = Array(repeating: LevelFactors(), count: levels)
      draws = Array(repeating: 0, count: levels)
      features = Matrix<Float>(rows: levels, columns: fourier.width)
    } else {
      guard let schedule = model.process.schedule else {
        requirementFailure("NoisyBatch: a network without features needs a schedule of timesteps")
      }
      let (prediction, weighting) = (prediction, weighting)
      table = (0..<schedule.steps).map {
        LevelFactors(schedule.level($0), prediction, weighting)
      }
    }
  }

  /// Draws the levels of `rows` rows from `stream`.
  ///
  /// Timesteps are drawn independently of each other. Levels for features are spread evenly: the quantile of
  /// the level of rows r ..< s of R is between r/R and s/R (Kingma et al. 2021, arXiv 2107.00630,
  /// appendix I.1).
  func drawLevels(rows: Int, from stream: RandomStream, engine: Engine) {
    resize(rows)
    guard fourier != nil else {
      stream.fillIntegers(below: table.count, &conditions, engine: engine)
      return
    }
    stream.fillIntegers(below: 1 << 31, &draws, engine: engine)
    setLevels(rows: rows) { (Double(draws[$0]) + 0.5) / 0x1p31 }
  }

  /// Spreads `rows` rows evenly over all levels.
  func spreadLevels(rows: Int) {
    resize(rows)
    guard fourier != nil else {
      for row in 0..<rows { conditions[row] = Int32(row * table.count / rows) }
      return
    }
    setLevels(rows: rows) { _ in 0.5 }
  }

  /// Sets the timestep of each row.
  func setTimesteps(_ timesteps: [Int32]) {
    require(fourier == nil, "NoisyBatch: a network with features has no timesteps")
    resize(timesteps.count)
    for row in timesteps.indices {
      require(
        table.indices.contains(Int(timesteps[row])),
        "Training: timestep \(timesteps[row]) must be from 0 to \(table.count - 1)")
      conditions[row] = timesteps[row]
    }
  }

  /// Computes inputs, targets and weights from `data` and `noise`, which have one row for each level that
  /// was set. A row of `data` is a point followed by its context.
  func form(_ data: Matrix<Float>, noise: Matrix<Float>) {
    require(
      data.rows == conditions.count && noise.rows == data.rows
        && noise.columns == targets.columns && data.columns == inputs.columns,
      """
      Training: noise of \(noise.rows) × \(noise.columns) and \(conditions.count) levels for data of \
      \(data.rows) × \(data.columns)
      """)
    let columns = targets.columns
    inputs.withMutableHandle { inputs in
      targets.withMutableHandle { targets in
        data.withHandle { data in
          noise.withHandle { noise in
            for row in 0..<data.rows {
              let factors = table[Int(conditions[row])]
              weights?[row, 0] = factors.weight
              let (x, z) = unsafe (data.base + row * data.stride, noise.base + row * noise.stride)
              let input = unsafe inputs.base + row * inputs.stride
              let target = unsafe targets.base + row * targets.stride
              for column in 0..<columns {
                unsafe input[column] =
                  factors.inputData * x[column] + factors.inputNoise * z[column]
                unsafe target[column] =
                  factors.targetData * x[column] + factors.targetNoise * z[column]
              }
              for column in columns..<data.columns {
                unsafe input[column] = contextScale * x[column]
              }
            }
          }
        }
      }
    }
  }

  /// Sets the context of each row to zero with `probability`.
  ///
  /// Classifier-free guidance needs a network that is also trained without contexts (Ho and Salimans 2022,
  /// arXiv 2207.12598).
  func dropContexts(_ probability: Double, from stream: RandomStream, engine: Engine) {
    let columns = targets.columns..<inputs.columns
    if columns.isEmpty || probability == 0 { return }
    drops.resize(rows: inputs.rows)
    var elements = drops.mutableElements
    stream.fillUniform(&elements, engine: engine)
    for row in 0..<inputs.rows where Double(drops[row, 0]) < probability {
      for column in columns { inputs[row, column] = 0 }
    }
  }

  /// Sets the levels. `place` returns the position of a level within the range of its rows, from 0 to 1.
  private func setLevels(rows: Int, _ place: (Int) -> Double) {
    guard let fourier else { return }
    let count = (rows + rowsPerLevel - 1) / rowsPerLevel
    features?.resize(rows: count)
    features?.withMutableHandle { features in
      for index in 0..<count {
        let first = index * rowsPerLevel
        let share = Double(min(rowsPerLevel, rows - first))
        let level = process.level(at: (Double(first) + place(index) * share) / Double(rows))
        table[index] = LevelFactors(level, prediction, weighting)
        fourier.write(level, to: features, row: index)
      }
    }
    for row in 0..<rows { conditions[row] = Int32(row / rowsPerLevel) }
  }

  private func resize(_ rows: Int) {
    inputs.resize(rows: rows)
    targets.resize(rows: rows)
    // Only the last batch of an epoch has fewer rows; the memory is kept.
    if conditions.count > rows { conditions.removeLast(conditions.count - rows) }
    while conditions.count < rows { conditions.append(0) }
    weights?.resize(rows: rows)
  }
}

/// The factors of data and noise in the network's input and target, and the weight of its error.
private struct LevelFactors {
  var inputData: Float = 0
  var inputNoise: Float = 0
  var targetData: Float = 0
  var targetNoise: Float = 0
  var weight: Float = 0

  init() {}

  init(_ level: NoiseLevel, _ prediction: Prediction, _ weighting: LossWeighting) {
    let factors = prediction.preconditioning(at: level)
    inputData = Float(factors.input * level.alpha)
    inputNoise = Float(factors.input * level.sigma)
    targetData = Float(factors.targetData)
    targetNoise = Float(factors.targetNoise)
    weight = Float(weighting.weight(at: level, prediction))
  }
}
