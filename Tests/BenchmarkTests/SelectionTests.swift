import Testing

@testable import langevin_benchmark

@Suite struct SelectionTests {
  private let subjects = Run.allSubjects(threads: 1)

  @Test func withoutAFilterIsEverything() throws {
    #expect(try Selection.rows(subjects, filter: nil).count == subjects.count)
  }

  @Test(arguments: [
    ("square", 5), ("SQUARE 1024", 1), ("128x2x128", 1), ("128 × 2 × 128", 1), ("training", 1),
    ("gradient", 4), ("sampling step of", 1),
  ])
  func findsPartsOfNames(filter: String, count: Int) throws {
    #expect(try Selection.rows(subjects, filter: filter).count == count)
  }

  @Test func namesTheGroupsIfNothingMatches() {
    let error = BenchmarkError.nothingMatches(
      filter: "cube",
      groups: [
        "forward", "input gradient", "weight gradient", "square", "training step", "sampling step",
      ])
    #expect(throws: error) { try Selection.rows(subjects, filter: "cube") }
    #expect(error.description.contains("forward, input gradient"))
  }

  /// Timings of a test build would mean nothing, but the contenders have to agree.
  @Test func contendersOfSmallRowsRun() throws {
    for subject in try Selection.rows(subjects, filter: "square 64") {
      let contenders = try subject.contenders()
      #expect(contenders.last?.name == Contender.reference)
      for contender in contenders { contender.run?() }
    }
  }
}
