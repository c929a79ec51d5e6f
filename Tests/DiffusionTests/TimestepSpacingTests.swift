import Diffusion
import Testing

/// The timesteps that a sampler with fewer steps visits.
@Suite struct TimestepSpacingTests {
  private func schedule(_ steps: Int) -> NoiseSchedule {
    NoiseSchedule(beta: Array(repeating: 0.1, count: steps))
  }

  /// Covers step counts that do not divide T, and the last timestep, which must be visited.
  @Test(arguments: TimestepSpacing.allCases, [1, 2, 7, 10, 100, 997])
  func timestepsStrictlyDescend(_ spacing: TimestepSpacing, steps: Int) {
    let schedule = schedule(steps)
    for count in 1...steps where steps < 200 || count % 31 == 1 || count > 990 {
      let timesteps = schedule.timesteps(count: count, spacing: spacing)
      #expect(timesteps.count == count)
      #expect(zip(timesteps, timesteps.dropFirst()).allSatisfy { $0 > $1 })
      #expect((timesteps.last ?? -1) >= 0)
      switch spacing {
      case .trailing: #expect(timesteps[0] == steps - 1)
      case .linspace:
        #expect(timesteps[0] == steps - 1)
        if count > 1 { #expect(timesteps[count - 1] == 0) }
      case .leading: #expect(timesteps[count - 1] == 0)
      }
      if count == steps { #expect(timesteps == Array((0..<steps).reversed())) }
    }
  }

  /// Values from the diffusers library.
  @Test func timestepsMatchDiffusers() {
    let schedule = schedule(1000)
    #expect(
      schedule.timesteps(count: 10, spacing: .trailing)
        == [999, 899, 799, 699, 599, 499, 399, 299, 199, 99])
    #expect(
      schedule.timesteps(count: 7, spacing: .trailing) == [999, 856, 713, 570, 428, 285, 142])
    // 1000 - 62.5 i: halves round to even.
    #expect(
      schedule.timesteps(count: 16, spacing: .trailing)
        == [999, 937, 874, 811, 749, 687, 624, 561, 499, 437, 374, 311, 249, 187, 124, 61])
    #expect(
      schedule.timesteps(count: 7, spacing: .leading) == [852, 710, 568, 426, 284, 142, 0])
    #expect(schedule.timesteps(count: 5, spacing: .linspace) == [999, 749, 500, 250, 0])
  }

  @Test func levelsEndWithTheData() {
    let schedule = NoiseSchedule.cosine(steps: 50)
    let levels = schedule.levels(timesteps: schedule.timesteps(count: 3, spacing: .linspace))
    #expect(levels == [schedule.level(49), schedule.level(24), schedule.level(0), .clean])
    #expect(abs(levels[1].scale - 1) < 1e-15)
  }

  @Test func rejectsInvalidCounts() async {
    await #expect(processExitsWith: .failure) {
      _ = NoiseSchedule.cosine(steps: 5).timesteps(count: 6)
    }
    await #expect(processExitsWith: .failure) {
      _ = NoiseSchedule.cosine(steps: 5).timesteps(count: 0)
    }
  }
}
