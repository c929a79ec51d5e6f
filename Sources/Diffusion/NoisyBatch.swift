import LangevinPreconditions
import LinearAlgebra
import NeuralNetwork

/// A batch for the network: the levels of its rows, the network's inputs and its targets. The memory is
/// allocated once.
///
/// The level of a row is an entry of a table. The table holds all timesteps if the network takes these as
/// conditions, or the levels drawn for the batch if the network sees features.
///
/// If the model has categories, the first rows have no level: some of their cells are hidden, and the targets
/// are their hidden categories (``HiddenCells``). The others learn to denoise the numbers under their
/// categories. The means of both errors are added. Targets that do not exist are NaN (`MixedLoss`).
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
  private let dimension: Int
  private let categories: [Int]
  private var hidden: HiddenCells
  /// The random numbers by which cells are hidden.
  private var hidingDraws: Matrix<Float>
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
    (dimension, categories) = (model.dimension, model.categories)
    hidden = HiddenCells(numbers: dimension, variables: categories.count)
    hidingDraws = Matrix<Float>(
      rows: categories.isEmpty ? 0 : capacity, columns: hidden.drawsPerRow)
    self.rowsPerLevel = min(rowsPerLevel, max(1, capacity))
    inputs = Matrix<Float>(rows: capacity, columns: model.network.inputWidth)
    targets = Matrix<Float>(rows: capacity, columns: dimension + categories.count)
    weights =
      weighting == .uniform && categories.isEmpty ? nil : Matrix<Float>(rows: capacity, columns: 1)
    conditions = Array(repeating: 0, count: capacity)
    drops = Matrix<Float>(rows: model.contextWidth == 0 ? 0 : capacity, columns: 1)
    if let fourier {
      let levels =
        (capacity + self.rowsPerLevel - 1) / self.rowsPerLevel + (categories.isEmpty ? 0 : 1)
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

  /// Returns the number of rows among `rows` whose categories are hidden, which come first.
  private func rowsWithoutLevel(of rows: Int) -> Int {
    if categories.isEmpty { return 0 }
    if dimension == 0 { return rows }
    // Numbers need more rows than categories.
    let share = Double(categories.count) / Double(categories.count + 3 * dimension)
    return min(max(1, Int((max(0.1, share) * Double(rows)).rounded())), max(1, rows - 1))
  }

  /// Draws from `stream` which cells of `rows` rows are hidden, if the model has categories.
  func drawHiddenCells(rows: Int, from stream: RandomStream, engine: Engine) {
    if categories.isEmpty { return }
    hidingDraws.resize(rows: rows)
    stream.fillUniform(&hidingDraws, engine: engine)
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
        && noise.columns == dimension
        && data.columns == (categories.isEmpty ? inputs.columns : dimension + categories.count),
      """
      Training: noise of \(noise.rows) × \(noise.columns) and \(conditions.count) levels for data of \
      \(data.rows) × \(data.columns)
      """)
    let columns = dimension
    let plain = rowsWithoutLevel(of: data.rows)
    let firstContext = inputs.columns - (data.columns - columns)
    let numbersWeight =
      categories.isEmpty
      ? 1 : Float(targets.rows * targets.columns) / Float((data.rows - plain) * columns)
    for row in 0..<plain { formWithoutLevel(data, row, count: plain) }
    inputs.withMutableHandle { inputs in
      targets.withMutableHandle { targets in
        data.withHandle { data in
          noise.withHandle { noise in
            for row in plain..<data.rows {
              let factors = table[Int(conditions[row])]
              weights?[row, 0] = factors.weight * numbersWeight
              let (x, z) = unsafe (data.base + row * data.stride, noise.base + row * noise.stride)
              let input = unsafe inputs.base + row * inputs.stride
              let target = unsafe targets.base + row * targets.stride
              for column in 0..<columns {
                unsafe input[column] =
                  factors.inputData * x[column] + factors.inputNoise * z[column]
                unsafe target[column] =
                  factors.targetData * x[column] + factors.targetNoise * z[column]
              }
              for column in columns..<firstContext { unsafe input[column] = 0 }
              for column in columns..<data.columns {
                unsafe input[firstContext - columns + column] = contextScale * x[column]
              }
              for column in columns..<targets.columns { unsafe target[column] = .nan }
            }
          }
        }
      }
    }
  }

  /// Forms row `row` of `data`, one of the `count` rows without a level: hides some of its cells, and makes the
  /// hidden categories its targets. The weight of each hidden category is the same share of the row's loss.
  private func formWithoutLevel(_ data: Matrix<Float>, _ row: Int, count: Int) {
    hidden.choose(hidingDraws.row(row))
    for number in 0..<dimension {
      let isHidden = hidden.isHidden[number]
      inputs[row, number] = isHidden ? 0 : data[row, number]
      inputs[row, dimension + number] = isHidden ? 1 : 0
      targets[row, number] = .nan
    }
    for variable in 0..<categories.count {
      let code = data[row, dimension + variable]
      let isHidden = hidden.isHidden[dimension + variable]
      inputs[row, 2 * dimension + variable] = isHidden ? Float(categories[variable]) : code
      targets[row, dimension + variable] = isHidden ? code : .nan
    }
    weights?[row, 0] =
      Float(targets.rows * targets.columns) / Float(count * hidden.hiddenVariables)
  }

  /// Sets the context of each row to zero with `probability`; categories become unknown.
  ///
  /// Classifier-free guidance needs a network that is also trained without contexts (Ho and Salimans 2022,
  /// arXiv 2207.12598).
  func dropContexts(_ probability: Double, from stream: RandomStream, engine: Engine) {
    let columns = (categories.isEmpty ? dimension : 2 * dimension)..<inputs.columns
    if columns.isEmpty || probability == 0 { return }
    drops.resize(rows: inputs.rows)
    stream.fillUniform(&drops, engine: engine)
    let first = rowsWithoutLevel(of: inputs.rows)
    for row in first..<inputs.rows where Double(drops[row, 0]) < probability {
      for column in columns {
        inputs[row, column] =
          categories.isEmpty ? 0 : Float(categories[column - columns.lowerBound])
      }
    }
  }

  /// Sets the levels. `place` returns the position of a level within the range of its rows, from 0 to 1.
  private func setLevels(rows: Int, _ place: (Int) -> Double) {
    guard let fourier else { return }
    // Rows without a level come first, with features of zeros.
    let plain = rowsWithoutLevel(of: rows)
    let others = rows - plain
    let firstLevel = plain == 0 ? 0 : 1
    let count = (others + rowsPerLevel - 1) / rowsPerLevel
    features?.resize(rows: firstLevel + count)
    features?.withMutableHandle { features in
      features.rows(0..<firstLevel).fill(0)
      for index in 0..<count {
        let first = index * rowsPerLevel
        let share = Double(min(rowsPerLevel, others - first))
        let level = process.level(at: (Double(first) + place(index) * share) / Double(others))
        table[firstLevel + index] = LevelFactors(level, prediction, weighting)
        fourier.write(level, to: features, row: firstLevel + index)
      }
    }
    for row in 0..<plain { conditions[row] = 0 }
    for row in 0..<others { conditions[plain + row] = Int32(firstLevel + row / rowsPerLevel) }
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
