import Diffusion
import Foundation
import Testing

/// Noise schedules made by name.
@Suite struct ScheduleConfigurationTests {
  private typealias Kind = ScheduleConfiguration.Kind

  @Test func namesMakeTheSchedules() throws {
    let expected: [(String, NoiseSchedule)] = [
      ("linear", .linear(steps: 40)), ("linear-unscaled", .linear(steps: 40, scaled: false)),
      ("scaled-linear", .scaledLinear(steps: 40)), ("quadratic", .quadratic(steps: 40)),
      ("sigmoid", .sigmoid(steps: 40)), ("sigmoid-alpha-bar", .sigmoidAlphaBar(steps: 40)),
      ("cosine", .cosine(steps: 40)), ("vp", ContinuousVP().discretized(steps: 40)),
    ]
    #expect(expected.map { $0.0 } == Kind.allCases.map { $0.rawValue })
    for (name, schedule) in expected {
      let kind = try Kind(named: name)
      #expect(try ScheduleConfiguration(kind, steps: 40).makeSchedule() == schedule)
      #expect(
        try ScheduleConfiguration(kind, steps: 40, rescaled: true).makeSchedule()
          == schedule.rescaledToZeroTerminalSNR())
    }
    #expect(
      try ScheduleConfiguration(.linear, steps: 9, start: 0.1, end: 0.2).makeSchedule()
        == .linear(steps: 9, start: 0.1, end: 0.2))
  }

  @Test func roundTripsThroughJSON() throws {
    let description = ScheduleConfiguration(.sigmoidAlphaBar, steps: 7, start: -2, rescaled: true)
    let data = try JSONEncoder().encode(description)
    #expect(String(decoding: data, as: UTF8.self).contains("\"sigmoid-alpha-bar\""))
    #expect(try JSONDecoder().decode(ScheduleConfiguration.self, from: data) == description)
  }

  /// The extreme values that are allowed give valid schedules.
  @Test(arguments: [
    ScheduleConfiguration(.vp, steps: 1, start: 1000, end: 1000),
    ScheduleConfiguration(.vp, steps: 3, start: 1000, end: 1000, rescaled: true),
    ScheduleConfiguration(.vp, steps: 2, start: 1e-9, end: 1e-9, rescaled: true),
    ScheduleConfiguration(.sigmoidAlphaBar, steps: 2, start: -30, end: 30, rescaled: true),
    ScheduleConfiguration(.sigmoidAlphaBar, steps: 5000, start: -30, end: -29),
    ScheduleConfiguration(.sigmoidAlphaBar, steps: 5000, start: 29, end: 30, rescaled: true),
    ScheduleConfiguration(.linear, steps: 3, start: 0.999, end: 0.999, rescaled: true),
    ScheduleConfiguration(.linear, steps: 5000, start: 1e-12, end: 1e-12, rescaled: true),
    ScheduleConfiguration(.sigmoid, steps: 4, start: 0.999, end: 1e-12),
  ])
  func acceptsExtremeValues(_ description: ScheduleConfiguration) throws {
    let schedule = try description.makeSchedule()
    #expect(schedule.steps == description.steps)
    #expect(schedule.isZeroTerminal == description.rescaled)
  }

  @Test(arguments: [
    (ScheduleConfiguration(.linear, steps: 0), "steps is 0; it must be from 1 to 1000000"),
    (ScheduleConfiguration(.cosine, steps: 1, rescaled: true), "it must be 2 or more"),
    (
      ScheduleConfiguration(.linear, steps: 5, end: 1), "end is 1.0; it must be from 1e-12 to 0.999"
    ),
    (ScheduleConfiguration(.linear, steps: 5, start: .nan), "start is nan"),
    (ScheduleConfiguration(.vp, steps: 5, start: -1), "start is -1.0; it must be from 1e-9"),
    (ScheduleConfiguration(.sigmoidAlphaBar, steps: 5, start: 4), "below the end 3.0"),
    (ScheduleConfiguration(.cosine, steps: 5, start: 0.1), "has no start; leave it out"),
    // Levels before the last without signal, which no sampler can distinguish.
    (ScheduleConfiguration(.sigmoid, steps: 10_000, start: 1e-3, end: 0.2), "steps is 10000"),
    (ScheduleConfiguration(.linearUnscaled, steps: 3000, end: 0.999), "to leave signal"),
  ])
  func explainsInvalidNumbers(_ description: ScheduleConfiguration, text: String) {
    let error = #expect(throws: ScheduleError.self) { try description.makeSchedule() }
    #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("schedule \(description.kind.rawValue)") == true)
  }

  @Test func explainsUnknownNames() {
    let error = #expect(throws: ScheduleError.self) { try Kind(named: "cosin") }
    #expect(error?.description.contains("\"cosin\"; use one of: linear, ") == true)
  }
}
