#if os(Linux)
import Foundation
import LangevinThreading
import TestSupport
import Testing

/// A pool works with the threads that the system grants.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil && !Sanitizer.isThere,
    "exit tests do not run in the emulator, and sanitizers need more memory"))
struct RefusedThreadTests {
  /// The stacks of 64 threads do not fit into the address space.
  @Test func poolUsesTheThreadsItGets() async {
    await #expect(processExitsWith: .success) {
      let stack = 8 << 20
      let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      let pages = Int(text.split(separator: " ")[0]) ?? 0
      let room = pages * Int(sysconf(Int32(_SC_PAGESIZE))) + 20 * stack
      var limit = rlimit(rlim_cur: rlim_t(room), rlim_max: rlim_t(room))
      unsafe setrlimit(__rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)), &limit)
      let pool = ThreadPool(threads: 64)
      precondition(pool.threads > 1 && pool.threads < 64)
      for job in 0..<1000 {
        let slots = Slots(200)
        pool.run(job % 200) { slots[$0] += 1 }
        precondition(slots.values.reduce(0, +) == job % 200)
      }
      // The address space has no room for another thread.
      let alone = ThreadPool(threads: 64)
      let slots = Slots(10)
      alone.run(10) { slots[$0] += 1 }
      precondition(slots.values == [Int](repeating: 1, count: 10))
    }
  }
}
#endif
