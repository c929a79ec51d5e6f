import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Measures operations on matrices, one request at a time, beside the peers of `Benchmarks/Peers`.
///
/// Each line of standard input is a request, `OPERATION TYPE SIZE SECONDS`, such as `exp float 1000 0.02`.
/// Each answer is a JSON object on one line of standard output: the seconds of one call, or null for an
/// operation that does not exist.
@main
struct MatricesCommand {
  static func main() {
    answer(
      """
      {"ready": true, "kernels": "\(Engine.current.instructionSet.rawValue)", \
      "openBLASCore": "\(OpenBLAS.coreName)", "openBLASThreads": \(OpenBLAS.threads)}
      """)
    var turn: Turn?
    while let line = readLine() {
      guard let request = Request(line) else {
        fail("\(line): not a request; send OPERATION TYPE SIZE SECONDS")
      }
      do {
        if turn?.request.work != request.work {
          // Free the operands of the last operation first.
          turn = nil
          turn = try Turn(request)
        }
        guard let seconds = try turn?.measure(for: request.seconds) else {
          answer(#"{"seconds": null}"#)
          continue
        }
        answer(#"{"seconds": \#(seconds)}"#)
      } catch {
        fail("\(line): \(error)")
      }
    }
  }

  private static func answer(_ text: String) {
    print(text)
    fflush(nil)
  }

  private static func fail(_ text: String) -> Never {
    let text = Array("error: \(text)\n".utf8)
    _ = unsafe text.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
  }
}
