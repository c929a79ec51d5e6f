import Evaluation
import LinearAlgebra
import Testing

@testable import LangevinReports

@Suite("Pages")
struct ReportPageTests {
  private static let evaluation = Result {
    try Evaluator(
      measures: [.slicedW2, .frechet, .nearestTrainingShare], seeds: 5, threads: 1
    ).evaluate(
      samples: RandomStream(seed: 3).normal(rows: 40, columns: 2),
      against: .points(RandomStream(seed: 4).normal(rows: 80, columns: 2)))
  }

  /// Returns a page with every kind of section.
  private static func page(_ columns: NamedColumns, _ text: String = "text") throws -> ReportPage {
    let report = try Self.evaluation.get()
    let path = [0.0, 0.6, 1].map { (signal: $0, noise: 1 - $0) }
    let plane = Matrix<Float>(rows: 5, columns: 2) { Float($0 * $1) }
    return ReportPage(
      title: text, summary: text, figures: [.init(text, text)],
      sections: [
        .settings([(name: text, text: text)]), .scatter(columns),
        .reverse(
          [ReverseState(name: text, points: plane), ReverseState(name: text, points: plane)],
          data: plane),
        .distances(report, subject: text), .marginals(columns), .correlations(columns),
        .loss([3, 2, .nan, 1]), .schedule(verdict: text, [(name: text, text: text)], path: path),
        .categories([
          CategoryShares(text, categories: [text, "b"], data: [0, 1, 1], samples: [0, -1])
        ]),
        .message(id: "more", title: text, text),
      ], colophon: text)
  }

  private static func columns(_ count: Int, rows: Int = 60, name: String = "column") -> NamedColumns
  {
    NamedColumns(
      names: (0..<count).map { "\(name) \($0)" },
      data: RandomStream(seed: 1).normal(rows: rows, columns: count),
      samples: RandomStream(seed: 2).normal(rows: rows, columns: count))
  }

  @Test("A page is well-formed, and its links lead to its sections", arguments: [1, 2, 3, 9, 30])
  func wellFormed(count: Int) throws {
    let html = try Self.page(Self.columns(count)).html
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    let document = HTMLDocument(html)
    #expect(document.isWellFormed)
    let ids = document.values(of: "id")
    #expect(Set(ids).count == ids.count)
    for address in document.values(of: "href") where address.hasPrefix("#") {
      #expect(ids.contains(String(address.dropFirst())), "\(address)")
    }
    for label in document.values(of: "aria-labelledby") { #expect(ids.contains(label)) }
  }

  @Test("Markup in names and texts stays text")
  func hostileNames() throws {
    let name = "<script>alert('&\"')</script>\u{0}"
    let html = try Self.page(Self.columns(3, name: name), name).html
    #expect(HTMLDocument(html).isWellFormed)
    #expect(!html.contains("<script>alert"))
    #expect(!html.contains("\u{0}"))
    // Only the script and the style of the page itself.
    #expect(
      html.split(separator: "<script").count == 2 && html.split(separator: "<style").count == 2)
  }

  @Test("A page loads nothing from the network")
  func noNetwork() throws {
    let html = try Self.page(Self.columns(3)).html
    for word in ["http:", "https:", "src=", "url(", "@import", "fetch(", "XMLHttpRequest"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
  }

  @Test("The same numbers give the same page")
  func determinism() throws {
    let first = try Self.page(Self.columns(3)).html
    let second = try Self.page(Self.columns(3)).html
    #expect(first == second)
  }

  @Test("Pictures have text alternatives")
  func pictures() throws {
    let document = HTMLDocument(try Self.page(Self.columns(3)).html)
    let pictures = document.tags.filter { $0.contains("role=\"img\"") }
    #expect(pictures.count > 10)
    #expect(pictures.allSatisfy { $0.contains("aria-label=\"") && !$0.contains("aria-label=\"\"") })
  }

  @Test(
    "Missing, constant, extreme and non-finite numbers give well-formed pages", arguments: 0..<6)
  func hostileNumbers(index: Int) throws {
    let points = [
      Matrix<Float>(rows: 0, columns: 3), Matrix<Float>(rows: 1, columns: 3),
      Matrix<Float>(rows: 9, columns: 3, repeating: 0.7),
      Matrix<Float>(rows: 9, columns: 3, repeating: .nan),
      Matrix<Float>([[3e38, -3e38, .infinity], [-3e38, 3e38, 0], [.leastNonzeroMagnitude, 0, 1]]),
      Matrix<Float>(rows: 50, columns: 3) { Float($0) * ($1 == 0 ? 1e36 : 1e-36) },
    ][index]
    let normal = RandomStream(seed: 1).normal(rows: 30, columns: 3)
    for (data, samples) in [(points, points), (points, normal), (normal, points)] {
      let columns = NamedColumns(names: ["a", "b", "c"], data: data, samples: samples)
      let html = try Self.page(columns).html
      #expect(HTMLDocument(html).isWellFormed)
    }
  }

  @Test(
    "The page mentions losses that are missing or not finite",
    arguments: [
      ([], "No epoch"), ([.nan], "No epoch"), ([1, .infinity, 2], "left out: 1"), ([0.25], "0.250"),
    ] as [([Double], String)])
  func losses(losses: [Double], word: String) {
    #expect(ReportSection.loss(losses).html.contains(word))
  }

  @Test("A held-out loss is drawn beside the training loss")
  func heldOutLosses() {
    let both = ReportSection.loss([3, 2, 1], heldOut: [(1, 4), (2, .nan), (3, 2.5)]).html
    #expect(both.contains("held-out loss; the last is 2.5"))
    #expect(both.contains("class=\"line data\""))
    let one = ReportSection.loss([3, 2, 1]).html
    #expect(!one.contains("held-out") && !one.contains("class=\"line data\""))
  }

  @Test("The curve of many epochs has no more points than a screen can show")
  func manyEpochs() {
    #expect(ReportSection.loss((1...10_000).map { 1 / Double($0) }).html.utf8.count < 60_000)
  }

  @Test("Distant samples do not shrink the rest of the plot")
  func farSamples() {
    let columns = Self.columns(2)
    let far = Matrix.vertically([columns.samples, Matrix<Float>([[1e6, 0]])])
    let section = ReportSection.scatter(
      NamedColumns(
        names: columns.names, data: Matrix.vertically([columns.data, columns.data]), samples: far))
    #expect(section.html.contains("Samples beyond the axes: 1."))
    #expect(!ReportSection.scatter(columns).html.contains("beyond"))
  }

  /// Rows that lack a value are counted as such, and not as beyond the axes.
  @Test func missingValuesAreNotDrawn() {
    let whole = Self.columns(2, rows: 60)
    #expect(!ReportSection.scatter(whole).html.contains("Not drawn"))
    var (data, samples) = (whole.data, whole.samples)
    for row in 0..<7 { data[row, 0] = .nan }
    for row in 20..<23 { samples[row, 1] = .nan }
    let html = ReportSection.scatter(
      NamedColumns(names: whole.names, data: data, samples: samples)
    ).html
    #expect(html.contains("is missing or not finite: 7 rows of the data, 3 samples."))
    #expect(html.contains("53 points of the data") && html.contains("57 points of the samples"))
    #expect(!html.contains("beyond"))
  }

  @Test("A page with many columns shows the first ones")
  func manyColumns() {
    let columns = Self.columns(30)
    #expect(ReportSection.marginals(columns, limit: 4).html.contains("first 4 of 30"))
    #expect(ReportSection.marginals(columns, limit: 4).html.split(separator: "<figure>").count == 5)
    #expect(ReportSection.correlations(columns, limit: 5).html.contains("first 5 of 30"))
    #expect(ReportSection.scatter(columns, columnLimit: 6).html.contains("first 6 of 30"))
    #expect(!ReportSection.scatter(Self.columns(24)).html.contains("first"))
  }

  @Test("Pairs are chosen from the first columns, over evenly spaced rows of long data")
  func chosenPairs() {
    // Column 1 resembles column 0, and column 3 equals column 2.
    let noise = RandomStream(seed: 1).normal(rows: 50_000, columns: 4)
    let data = Matrix<Float>(rows: noise.rows, columns: 4) { row, column in
      switch column {
      case 1: noise[row, 0] + noise[row, 1]
      case 3: noise[row, 2]
      default: noise[row, column]
      }
    }
    let columns = NamedColumns(names: ["a", "b", "c", "d"], data: data, samples: data)
    func first(_ section: ReportSection) -> Substring? {
      section.html.firstMatch(of: #/of the data: (. over .)"/#)?.1
    }
    #expect(first(.scatter(columns, limit: 10)) == "d over c")
    #expect(first(.scatter(columns, limit: 10, columnLimit: 3)) == "b over a")
  }

  @Test("Categories have shares, the most frequent first; missing cells count as a category")
  func categories() throws {
    let shares = CategoryShares(
      "column", categories: ["a", "b", "c"], data: [1, 1, 1, 0, -1], samples: [0, 2])
    #expect(shares.categories.map(\.name) == ["a", "b", "c", "(missing)"])
    #expect(shares.categories.map(\.data) == [0.2, 0.6, 0, 0.2])
    #expect(shares.categories.map(\.samples) == [0.5, 0, 0.5, 0])
    let html = ReportSection.categories([shares], limit: 2).html
    #expect(html.contains(">2 others<"))
    let (first, second) = (html.firstRange(of: ">b<"), html.firstRange(of: ">a<"))
    #expect(try #require(first).lowerBound < #require(second).lowerBound)
    #expect(CategoryShares("none", categories: [], data: [], samples: []).categories.isEmpty)
  }

  @Test("A measure at its floor has a mark")
  func floor() throws {
    let html = try Self.page(Self.columns(2)).html
    let marks = HTMLDocument(html).values(of: "aria-label").count { $0 == "at the floor" }
    #expect(marks == 2)
    // This measure cannot be computed without the training set.
    #expect(html.contains("Nearer to training was left out: "))
  }
}
