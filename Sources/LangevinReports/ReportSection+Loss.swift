internal import Plots

extension ReportSection {
  /// Returns a section with the loss curves.
  ///
  /// - Parameters:
  ///   - losses: The mean loss of each epoch, from epoch 1.
  ///   - heldOut: The held-out loss after some of the epochs.
  package static func loss(
    _ losses: [Double], heldOut: [(epoch: Int, loss: Double)] = []
  ) -> ReportSection {
    let shown = losses.filter { DataRange.canShow($0) }
    guard let first = shown.first, let last = shown.last else {
      return ReportSection(
        id: "loss", title: "Loss", html: HTML.paragraph("No epoch is complete yet."))
    }
    let heldOut = heldOut.filter { DataRange.canShow($0.loss) }
    let epochs = PlotNumber.count(losses.count)
    let chart = Chart(
      label: """
        Line chart of the loss over \(epochs) epochs, from \(PlotNumber.significant(first)) to \
        \(PlotNumber.significant(last))
        """,
      x: LossCurve.xAxis(epochs: Double(losses.count)),
      y: LossCurve.yAxis(shown + heldOut.map(\.loss)), shape: 2,
      xSteps: 6, ySteps: 6, xLabel: "epoch", yLabel: "loss")
    let smoothed = Smoothing.smooth(shown)
    var marks = ""
    // The running median does not support gaps; if there are gaps, only the plain line is drawn.
    let isSmoothed = smoothed != shown && shown.count == losses.count
    if isSmoothed { marks += chart.line(points(losses), "samples thin") + "\n" }
    marks += chart.line(points(isSmoothed ? smoothed : losses), "samples")
    if !heldOut.isEmpty {
      marks += "\n" + chart.line(heldOut.map { (x: Double($0.epoch), y: $0.loss) }, "data")
    }
    var text = "The mean loss of each epoch"
    if isSmoothed { text += ", thin, and its running median" }
    text += "; the last is \(PlotNumber.significant(last))."
    if let last = heldOut.last {
      text +=
        " The gray line is the held-out loss; the last is \(PlotNumber.significant(last.loss))."
    }
    if shown.count < losses.count {
      text += " Epochs with a NaN or infinite loss are left out: \(losses.count - shown.count)."
    }
    return ReportSection(
      id: "loss", title: "Loss",
      html: """
        \(HTML.paragraph(text))
        <figure class="wide">
        \(chart.html(marks))
        </figure>
        """)
  }

  /// Returns about as many points as a screen has pixels, including the last.
  private static func points(_ losses: [Double]) -> [(x: Double, y: Double)] {
    let step = max(1, losses.count / 1500)
    let last = losses.count - 1
    return losses.indices.filter { $0 % step == 0 || $0 == last }.map {
      (x: Double($0 + 1), y: DataRange.canShow(losses[$0]) ? losses[$0] : .nan)
    }
  }
}
