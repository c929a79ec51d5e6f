import Foundation
import Langevin
import Testing

/// Requests of a server: it takes rows as records, one at a time, and returns samples, imputed cells and
/// scores.
@Suite struct RequestTests {
  struct Reading: Codable, Equatable {
    var site: String?
    var level: Double?
    var count: Int?
  }

  /// Site a has levels around 10, site b around 50; counts are a fifth of the level.
  private static let readings: [Reading] = {
    let random = RandomStream(seed: 3).normal(rows: 300, columns: 2)
    return (0..<300).map { row in
      let isA = row % 2 == 0
      let level = (isA ? 10 : 50) + Double(random[row, 0])
      return Reading(
        site: isA ? "a" : "b", level: row % 10 == 9 ? nil : (level * 100).rounded() / 100,
        count: Int((level / 5 + 0.3 * Double(random[row, 1])).rounded()))
    }
  }()

  private static let model = Result {
    try Trainer(on: Table(rows: readings), epochs: 1000, seed: 1) {
      $0.model.network = .residual(width: 32, blocks: 2)
    }.runBlocking()
  }

  @Test func samplesAreRecords() async throws {
    let samples = try await Self.model.get().sample(count: 200, seed: 1)
    let records = try samples.records(of: Reading.self)
    #expect(records.count == 200)
    for site in ["a", "b"] {
      let levels = records.filter { $0.site == site }.compactMap(\.level)
      let mean = levels.reduce(0, +) / Double(levels.count)
      #expect(abs(mean - (site == "a" ? 10 : 50)) < 8, "\(site)")
    }
    let json = try JSONDecoder().decode([Reading].self, from: Data(samples.json))
    #expect(json == records)
  }

  /// A single row has nil properties, or lacks whole columns.
  @Test func oneRowIsFilledIn() async throws {
    let model = try Self.model.get()
    for (row, site) in [(Reading(level: 50.5, count: 10), "b"), (Reading(count: 2), "a")] {
      let filled = try await model.impute(Table(rows: [row])).records(of: Reading.self)
      #expect(filled.count == 1 && filled[0].site == site && filled[0].count == row.count)
      #expect(abs(try #require(filled[0].level) - (site == "a" ? 10 : 50.5)) < 3)
      if let level = row.level { #expect(filled[0].level == level) }
    }
    let lacking = try await model.impute(Table([Column("site", ["a", "b"])]))
      .records(of: Reading.self)
    #expect(lacking.map(\.site) == ["a", "b"])
    #expect(
      try abs(#require(lacking[0].level) - 10) < 4 && abs(#require(lacking[1].level) - 50) < 4)
  }

  @Test func completeRowsStay() async throws {
    let rows = [Reading(site: "a", level: 9.75, count: 2)]
    #expect(try await Self.model.get().impute(Table(rows: rows)).records(of: Reading.self) == rows)
  }

  @Test func unusualRowsHaveLowPercentiles() async throws {
    let model = try Self.model.get()
    let reference = try await model.likelihoodReference(
      of: Table(rows: Self.readings), limit: 100, draws: 4)
    let scores = try await model.logLikelihood(
      of: Table(rows: [
        Reading(site: "a", level: 10.1, count: 2), Reading(site: "a", level: 50, count: 10),
        Reading(site: "b", level: 10, count: 2),
      ]), reference: reference, draws: 4)
    #expect(scores[0].logLikelihood > scores[1].logLikelihood + 2)
    #expect(scores[0].logLikelihood > scores[2].logLikelihood + 2)
    let percentiles = scores.compactMap(\.percentile)
    #expect(percentiles[0] > 0.1 && percentiles[1] < 0.05 && percentiles[2] < 0.05)
    // A reference can be encoded and decoded.
    let read = try JSONDecoder().decode(
      LikelihoodReference.self, from: JSONEncoder().encode(reference))
    #expect(read == reference)
  }

  @Test func scoresOfOneSeedAreTheSame() async throws {
    let model = try Self.model.get()
    let row = try Table(rows: [Reading(site: "a", level: 10, count: 2)])
    let first = try await model.logLikelihood(of: row, draws: 4, seed: 1)
    #expect(try await model.logLikelihood(of: row, draws: 4, seed: 1) == first)
    #expect(try model.logLikelihoodBlocking(of: row, draws: 4, seed: 1, threads: 1) == first)
    #expect(first[0].standardError > 0)
  }

  @Test func rowsThatDoNotFitAreRefused() async throws {
    let model = try Self.model.get()
    let stranger = try Table(rows: [Reading(site: "mars", level: 1, count: 2)])
    await #expect(throws: SamplingError.self) { try await model.impute(stranger) }
    await #expect(throws: TableError.self) { try await model.logLikelihood(of: stranger) }
    let row = try Table(rows: [Reading(site: "a", level: 1, count: 2)])
    await #expect(throws: SamplingError.draws(0)) {
      try await model.logLikelihood(of: row, draws: 0)
    }
    await #expect(throws: SamplingError.limit(0)) {
      try await model.likelihoodReference(of: row, limit: 0)
    }
    await #expect(throws: SamplingError.self) { try await model.impute(row, draws: 0) }
    let points = try SmallTraining.model.get()
    await #expect(throws: SamplingError.noTable) { try await points.impute(stranger) }
    await #expect(throws: TableError.self) { try await points.logLikelihood(of: stranger) }
    let point = Table([Column("x0", [0.6]), Column("x1", [0.8])])
    #expect(try await points.logLikelihood(of: point)[0].logLikelihood.isFinite)
  }
}
