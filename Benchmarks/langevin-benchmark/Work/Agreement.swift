import LinearAlgebra

/// The check that contenders do the same work; otherwise their times cannot be compared.
enum Agreement {
  /// Throws unless every element of `result` is within `tolerance` of that of `expected`.
  static func check(
    _ contender: String, _ result: Matrix<Float>, _ expected: Matrix<Float>, within tolerance: Float
  ) throws(BenchmarkError) {
    let difference = result.maximumDifference(from: expected)
    // Written so that NaN fails.
    guard difference <= tolerance else {
      throw .wrongResult(contender: contender, difference: difference)
    }
  }
}
