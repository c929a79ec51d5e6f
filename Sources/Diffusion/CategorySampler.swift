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

  /// Creates a sampler of the categories of `model`, which has some.
  public init(_ model: DiffusionModel) {
    require(!model.categories.isEmpty, "CategorySampler: the model has no categories")
    self.model = model
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

  private func codes(
    _ rows: Matrix<Float>, seed: UInt64, threads: Int, engine: Engine,
    progress: @escaping Sampler.Progress
  ) -> Matrix<Float>? {
    require(
      rows.columns == model.rowWidth,
      """
      CategorySampler: rows of \(rows.columns) columns for a model of \(model.dimension) numbers and \
      \(model.categories.count) categories
      """)
    let standardized = model.standardized(rows)
    var result = Matrix<Float>(rows: rows.rows, columns: model.categories.count)
    let isComplete = result.withMutableHandle { result in
      forEachTile(of: rows.rows, threads: threads, progress: progress) {
        CategoryWorker(model, standardized, engine: engine)
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
  private let rows: Matrix<Float>
  private let engine: Engine
  private let workspace: Workspace
  private var hasRun = false
  private var inputs: Matrix<Float>
  private let features: Matrix<Float>
  private let conditions = [Int32](repeating: 0, count: tileRows)
  private var keys: Matrix<Float>
  private var draws: Matrix<Float>

  init(_ model: DiffusionModel, _ rows: Matrix<Float>, engine: Engine) {
    self.model = model
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
    let first = UInt64(tile.lowerBound * model.categories.count)
    fill(&keys, seed: seed, index: 0, from: first)
    fill(&draws, seed: seed, index: 1, from: first)
    let hidden = (0..<tile.count).map { row in begin(row, of: tile) }
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

  private func fill(_ matrix: inout Matrix<Float>, seed: UInt64, index: Int, from first: UInt64) {
    var elements = matrix.mutableElements
    RandomPurpose.categories.stream(seed: seed, index: index).fillUniform(
      &elements, from: first, engine: engine)
  }

  /// Writes the known cells of row `row` of `tile` to the network's inputs, and returns its unknown variables in the order in
  /// which they are drawn.
  private func begin(_ row: Int, of tile: Range<Int>) -> [Int] {
    let dimension = model.dimension
    let source = tile.lowerBound + row
    for number in 0..<dimension {
      let value = rows[source, number]
      let isHidden = value.isNaN
      inputs[row, number] = isHidden ? 0 : value
      inputs[row, dimension + number] = isHidden ? 1 : 0
    }
    var hidden: [Int] = []
    for (variable, count) in model.categories.enumerated() {
      let code = rows[source, dimension + variable]
      if code.isNaN { hidden.append(variable) }
      inputs[row, 2 * dimension + variable] = code.isNaN ? Float(count) : code
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

  /// Draws the category of `variable` of a row from the softmax of its logits.
  private func drawCategory(_ variable: Int, _ row: Int, _ outputs: MatrixHandle<Float>) {
    let count = model.categories[variable]
    let first = model.dimension + model.categories[..<variable].reduce(0, +)
    let logits = unsafe outputs.base + row * outputs.stride + first
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
