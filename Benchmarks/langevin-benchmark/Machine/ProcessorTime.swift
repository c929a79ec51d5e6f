#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The processor time of this process and others, in seconds.
struct ProcessorTime: Hashable {
  /// The wall-clock time.
  var wall: Double
  /// The time of this process on all processors together.
  var own: Double
  /// The time of all programs; nil if unknown.
  var all: Double?
  /// The time that other guests of the host took; nil if unknown.
  var stolen: Double?

  /// No time.
  static let none = ProcessorTime(wall: 0, own: 0, all: 0, stolen: 0)

  /// Returns the times since some moment in the past.
  static func now() -> ProcessorTime {
    // Without this file, as on other systems, only the time of this program is known.
    let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
    let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    let system = text.flatMap { Self.system(inStat: $0, ticksPerSecond: ticksPerSecond) }
    return ProcessorTime(
      wall: seconds(CLOCK_MONOTONIC), own: seconds(CLOCK_PROCESS_CPUTIME_ID), all: system?.all,
      stolen: system?.stolen)
  }

  static func + (a: ProcessorTime, b: ProcessorTime) -> ProcessorTime {
    a.combined(with: b) { $0 + $1 }
  }

  static func - (a: ProcessorTime, b: ProcessorTime) -> ProcessorTime {
    a.combined(with: b) { $0 - $1 }
  }

  private func combined(
    with other: ProcessorTime, _ operation: (Double, Double) -> Double
  ) -> ProcessorTime {
    func combine(_ a: Double?, _ b: Double?) -> Double? {
      a.flatMap { a in b.map { operation(a, $0) } }
    }
    return ProcessorTime(
      wall: operation(wall, other.wall), own: operation(own, other.own),
      all: combine(all, other.all), stolen: combine(stolen, other.stolen))
  }

  /// Returns the time of all programs and the stolen time in `text`, the contents of Linux's `/proc/stat`.
  ///
  /// Its first line has user, nice, system, idle, iowait, irq, softirq and steal.
  static func system(
    inStat text: String, ticksPerSecond: Double
  ) -> (all: Double, stolen: Double)? {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
    let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
    guard ticks.count >= 8 else { return nil }
    let busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]
    return (busy / ticksPerSecond, ticks[7] / ticksPerSecond)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
