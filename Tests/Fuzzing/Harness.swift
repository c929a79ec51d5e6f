import ReaderChecks

/// Passes the inputs of libFuzzer to the reader that the command line names: `--reader=csv`. libFuzzer
/// ignores options with two dashes.
@main struct Harness {
  static let reader: Reader = {
    let prefix = "--reader="
    let name = CommandLine.arguments.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
    guard let reader = name.flatMap({ Reader(rawValue: String($0)) }) else {
      fatalError("unknown reader; use one of \(Reader.allCases.map { prefix + $0.rawValue })")
    }
    return reader
  }()

  /// Replaces the `main` of libFuzzer, because SwiftPM needs the program to start here.
  static func main() {
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    _ = unsafe runDriver(&count, &arguments, testOneInput)
  }
}

@_extern(c, "LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  if let problem = Harness.reader.problem(with: bytes) {
    fatalError("\(Harness.reader): \(problem)")
  }
  return 0
}
