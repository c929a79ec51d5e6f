import Dispatch
import Langevin
import Synchronization
import TestSupport
import Testing

/// Several threads save to and load from the same folder.
@Suite struct SharedFolderTests {
  /// Two models whose networks have the same shape but different standardizations.
  private static let models = Result {
    try [SmallTraining.matrix, SmallTraining.matrix * 100].map { rows in
      try Trainer(on: rows, epochs: 1, seed: 1, configure: SmallTraining.configure).runBlocking()
    }
  }

  private static func bits(_ model: GenerativeModel) throws -> [UInt32] {
    try model.sampleBlocking(count: 5, seed: 1, threads: 1).matrix.bits
  }

  @Test func aLoadIsOfOneModel() throws {
    let models = try Self.models.get()
    let expected = try models.map(Self.bits)
    try TemporaryFile.with("run") { path in
      try models[0].save(to: path)
      let done = Atomic(false)
      let problems = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 3) { thread in
        do {
          if thread < 2 {
            for _ in 0..<25 { try models[thread].save(to: path, overwriting: true) }
            done.store(true, ordering: .releasing)
          } else {
            while !done.load(ordering: .acquiring) {
              let loaded = try Self.bits(GenerativeModel(contentsOf: path))
              if !expected.contains(loaded) { problems.withLock { $0.append("of neither") } }
            }
          }
        } catch {
          problems.withLock { $0.append("\(error)") }
        }
      }
      #expect(problems.withLock { $0 } == [])
    }
  }
}
