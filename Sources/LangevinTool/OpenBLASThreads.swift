#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns the number of threads that OpenBLAS starts: the value of `OPENBLAS_NUM_THREADS`, or 1.
///
/// This function replaces the function of the same name in OpenBLAS. OpenBLAS starts one thread per
/// processor when it is loaded, before `main` runs, so `main` would set the variable too late. The program
/// needs none of these threads, because it has its own. If the system refuses a thread, OpenBLAS raises
/// SIGINT; if it refuses the memory of a thread, the program cannot exit.
///
/// On Linux, the dynamic linker prefers the function of the program to that of the library. On other systems,
/// and with an OpenBLAS that has no such function, nothing calls this one.
///
/// It runs before `main`, so it uses only the C library.
@_cdecl("openblas_num_threads_env")
public func openBLASThreadsFromEnvironment() -> CInt {
  guard let number = unsafe getenv("OPENBLAS_NUM_THREADS") else { return 1 }
  return unsafe max(1, atoi(number))
}
