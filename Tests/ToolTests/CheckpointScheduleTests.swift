import Testing

@testable import LangevinTool

/// When a training is saved.
@Suite struct CheckpointScheduleTests {
  @Test func everySoManyEpochs() {
    let schedule = CheckpointSchedule(every: 3, interval: .seconds(1_000_000))
    let due = (1...10).filter { schedule.isDue(afterEpoch: $0) }
    #expect(due == [3, 6, 9])
    #expect(!schedule.isDue(afterEpoch: nil), "within an epoch")
  }

  @Test func atIntervalsAlsoWithinAnEpoch() {
    var schedule = CheckpointSchedule(every: nil, interval: .zero)
    for _ in 0..<2 {
      while !schedule.isDue(afterEpoch: nil) {}
      #expect(schedule.isDue(afterEpoch: 1))
      schedule.saved()
    }
    let patient = CheckpointSchedule(every: nil, interval: .seconds(1_000_000))
    #expect(!patient.isDue(afterEpoch: nil) && !patient.isDue(afterEpoch: 1))
  }
}
