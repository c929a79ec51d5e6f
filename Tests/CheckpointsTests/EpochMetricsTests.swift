import Checkpoints
import Testing

/// The epochs that a log contains.
@Suite struct EpochMetricsTests {
  @Test(arguments: [
    (1, 1), (7, 7), (999, 999), (1000, 1000), (1009, 1001), (9999, 1900), (100_000, 2800),
  ])
  func logsStaySmall(epochs: Int, lines: Int) {
    let logged = (1...epochs).filter { EpochMetrics.isLogged(epoch: $0, of: epochs) }
    #expect(logged.count == lines && logged.last == epochs)
    #expect(logged.prefix(1000).elementsEqual(1...min(1000, epochs)))
  }

  @Test(arguments: [
    (1, 1), (10, 10), (12, 11), (100, 28), (1000, 46), (1001, 47), (10_000, 64),
  ])
  func heldOutLossIsMeasuredNowAndThen(epochs: Int, count: Int) {
    let measured = (1...epochs).filter { EpochMetrics.measuresHeldOutLoss(epoch: $0, of: epochs) }
    #expect(measured.count == count && measured.last == epochs)
    #expect(measured.allSatisfy { EpochMetrics.isLogged(epoch: $0, of: epochs) })
  }

  /// Except for the last epoch, the planned number of epochs does not matter, so an extended training keeps
  /// its lines.
  @Test func epochsDoNotDependOnThePlan() {
    for epoch in stride(from: 1, through: 30_000, by: 7) {
      #expect(
        EpochMetrics.isLogged(epoch: epoch, of: 30_001)
          == EpochMetrics.isLogged(epoch: epoch, of: 1 << 40))
    }
  }

  @Test func theLargestEpochHasNoOverflow() {
    #expect(EpochMetrics.isLogged(epoch: .max, of: .max))
    #expect(!EpochMetrics.isLogged(epoch: .max, of: 1))
    #expect(!EpochMetrics.measuresHeldOutLoss(epoch: .max - 1, of: 1))
  }
}
