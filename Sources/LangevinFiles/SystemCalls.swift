package import LangevinErrors

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A ``FileError`` without its path.
package enum Problem: Error {
  /// The file cannot be read or replaced for this reason.
  case refused(String)
  /// A call to the operating system failed with this `errno`.
  case system(String, code: Int32)
}

/// Runs `body`, and adds `path` to the error that it throws.
package func naming<Result>(
  _ path: String, _ body: () throws(Problem) -> Result
) throws(FileError) -> Result {
  do {
    return try body()
  } catch {
    switch error {
    case .refused(let reason): throw FileError(path: path, reason: reason)
    case .system(let reason, let code): throw FileError(path: path, reason: reason, code: code)
    }
  }
}

/// Returns `result`, or throws an error with `reason` and the value of `errno` if it is negative.
@discardableResult
func check(_ result: Int32, _ reason: String) throws(Problem) -> Int32 {
  if result < 0 { throw .system(reason, code: errno) }
  return result
}

/// Returns the result of `call`, which is repeated while signals interrupt it.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

func checkPath(_ path: String) throws(Problem) {
  if path.utf8.isEmpty { throw .refused("the path is empty; name a file") }
  if path.utf8.contains(0) {
    throw .refused("the path contains a null character, which would end it; name another file")
  }
}

/// Returns the kind of a file with this mode, in words; nil for a regular file.
func irregularity(_ mode: mode_t) -> String? {
  switch mode & S_IFMT {
  case S_IFREG: nil
  case S_IFDIR: "a directory"
  case S_IFIFO: "a pipe"
  default: "a socket or a device"
  }
}

func notRegular(_ kind: String) -> String { "it is \(kind); name a regular file" }

/// Unlocks the file and closes it. Closing alone is not enough: a child process that another thread is just
/// starting also has the file open, until it executes another program.
func unlockAndClose(_ file: Int32) {
  // If this fails, there was no lock, or closing releases it.
  _ = flock(file, LOCK_UN)
  close(file)
}

func readSome(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Glibc)
  unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
  #elseif canImport(Musl)
  unsafe Musl.read(file, buffer.baseAddress, buffer.count)
  #else
  unsafe Darwin.read(file, buffer.baseAddress, buffer.count)
  #endif
}

/// Writes all of `bytes`, in several calls if necessary.
package func writeAll(_ bytes: [UInt8], to file: Int32) throws(Problem) {
  var count = 0
  while count < bytes.count {
    let step = unsafe bytes.withUnsafeBytes { buffer in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[count...])
      return retrying { unsafe writeSome(file, rest) }
    }
    try check(Int32(clamping: step), "it cannot be written")
    count += step
  }
}

private func writeSome(_ file: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
  unsafe Glibc.write(file, buffer.baseAddress, buffer.count)
  #elseif canImport(Musl)
  unsafe Musl.write(file, buffer.baseAddress, buffer.count)
  #else
  unsafe Darwin.write(file, buffer.baseAddress, buffer.count)
  #endif
}
