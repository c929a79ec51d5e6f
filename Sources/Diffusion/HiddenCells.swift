import LinearAlgebra

/// The cells that a row hides, so that the network learns to draw its categories from the others.
///
/// Of m categorical variables, a number of 1 … m, uniformly, is hidden. Three quarters of the rows hide all
/// numbers, as samples do whose categories are drawn; the others hide a number of 0 … d, uniformly, so that
/// categories can also be drawn for known numbers.
struct HiddenCells {
  private let variables: Int
  private let numbers: Int
  private var order: [Int]
  /// Whether each number is hidden, and then whether each categorical variable is.
  private(set) var isHidden: [Bool]
  /// The number of hidden categorical variables.
  private(set) var hiddenVariables = 0

  /// The share of rows that hide all numbers.
  private static let shareWithoutNumbers: Float = 0.75

  /// Creates the memory for rows of `numbers` numbers and `variables` categorical variables.
  init(numbers: Int, variables: Int) {
    (self.numbers, self.variables) = (numbers, variables)
    order = Array(repeating: 0, count: numbers + variables)
    isHidden = Array(repeating: false, count: numbers + variables)
  }

  /// The number of random numbers that a row takes.
  var drawsPerRow: Int { 3 + numbers + variables }

  /// Chooses the cells of a row; `draws` are uniform on [0, 1).
  mutating func choose(_ draws: Span<Float>) {
    hiddenVariables = 1 + min(Int(draws[0] * Float(variables)), variables - 1)
    let known = draws[1] >= Self.shareWithoutNumbers
    let hiddenNumbers = known ? min(Int(draws[2] * Float(numbers + 1)), numbers) : numbers
    hide(hiddenNumbers, of: 0..<numbers, draws)
    hide(hiddenVariables, of: numbers..<numbers + variables, draws)
  }

  /// Hides the `count` cells of `cells` with the smallest draws.
  private mutating func hide(_ count: Int, of cells: Range<Int>, _ draws: Span<Float>) {
    for cell in cells { isHidden[cell] = count == cells.count }
    if count == 0 || count == cells.count { return }
    // Hides the smallest draws one by one; a sort would allocate memory.
    for cell in cells { order[cell] = cell }
    for place in cells.lowerBound..<cells.lowerBound + count {
      var best = place
      for other in place + 1..<cells.upperBound
      where draws[3 + order[other]] < draws[3 + order[best]] { best = other }
      let cell = order[best]
      order[best] = order[place]
      isHidden[cell] = true
    }
  }
}
