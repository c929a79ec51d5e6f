internal import CLangevinMachine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The processors of this computer that this process may use, and what limits them.
package struct ProcessorShare: Sendable, Equatable {
  /// How many processors the system has.
  package var online: Int
  /// How many of them this process may run on: fewer if it is bound to some, as `taskset` does.
  package var allowed: Int
  /// How many processors' worth of time it gets; nil if that is not limited.
  package var quota: Double?

  package init(online: Int, allowed: Int, quota: Double?) {
    self.online = online
    self.allowed = allowed
    self.quota = quota
  }

  /// The share of this process, by the affinity of the calling thread. What is read from files is read
  /// once.
  package static var current: ProcessorShare {
    let allowed = Int(langevin_allowed_processors())
    return ProcessorShare(
      online: onlineAtFirst, allowed: allowed > 0 ? allowed : onlineAtFirst, quota: quotaAtFirst)
  }

  private static let onlineAtFirst = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  private static let quotaAtFirst = ControlGroup.processorQuota()

  /// How many threads can run at a time: the smaller of ``allowed`` and ``quota``, rounded up.
  package var threads: Int {
    let limit = quota.map { $0.rounded(.up) } ?? .infinity
    return limit < Double(allowed) ? max(1, Int(limit)) : allowed
  }
}

extension ProcessorShare: CustomStringConvertible {
  /// The number of threads, and what limits it.
  package var description: String {
    if let quota, threads < allowed {
      return "\(threads) of \(online) (a CPU quota of \((100 * quota).rounded() / 100))"
    }
    return allowed < online ? "\(allowed) of \(online) (CPU affinity)" : "\(allowed)"
  }
}
