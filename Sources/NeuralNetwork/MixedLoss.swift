import LangevinPreconditions
import LinearAlgebra

/// The loss of rows of numbers and categories: the squared error of numbers, and the cross-entropy of
/// categories.
///
///     ℓ = Σ_j (F_j - F*_j)² + Σ_v (ln Σ_k exp(o_vk) - o_v c_v)
///
/// A prediction has the numbers F and then the logits o of each categorical variable v. A target has the
/// numbers F* and then the code c of the category of each variable. A target that is NaN is not compared, and
/// has no gradient.
public struct MixedLoss: Loss, Hashable {
  /// The number of columns of numbers.
  public let numbers: Int
  /// The number of categories of each variable.
  public let categories: [Int]

  /// Creates the loss of `numbers` numbers, and of a variable of each of the numbers of `categories`.
  public init(numbers: Int, categories: [Int]) {
    require(
      numbers >= 0 && categories.allSatisfy { $0 > 0 },
      "MixedLoss: \(numbers) numbers and variables of \(categories) categories are too few")
    self.numbers = numbers
    self.categories = categories
  }

  public func targetWidth(outputWidth: Int) -> Int { numbers + categories.count }

  public func evaluate(
    prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
  ) -> Double {
    // Exponentials of the whole row at once; those of numbers and of targets that are NaN are not used.
    for j in 0..<numbers { gradient[j] = 0 }
    var first = numbers
    for variable in 0..<categories.count {
      let count = categories[variable]
      let code = target[numbers + variable]
      require(
        code.isNaN || code >= 0 && code < Float(count),
        "MixedLoss: code \(code) of variable \(variable) is not from 0 to \(count - 1)")
      var greatest = prediction[first]
      for k in first..<first + count { greatest = max(greatest, prediction[k]) }
      for k in first..<first + count { gradient[k] = prediction[k] - greatest }
      first += count
    }
    gradient.formExponential()
    var sum = 0.0
    for j in 0..<numbers {
      let difference = target[j].isNaN ? 0 : prediction[j] - target[j]
      sum += Double(difference) * Double(difference)
      gradient[j] = 2 * difference
    }
    first = numbers
    for variable in 0..<categories.count {
      let count = categories[variable]
      let code = target[numbers + variable]
      if code.isNaN {
        for k in first..<first + count { gradient[k] = 0 }
      } else {
        var total: Float = 0
        for k in first..<first + count { total += gradient[k] }
        let chosen = first + Int(code)
        // -ln p, where p may be too small for `Float`.
        var greatest = prediction[first]
        for k in first..<first + count { greatest = max(greatest, prediction[k]) }
        sum += logarithm(Double(total)) + Double(greatest) - Double(prediction[chosen])
        for k in first..<first + count { gradient[k] /= total }
        gradient[chosen] -= 1
      }
      first += count
    }
    return sum
  }
}
