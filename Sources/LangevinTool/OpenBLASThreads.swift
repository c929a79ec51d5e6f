#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns how many threads OpenBLAS starts, in place of OpenBLAS' function of this name: the number in the
/// variable `OPENBLAS_NUM_THREADS`, and otherwise one.
///
/// OpenBLAS starts a thread for each processor when it is loaded, before any line of the program runs. This
/// program needs none of them, as it has threads of its own. If the system refuses a thread, OpenBLAS raises
/// SIGINT, and if it refuses a thread's memory, the program cannot end. To set the variable in `main` would
/// be too late. The dynamic linker prefers the program's function to the library's on Linux; elsewhere, and with
/// an OpenBLAS that has no such function, nothing calls this.
///
/// It runs before `main`, and so uses nothing but the C library.
@_cdecl("openblas_num_threads_env")
public func openBLASThreadsFromEnvironment() -> CInt {
  guard let number = unsafe getenv("OPENBLAS_NUM_THREADS") else { return 1 }
  return unsafe max(1, atoi(number))
}
