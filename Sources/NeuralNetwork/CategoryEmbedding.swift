import LangevinPreconditions
package import LinearAlgebra

/// A layer that replaces the codes of categories with learned vectors.
///
/// Among the columns of the input is one for each categorical variable j, side by side: the code c_j of its
/// category, from 0 to K_j - 1, or K_j if the category is unknown. The layer outputs the other columns x
/// unchanged, and then the vectors.
///
///     y = [x, E_1[c_1], E_2[c_2], …],  E_j: (K_j + 1) × min(K_j, 16)
///
/// Backward:
///
///     ∂L/∂x = the same columns of ∂L/∂y,  ∂L/∂E_j[k] = Σ_{rows with c_j = k} of their columns of ∂L/∂y
///
/// Codes have no gradient; their columns of ∂L/∂input are 0. Parameters: `NAME.j.weight`, the matrix of
/// PyTorch's `nn.Embedding`, initially uniform on ±√3, with variance 1.
public struct CategoryEmbedding: KernelLayer, Hashable {
  /// The prefix of the names of its parameters.
  package let name: String
  /// The number of categories K_j of each variable.
  public let categories: [Int]
  /// The first column of codes.
  public let firstColumn: Int

  /// The largest number of columns of a vector.
  private static let mostColumns = 16

  /// Creates a layer for variables of `categories` categories each, whose codes are in the columns from
  /// `firstColumn` on.
  public init(_ name: String, categories: [Int], firstColumn: Int) {
    require(firstColumn >= 0, "CategoryEmbedding \(name): column \(firstColumn) is negative")
    require(
      !categories.isEmpty && categories.allSatisfy { (1..<1 << 24).contains($0) },
      "CategoryEmbedding \(name): the numbers of categories, \(categories), are not from 1 to 2²⁴ - 1"
    )
    self.name = name
    self.categories = categories
    self.firstColumn = firstColumn
  }

  /// The number of columns of the vectors of a variable with `count` categories.
  package static func columns(_ count: Int) -> Int { min(count, mostColumns) }

  /// The columns of codes.
  private var codes: Range<Int> { firstColumn..<firstColumn + categories.count }

  public var passes: LayerPasses { LayerPasses(self) }

  package var parameters: [ParameterDeclaration] {
    let bound = Float(3).squareRoot()
    return categories.enumerated().map { index, count in
      .matrix(
        "\(name).\(index).weight", rows: count + 1, columns: Self.columns(count),
        initialRange: -bound...bound, grain: 4)
    }
  }

  package func outputWidth(inputWidth: Int) -> Int {
    require(
      inputWidth >= codes.upperBound,
      "CategoryEmbedding \(name): got \(inputWidth) columns, but the codes are in columns \(codes)")
    return categories.reduce(inputWidth - categories.count) { $0 + Self.columns($1) }
  }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    let outputs = buffers.outputs
    outputs.columns(0..<firstColumn).copy(input.columns(0..<firstColumn))
    let others = codes.upperBound..<input.columns
    outputs.columns(firstColumn..<firstColumn + others.count).copy(input.columns(others))
    var first = firstColumn + others.count
    for index in 0..<categories.count {
      let count = categories[index]
      let (table, columns) = (parameters[index], Self.columns(count))
      for row in 0..<input.rows {
        let code = code(input, row, firstColumn + index, count)
        let vector = unsafe table.base + code * table.stride
        let y = unsafe outputs.base + row * outputs.stride + first
        for column in 0..<columns { unsafe y[column] = vector[column] }
      }
      first += columns
    }
    buffers.outputCopies?.copy(outputs)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    let gradients = buffers.gradients
    let others = codes.upperBound..<inputGradients.columns
    inputGradients.columns(0..<firstColumn).copy(gradients.columns(0..<firstColumn))
    inputGradients.columns(codes).fill(0)
    inputGradients.columns(others).copy(
      gradients.columns(firstColumn..<firstColumn + others.count))
    epilogue.apply(to: inputGradients, engine: engine)
  }

  package func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {
    let outputs = buffers.sharedGradients
    var first = input.columns - categories.count
    for index in 0..<categories.count {
      let count = categories[index]
      let own = gradients.rows(ofParameter: index, part)
      let (table, columns) = (gradients[index], Self.columns(count))
      if !adds { table.rows(own).fill(0) }
      for row in 0..<input.rows {
        let code = code(input, row, firstColumn + index, count)
        if !own.contains(code) { continue }
        let vector = unsafe table.base + code * table.stride
        let g = unsafe outputs.base + row * outputs.stride + first
        for column in 0..<columns { unsafe vector[column] += g[column] }
      }
      first += columns
    }
  }

  private func code(_ input: MatrixHandle<Float>, _ row: Int, _ column: Int, _ count: Int) -> Int {
    let number = unsafe input.base[row * input.stride + column]
    require(
      number >= 0 && number <= Float(count),
      "CategoryEmbedding \(name): code \(number) of row \(row) is not from 0 to \(count)")
    return Int(number)
  }
}
