#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns how many threads OpenBLAS starts, in place of OpenBLAS' function of this name, which reads
/// `OPENBLAS_NUM_THREADS`: one, unless the environment sets a number. 0 leaves the choice to the variables
/// that OpenBLAS reads next.
///
/// OpenBLAS starts a thread for each processor when it is loaded, before any line of the program runs. This
/// program needs none of them, as it has threads of its own. If the system refuses a thread, OpenBLAS raises
/// SIGINT, and if it refuses a thread's memory, the program cannot end. Setting the variable comes too
/// late. The dynamic linker prefers the program's function to the library's on Linux; elsewhere, and with
/// an OpenBLAS that has no such function, nothing calls this.
///
/// It runs before `main`, and so uses nothing but the C library.
@_cdecl("openblas_num_threads_env")
public func openBLASThreadsFromEnvironment() -> CInt {
  if let number = unsafe getenv("OPENBLAS_NUM_THREADS") { return unsafe max(0, atoi(number)) }
  if unsafe getenv("GOTO_NUM_THREADS") != nil { return 0 }
  if unsafe getenv("OMP_NUM_THREADS") != nil { return 0 }
  return 1
}
