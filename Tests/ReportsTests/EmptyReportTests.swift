import LinearAlgebra
import Plots
import Testing

@testable import Evaluation
@testable import LangevinReports

@Suite("Empty reports")
struct EmptyReportTests {
  private static func none(_ columns: Int, rows: Int = 0) -> NamedColumns {
    NamedColumns(
      names: (0..<columns).map { "\($0)" }, data: Matrix<Float>(rows: rows, columns: columns),
      samples: Matrix<Float>(rows: 0, columns: columns))
  }

  @Test("Empty columns give well-formed pages", arguments: [0, 1, 2, 3, 30], [0, 1, 5])
  func columns(count: Int, rows: Int) {
    let columns = Self.none(count, rows: rows)
    check([.scatter(columns), .marginals(columns), .correlations(columns)])
  }

  @Test("Missing states, losses, categories, measures and levels give well-formed pages")
  func others() throws {
    let states = [ReverseState(name: "", points: Matrix<Float>(rows: 0, columns: 2))]
    let images = GrayImages(Matrix<Float>(rows: 0, columns: 1), width: 1, height: 1, columns: 1)
    check([
      .reverse([], data: Matrix<Float>(rows: 0, columns: 2)),
      .reverse(states, data: Matrix<Float>(rows: 0, columns: 2)),
      try .reverse([]), try .reverse([(name: "", images: images)]),
      try .images(data: images, samples: images),
      .loss([]), .loss([.nan]), .schedule(verdict: nil, [], path: []), .categories([]),
      .categories([CategoryShares("", categories: [], data: [], samples: [])]),
      .settings([]),
      .distances(EvaluationReport(results: [], omitted: []), subject: ""),
    ])
  }

  private func check(_ sections: [ReportSection]) {
    for section in sections {
      let page = ReportPage(
        title: "", summary: "", figures: [], sections: [section], colophon: "")
      #expect(HTMLDocument(page.html).isWellFormed, "\(section.id)")
    }
  }
}
