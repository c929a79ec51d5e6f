internal import CLangevinMachine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The processors that this process may use, and the limits on them.
package struct ProcessorShare: Sendable, Equatable {
  /// The number of processors of the system.
  package var online: Int
  /// The number of processors that the CPU affinity of this process allows, which `taskset` may reduce.
  package var allowed: Int
  /// The CPU quota of this process, in processors; nil if unlimited.
  package var quota: Double?

  package init(online: Int, allowed: Int, quota: Double?) {
    self.online = online
    self.allowed = allowed
    self.quota = quota
  }

  /// The share of this process, with the affinity of the calling thread.
  ///
  /// The number of processors and the quota are read once.
  package static var current: ProcessorShare {
    let allowed = Int(langevin_allowed_processors())
    return ProcessorShare(
      online: onlineAtFirst, allowed: allowed > 0 ? allowed : onlineAtFirst, quota: quotaAtFirst)
  }

  private static let onlineAtFirst = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  private static let quotaAtFirst = ControlGroup.processorQuota()

  /// The number of threads that can run at a time: the smaller of ``allowed`` and ``quota``, rounded up.
  package var threads: Int {
    let limit = quota.map { $0.rounded(.up) } ?? .infinity
    return limit < Double(allowed) ? max(1, Int(limit)) : allowed
  }
}

extension ProcessorShare: CustomStringConvertible {
  /// The number of threads and its limit.
  package var description: String {
    if let quota, threads < allowed {
      return "\(threads) of \(online) (a CPU quota of \((100 * quota).rounded() / 100))"
    }
    return allowed < online ? "\(allowed) of \(online) (CPU affinity)" : "\(allowed)"
  }
}
