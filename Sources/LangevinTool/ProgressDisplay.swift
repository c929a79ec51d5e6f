import LinearAlgebra

/// Shows the progress of training: on a terminal a bar that is redrawn, elsewhere occasional lines.
///
/// The output has no colors, so `NO_COLOR` is respected in any case. The only escape sequence clears the rest
/// of the line.
struct ProgressDisplay {
  private let firstEpoch: Int
  private let epochs: Int
  private let stepsPerEpoch: Int
  private let isQuiet: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant
  private var nextLine: Int
  private var isWithinLine = false

  init(from firstEpoch: Int, to epochs: Int, stepsPerEpoch: Int, isQuiet: Bool) {
    self.firstEpoch = firstEpoch
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.isQuiet = isQuiet
    start = clock.now
    lastDrawn = start
    nextLine = firstEpoch + 1
  }

  /// Updates the display after an epoch.
  ///
  /// - Parameters:
  ///   - losses: The mean loss of each complete epoch.
  ///   - heldOutLoss: Returns the held-out loss; called only if it is shown.
  mutating func update(losses: [Double], heldOutLoss: () -> Double?) {
    if isQuiet { return }
    let epoch = losses.count
    let now = clock.now
    let seconds = max(1e-9, (now - start).inSeconds)
    let rate = Double((epoch - firstEpoch) * stepsPerEpoch) / seconds
    let left = Double((epochs - epoch) * stepsPerEpoch) / max(rate, 1e-9)
    func text() -> String {
      let heldOut = heldOutLoss().map { ", held out \($0.fixed(4))" } ?? ""
      let loss = (losses.last ?? .nan).fixed(4) + heldOut
      return "epoch \(epoch)/\(epochs)  loss \(loss)  \(rate.fixed(0)) steps/s  "
        + "\(duration(left)) left"
    }
    if Terminal.isInteractive {
      guard (now - lastDrawn).inSeconds > 0.1 || epoch == epochs else { return }
      lastDrawn = now
      let line = ProgressLine(text: text(), epoch: epoch, epochs: epochs, losses: losses)
      // A line that wraps could not be redrawn, so lines would pile up.
      Terminal.report("\r\(line.drawn(columns: Terminal.columns - 1))\u{1B}[K")
      isWithinLine = epoch != epochs
      if !isWithinLine { Terminal.report("\n") }
    } else if epoch >= nextLine || epoch == epochs {
      Terminal.report(text() + "\n")
      let tenth = max(1, (epochs - firstEpoch) / 10)
      nextLine = epoch + tenth - (epoch - firstEpoch) % tenth
    }
  }

  /// Ends the line of the bar, so that other output starts on a new line.
  mutating func interrupt() {
    if isWithinLine { Terminal.report("\n") }
    isWithinLine = false
  }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded())
    if whole >= 3600 { return "\(whole / 3600) h \(whole / 60 % 60) min" }
    if whole >= 60 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole) s"
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
