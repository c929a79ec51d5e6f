internal import CLangevinMachine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The limit of this process's memory, as `ulimit -v` sets one.
package enum MemoryLimit {
  /// Whether there is one: then the system may refuse memory long before the computer has none.
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

  /// Has all threads allocate from one heap, since there may be no room for one each.
  package static func shareOneHeap() { langevin_share_one_heap() }
}
