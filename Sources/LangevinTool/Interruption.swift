import LangevinFiles
import Synchronization

private let caught = Atomic<Int32>(0)

/// Interruptions by Ctrl-C, `kill` or a closed terminal, which the training loop checks for after each step.
enum Interruption {
  /// Catches the first signal. After it, Ctrl-C or `kill` ends the program at once.
  static func watch() {
    EndingSignals.handle { number in
      // The exit status reports the first signal.
      _ = caught.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing)
      EndingSignals.expectAnother(number)
    }
  }

  /// Whether a signal has come.
  static var requested: Bool { caught.load(ordering: .acquiring) != 0 }

  /// The exit status that reports the signal to the shell: 130 after Ctrl-C.
  static var exitStatus: Int32 { 128 + caught.load(ordering: .acquiring) }
}
