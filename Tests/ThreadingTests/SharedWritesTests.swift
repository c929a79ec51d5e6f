import LangevinThreading
import Testing

/// The cost of writing memory that another thread has read. The amount depends on the machine, so the
/// tests do not check it.
@Suite struct SharedWritesTests {
  @Test func oneThreadHasNoCost() {
    #expect(ThreadPool(threads: 1).costOfSharedWrites() == 0)
  }

  @Test(arguments: [2, 3, 5], [false, true])
  func costIsFiniteAndNotNegative(threads: Int, asleep: Bool) {
    let pool = ThreadPool(threads: threads)
    for _ in 0..<10 {
      if asleep { for _ in 0..<5 { sleepBriefly() } }
      let cost = pool.costOfSharedWrites()
      #expect(cost.isFinite && cost >= 0)
    }
  }

  /// Measurements of several callers disturb neither each other nor jobs between them.
  @Test(arguments: [2, 3])
  func callersMayMeasureAtOnce(threads: Int) async {
    let pool = ThreadPool(threads: threads)
    let (callers, jobs, tasks) = (4, 20, 5)
    let slots = Slots(callers * tasks)
    await withTaskGroup(of: [Double].self) { group in
      for caller in 0..<callers {
        group.addTask {
          (0..<jobs).map { _ in
            pool.run(tasks) { slots[caller * tasks + $0] += 1 }
            return pool.costOfSharedWrites()
          }
        }
      }
      for await costs in group {
        #expect(costs.allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
    #expect(slots.values == [Int](repeating: jobs, count: callers * tasks))
  }
}
