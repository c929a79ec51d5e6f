import Testing

@testable import langevin_benchmark

@Suite struct SelectionTests {
  private let subjects = Run.allSubjects(Settings(threads: 2))

  @Test func selectsEverythingWithoutAFilter() throws {
    #expect(try Selection.rows(subjects, filter: nil).count == subjects.count)
    #expect(Set(subjects.map(\.section)) == Set(Section.allCases))
    #expect(Set(subjects.map(\.name)).count == subjects.count)
  }

  @Test(arguments: [
    ("square", 6), ("SQUARE 1024", 1), ("128x2x128", 1), ("128 × 2 × 128", 1), ("layers", 3),
    ("128->2", 1), ("gradient", 4), ("sampling step of", 1), ("training", 5), ("scaling", 4),
    ("model", 3), ("kernels forward", 4),
  ])
  func matchesPartsOfNames(filter: String, count: Int) throws {
    #expect(try Selection.rows(subjects, filter: filter).count == count)
  }

  @Test func namesTheGroupsIfNothingMatches() {
    let error = BenchmarkError.nothingMatches(
      filter: "cube",
      groups: [
        "kernels (forward, input gradient, weight gradient, square, wrapper)", "layers (layer)",
        "model (training step, parts of a training step, sampling step)",
        "scaling (training by threads, sampling by threads, training by batch, training by width)",
      ])
    #expect(throws: error) { try Selection.rows(subjects, filter: "cube") }
    #expect(error.description.contains("forward, input gradient"))
  }
}
