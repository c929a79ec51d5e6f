import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra
import NeuralNetwork

/// A sampler of the categories of a model of numbers x and categories c, p(x, c) = p(c) p(x | c).
///
/// Categories are drawn one variable after the other, in a random order for each row. The network learned to
/// fill in hidden categories (Hoogeboom et al. 2022, arXiv 2110.02037; as a masked diffusion: Austin et al.
/// 2021, arXiv 2107.03006). Numbers are then drawn by a ``Sampler`` under the codes of the categories as
/// contexts.
///
///     let codes = CategorySampler(model).sample(count: 100, seed: 1)
///     let numbers = Sampler(model, contexts: codes).sample(count: 100, seed: 1)
///
/// With d numbers and m variables of K_j categories, the network has 2d + m inputs: the numbers, for each
/// number 1 if it is hidden and else 0, and the code of each variable, K_j if it is hidden. It has d + Σ K_j
/// outputs: the estimate of the numbers, and the logits of the categories of each variable. The features of
/// the level are zeros when categories are drawn; numbers are then either hidden, or known without noise.
public struct CategorySampler: Sendable {
  /// The model.
  public let model: DiffusionModel
  /// For each variable, the code of a category that is never drawn; nil if all are.
  public let excludedCodes: [Int?]

  /// Creates a sampler of the categories of `model`, which has some.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - excludedCodes: For each variable, the code of a category that is never drawn, nil if all are; nil if
  ///     none is excluded. A variable with a single category has none to exclude.
  public init(_ model: DiffusionModel, excludedCodes: [Int?]? = nil) {
    require(!model.categories.isEmpty, "CategorySampler: the model has no categories")
    self.model = model
    self.excludedCodes = excludedCodes ?? model.categories.map { _ in nil }
    require(
      self.excludedCodes.count == model.categories.count
        && zip(self.excludedCodes, model.categories).allSatisfy { code, count in
          code.map { count > 1 && (0..<count).contains($0) } ?? true
        },
      "CategorySampler: \(self.excludedCodes) are not codes of variables of \(model.categories) categories"
    )
  }

  /// Draws the codes of all categories of `count` rows, a matrix of `count` rows with a column per variable.
  public func sample(
    count: Int, seed: UInt64, threads: Int = 1, engine: Engine = .current
  ) -> Matrix<Float> {
    fill(
      Matrix<Float>(rows: count, columns: model.rowWidth, repeating: .nan), seed: seed,
      threads: threads, engine: engine)
  }

  /// Returns the codes of all categories of `rows`, with the unknown ones drawn under the known cells.
  ///
  /// - Parameters:
  ///   - rows: The numbers of each row, in the space of the data, and the codes of its categories. NaN means
  ///     unknown.
  ///   - seed: The seed. Row i of the result depends only on `seed`, i and row i of `rows`.
  ///   - threads: The number of threads, which does not change the result.
  ///   - engine: The implementation of the kernels.
  public func fill(
    _ rows: Matrix<Float>, seed: UInt64, threads: Int = 1, engine: Engine = .current
  ) -> Matrix<Float> {
    codes(rows, seed: seed, threads: threads, engine: engine) { _ in true } ?? Matrix<Float>([])
  }

  /// Draws codes like ``fill(_:seed:threads:engine:)``, and reports progress.
  ///
  /// - Throws: `CancellationError` if `progress` returns false before all rows are finished.
  public func fill(
    _ rows: Matrix<Float>, seed: UInt64, threads: Int = 1, engine: Engine = .current,
    progress: @escaping Sampler.Progress
  ) throws(CancellationError) -> Matrix<Float> {
    guard
      let codes = codes(rows, seed: seed, threads: threads, engine: engine, progress: progress)
    else { throw CancellationError() }
    return codes
  }

  /// Returns the logarithms of the probabilities p(c) of the categories of `rows`, whose numbers are not used.
  ///
  /// Any order of the variables gives the same p(c) if the network has learned it exactly. `seed` draws an
  /// order for each row. A code that is ``excludedCodes`` counts like any other.
  ///
  /// `progress` is called with the number of finished rows after each tile, on any thread.
  ///
  /// - Throws: `CancellationError` if `progress` returns false before all rows are finished.
  public func logProbabilities(
    of rows: Matrix<Float>, seed: UInt64, threads: Int = 1, engine: Engine = .current,
    progress: @escaping Sampler.Progress = { _ in true }
  ) throws(CancellationError) -> [Double] {
    requireWidth(rows)
    for (variable, count) in model.categories.enumerated() {
      for row in 0..<rows.rows {
        let code = rows[row, model.dimension + variable]
        require(
          code >= 0 && code < Float(count) && code == code.rounded(),
          "CategorySampler: \(code) in row \(row) is not a code of variable \(variable), 0 to \(count - 1)"
        )
      }
    }
    // The memory of the result is that of a matrix, whose parts threads can write.
    var result = Matrix<Double>(rows: rows.rows, columns: 1)
    let isComplete = result.withMutableHandle { result in
      forEachTile(of: rows.rows, threads: threads, progress: progress) {
        CategoryWorker(self, rows, engine: engine)
      } body: { worker, rows in
        worker.score(rows, seed: seed, to: result.rows(rows))
      }
    }
    if !isComplete { throw CancellationError() }
    return result.array
  }

  private func requireWidth(_ rows: Matrix<Float>) {
    require(
      rows.columns == model.rowWidth,
      """
      CategorySampler: rows of \(rows.columns) columns for a model of \(model.dimension) numbers and \
      \(model.categories.count) categories
      """)
  }

  private func codes(
    _ rows: Matrix<Float>, seed: UInt64, threads: Int, engine: Engine,
    progress: @escaping Sampler.Progress
  ) -> Matrix<Float>? {
    requireWidth(rows)
    let standardized = model.standardized(rows)
    var result = Matrix<Float>(rows: rows.rows, columns: model.categories.count)
    let isComplete = result.withMutableHandle { result in
      forEachTile(of: rows.rows, threads: threads, progress: progress) {
        CategoryWorker(self, standardized, engine: engine)
      } body: { worker, rows in
        worker.draw(rows, seed: seed, to: result.rows(rows))
      }
    }
    return isComplete ? result : nil
  }
}

/// The memory that a thread needs to draw the categories of tiles.
private final class CategoryWorker: @unchecked Sendable {
  private let model: DiffusionModel
  private let excludedCodes: [Int?]
  private let rows: Matrix<Float>
  private let engine: Engine
  private let workspace: Workspace
  private var hasRun = false
  private var inputs: Matrix<Float>
  private let features: Matrix<Float>
  private let conditions = [Int32](repeating: 0, count: tileRows)
  private var keys: Matrix<Float>
  private var draws: Matrix<Float>

  init(_ sampler: CategorySampler, _ rows: Matrix<Float>, engine: Engine) {
    (model, excludedCodes) = (sampler.model, sampler.excludedCodes)
    self.rows = rows
    self.engine = engine
    workspace = Workspace(
      model.network, capacity: tileRows, purpose: .inference, engine: engine,
      pool: ThreadPool(threads: 1))
    inputs = Matrix<Float>(rows: tileRows, columns: model.network.inputWidth)
    features = Matrix<Float>(rows: 1, columns: model.features?.width ?? 0)
    keys = Matrix<Float>(rows: tileRows, columns: model.categories.count)
    draws = keys
  }

  /// Draws the unknown categories of the rows `tile`. A tile is always computed whole, as in sampling.
  func draw(_ tile: Range<Int>, seed: UInt64, to result: MatrixHandle<Float>) {
    fill(&keys, seed: seed, index: 0, tile)
    fill(&draws, seed: seed, index: 1, tile)
    let hidden = (0..<tile.count).map { row in begin(row, of: tile, hidesAll: false) }
    for step in 0..<(hidden.map(\.count).max() ?? 0) {
      forward { outputs in
        for row in 0..<tile.count where step < hidden[row].count {
          drawCategory(hidden[row][step], row, outputs)
        }
      }
    }
    let firstCode = model.firstContextInput
    for row in 0..<tile.count {
      for variable in 0..<model.categories.count {
        unsafe result.base[row * result.stride + variable] = inputs[row, firstCode + variable]
      }
    }
  }

  /// Writes the logarithm of the probability of the categories of each row of `tile` to `result`.
  func score(_ tile: Range<Int>, seed: UInt64, to result: MatrixHandle<Double>) {
    fill(&keys, seed: seed, index: 0, tile)
    let orders = (0..<tile.count).map { row in begin(row, of: tile, hidesAll: true) }
    result.fill(0)
    for step in model.categories.indices {
      forward { outputs in
        for row in 0..<tile.count {
          let variable = orders[row][step]
          let code = Int(rows[tile.lowerBound + row, model.dimension + variable])
          unsafe result.base[row * result.stride] += logProbability(code, variable, row, outputs)
          inputs[row, model.firstContextInput + variable] = Float(code)
        }
      }
    }
  }

  private func fill(
    _ matrix: inout Matrix<Float>, seed: UInt64, index: Int, _ tile: Range<Int>
  ) {
    RandomPurpose.categories.stream(seed: seed, index: index).fillUniform(
      &matrix, from: UInt64(tile.lowerBound * model.categories.count), engine: engine)
  }

  /// Writes the known cells of row `row` of `tile` to the network's inputs, or none if it `hidesAll`, and
  /// returns its hidden variables in the order in which they are drawn.
  private func begin(_ row: Int, of tile: Range<Int>, hidesAll: Bool) -> [Int] {
    let dimension = model.dimension
    let source = tile.lowerBound + row
    for number in 0..<dimension {
      let value = rows[source, number]
      let isHidden = hidesAll || value.isNaN
      inputs[row, number] = isHidden ? 0 : value
      inputs[row, dimension + number] = isHidden ? 1 : 0
    }
    var hidden: [Int] = []
    for (variable, count) in model.categories.enumerated() {
      let code = rows[source, dimension + variable]
      let isHidden = hidesAll || code.isNaN
      if isHidden { hidden.append(variable) }
      inputs[row, 2 * dimension + variable] = isHidden ? Float(count) : code
    }
    return hidden.sorted { keys[row, $0] < keys[row, $1] }
  }

  private func forward(_ body: (MatrixHandle<Float>) -> Void) {
    let (model, workspace, hasRun) = (model, workspace, hasRun)
    self.hasRun = true
    inputs.withHandle { inputs in
      features.withHandle { features in
        unsafe conditions.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          body(
            workspace.forward(
              model.network, inputs, conditions: unsafe Conditions(base: base, count: tileRows),
              features: features, parametersUnchanged: hasRun))
        }
      }
    }
  }

  /// Returns the logits of `variable` of a row.
  private func logits(
    _ variable: Int, _ row: Int, _ outputs: MatrixHandle<Float>
  ) -> UnsafeMutablePointer<Float> {
    let first = model.dimension + model.categories[..<variable].reduce(0, +)
    return unsafe outputs.base + row * outputs.stride + first
  }

  private func logProbability(
    _ code: Int, _ variable: Int, _ row: Int, _ outputs: MatrixHandle<Float>
  ) -> Double {
    let logits = unsafe logits(variable, row, outputs)
    var greatest = -Float.infinity
    for k in 0..<model.categories[variable] { unsafe greatest = max(greatest, logits[k]) }
    var sum = 0.0
    for k in 0..<model.categories[variable] {
      unsafe sum += exponential(Double(logits[k] - greatest))
    }
    return unsafe Double(logits[code] - greatest) - logarithm(sum)
  }

  /// Draws the category of `variable` of a row from the softmax of its logits.
  private func drawCategory(_ variable: Int, _ row: Int, _ outputs: MatrixHandle<Float>) {
    let count = model.categories[variable]
    let logits = unsafe logits(variable, row, outputs)
    if let code = excludedCodes[variable] { unsafe logits[code] = -.infinity }
    var greatest = -Float.infinity
    for k in 0..<count { unsafe greatest = max(greatest, logits[k]) }
    var sum = 0.0
    for k in 0..<count { unsafe sum += exponential(Double(logits[k] - greatest)) }
    var rest = Double(draws[row, variable]) * sum
    var code = 0
    while true {
      rest -= unsafe exponential(Double(logits[code] - greatest))
      if rest < 0 || code == count - 1 { break }
      code += 1
    }
    inputs[row, model.firstContextInput + variable] = Float(code)
  }
}
