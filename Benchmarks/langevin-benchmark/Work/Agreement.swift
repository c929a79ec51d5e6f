import LinearAlgebra

/// Contenders must do the same work, or their times cannot be compared.
enum Agreement {
  /// Throws unless no element of `result` is farther than `tolerance` from that of `expected`.
  static func check(
    _ contender: String, _ result: Matrix, _ expected: Matrix, within tolerance: Float
  ) throws(BenchmarkError) {
    let difference = result.maximumDifference(from: expected)
    // Written so that NaN fails.
    guard difference <= tolerance else {
      throw .wrongResult(contender: contender, difference: difference)
    }
  }
}
