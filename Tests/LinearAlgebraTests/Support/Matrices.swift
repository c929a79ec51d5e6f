import LinearAlgebra

/// Returns a matrix of real numbers in (-1, 1) from SplitMix64 (Steele, Lea & Flood 2014), which is
/// independent of the generators under test.
func randomMatrix<Element: MatrixElement>(
  _ rows: Int, _ columns: Int, seed: UInt64 = 1, of type: Element.Type = Float.self
) -> Matrix<Element> {
  var state = seed &* 0x5851_F42D_4C95_7F2D
  return Matrix<Element>(rows: rows, columns: columns) { _, _ in
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return Element(Int32(truncatingIfNeeded: (z ^ (z &>> 31)) &>> 40) - (1 << 23)) * 0x1p-23
  }
}

/// Returns the elements of a matrix in row-major order.
func elements(of matrix: Matrix<Float>) -> [Float] {
  let span = matrix.elements
  return span.indices.map { span[$0] }
}

/// Every engine that this processor supports.
let everyEngine: [Engine] =
  Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) } + [
    .openBLAS, .automatic,
  ]
