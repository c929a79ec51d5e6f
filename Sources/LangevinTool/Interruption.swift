import LangevinFiles
import Synchronization

private let caught = Atomic<Int32>(0)

/// Ctrl-C, a polite kill and a terminal that goes away, as a question that the training loop asks after each
/// step.
enum Interruption {
  /// Catches the first signal; after it, Ctrl-C or a kill ends the program at once.
  static func watch() {
    EndingSignals.handle { number in
      // The first is what the exit status tells.
      _ = caught.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing)
      EndingSignals.expectAnother(number)
    }
  }

  /// Whether a signal has come.
  static var requested: Bool { caught.load(ordering: .acquiring) != 0 }

  /// The exit status that tells the shell which signal ended the work: 130 after Ctrl-C.
  static var exitStatus: Int32 { 128 + caught.load(ordering: .acquiring) }
}
