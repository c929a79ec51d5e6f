internal import CLangevinMachine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The memory limit of this process, such as `ulimit -v` sets.
package enum MemoryLimit {
  /// Whether the process has a limit, so that the system may refuse memory although the computer has some.
  package static let isSet: Bool = {
    #if canImport(Glibc)
    let resources = [RLIMIT_AS, RLIMIT_DATA].map { __rlimit_resource_t(UInt32($0.rawValue)) }
    #else
    let resources = [RLIMIT_AS, RLIMIT_DATA]
    #endif
    return resources.contains { resource in
      var limit = rlimit()
      return unsafe getrlimit(resource, &limit) == 0 && limit.rlim_cur < rlim_t(Int.max)
    }
  }()

  /// Makes all threads allocate from one heap, because the limit may not allow a heap for each.
  package static func shareOneHeap() { langevin_share_one_heap() }
}
