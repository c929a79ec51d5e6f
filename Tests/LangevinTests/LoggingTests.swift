import Langevin
import Logging
import Synchronization
import Testing

@Suite struct LoggingTests {
  @Test func tellsOfBeginningEpochsAndEnd() throws {
    let lines = Lines()
    let logger = Logger(label: "test") { _ in Handler(lines: lines) }
    let trainer = try Trainer(
      on: SmallTraining.matrix, epochs: 2, logger: logger, configure: SmallTraining.configure)
    _ = try trainer.runBlocking()
    let told = lines.all.withLock { $0 }
    #expect(told.first == "info: ready to train")
    #expect(told.suffix(2) == ["debug: epoch", "info: training is complete"])
  }
}

private final class Lines: Sendable {
  let all = Mutex<[String]>([])
}

private struct Handler: LogHandler {
  let lines: Lines
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.debug

  init(lines: Lines) { self.lines = lines }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { lines.all.withLock { $0.append("\(event.level): \(event.message)") } }
}
