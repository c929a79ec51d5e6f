#if os(Linux)
import Foundation
import Synchronization

/// A pseudoterminal whose output a test can read.
final class PseudoTerminal {
  struct Unavailable: Error {}

  /// The end to which a program writes.
  let handle: FileHandle
  private let shown = Shown()

  /// Linux requests that Swift does not import: to unlock the other end, and to get its number.
  private static let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))

  init(columns: Int) throws {
    let screen = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number) = (Int32(0), UInt32(0))
    guard screen >= 0, unsafe ioctl(screen, Self.unlock, &isLocked) == 0,
      unsafe ioctl(screen, Self.number, &number) == 0
    else { throw Unavailable() }
    let terminal = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard terminal >= 0, unsafe ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0
    else { throw Unavailable() }
    handle = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
    // A terminal that is not read fills up and blocks the program.
    let shown = shown
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = unsafe read(screen, &buffer, buffer.count)
        if count <= 0 { break }
        shown.bytes.withLock { $0 += buffer[..<count] }
      }
      close(screen)
      shown.end.signal()
    }
  }

  /// Returns the output of programs that have ended. Call it once.
  func text() -> String {
    close(handle.fileDescriptor)
    shown.end.wait()
    return shown.bytes.withLock { String(decoding: $0, as: UTF8.self) }
  }

  private final class Shown: Sendable {
    let bytes = Mutex<[UInt8]>([])
    let end = DispatchSemaphore(value: 0)
  }
}
#endif
