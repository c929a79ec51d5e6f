import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The norm of all gradients, summed by several threads.
@Suite struct SquaredNormsTests {
  private func total(_ gradients: Parameters, parts: Int, engine: Engine) -> Double {
    let norms = SquaredNorms(gradients.layout)
    gradients.flat.withHandle { flat in
      for part in (0..<parts).reversed() {
        norms.sum(flat, Part(part, of: parts), engine: engine)
      }
    }
    return norms.total
  }

  private func gradients(_ layout: ParameterLayout) -> Parameters {
    var gradients = Parameters(zeros: layout)
    for (index, declaration) in layout.declarations.enumerated() {
      gradients[index] = RandomStream(seed: 3, stream: UInt64(index))
        .normal(rows: declaration.rows, columns: declaration.columns)
    }
    return gradients
  }

  /// The total matches plain loops up to rounding, with the same bits for any division among threads.
  @Test(arguments: ParameterLayoutTests.layouts, everyEngine)
  func totalMatchesPlainLoops(_ layout: ParameterLayout, _ engine: Engine) {
    let gradients = gradients(layout)
    let expected = layout.declarations.indices.reduce(0) { sum, index in
      sum + doubles(gradients[index]).reduce(0) { $0 + $1 * $1 }
    }
    let one = total(gradients, parts: 1, engine: engine)
    #expect(abs(one / expected - 1) < 1e-6)
    for parts in [2, 3, 5, 40] {
      #expect(total(gradients, parts: parts, engine: engine) == one, "\(parts) parts")
    }
  }

  /// A sum replaces the previous one.
  @Test func sumsAreIndependent() {
    let layout = ParameterLayoutTests.layouts[1]
    let norms = SquaredNorms(layout)
    let (some, none) = (gradients(layout), Parameters(zeros: layout))
    for gradients in [some, none] {
      gradients.flat.withHandle { norms.sum($0, Part(0, of: 1), engine: .swift) }
    }
    #expect(norms.total == 0)
  }
}
