#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An axis of a plot: the positions of numbers along a line, and the ticks beside it.
package struct Axis {
  /// The mapping from numbers to lengths.
  package enum Scale { case linear, logarithmic }

  /// A labeled number at an axis.
  package struct Tick: Equatable {
    package let value: Double
    package let label: String
  }

  package let scale: Scale
  /// The numbers at both ends. Both are positive on a logarithmic scale.
  package let range: DataRange
  /// Whether the numbers count something, starting from 1. Then all ticks are whole numbers of at least 1.
  package var counts = false
  /// The only numbers allowed as ticks, in ascending order. If empty, all round numbers are allowed.
  package var marks: [Double] = []

  /// Creates an axis over `range`.
  package init(
    scale: Scale, range: DataRange, counts: Bool = false, marks: [Double] = []
  ) {
    self.scale = scale
    self.range = range
    self.counts = counts
    self.marks = marks
  }

  /// The number of powers of ten that a logarithmic axis spans.
  private var decades: Double { log10(range.upper) - log10(range.lower) }

  /// Returns the fraction of the axis from its lower end to `value`.
  package func fraction(of value: Double) -> Double {
    switch scale {
    case .linear: (value - range.lower) / range.span
    case .logarithmic: (log10(value) - log10(range.lower)) / decades
    }
  }

  /// Returns this axis with `fraction` of its length added at both ends.
  package func padded(by fraction: Double) -> Axis {
    switch scale {
    case .linear: return Axis(scale: scale, range: range.padded(by: fraction))
    case .logarithmic:
      let factor = pow(10, fraction * decades)
      return Axis(
        scale: scale, range: DataRange(lower: range.lower / factor, upper: range.upper * factor))
    }
  }

  /// Returns ticks at round numbers of the axis, or at its marks, with at most `count` steps between them.
  package func ticks(atMost count: Int) -> [Tick] {
    if !marks.isEmpty { return ticksAtMarks(atMost: count) }
    return scale == .logarithmic ? logarithmicTicks(atMost: count) : linearTicks(atMost: count)
  }

  private func ticksAtMarks(atMost count: Int) -> [Tick] {
    let step = max(1, (marks.count - 1 + count - 1) / count)
    return stride(from: 0, to: marks.count, by: step).map { index in
      let value = marks[index]
      let isWhole = value == value.rounded() && value.magnitude < 1e15
      return Tick(
        value: value,
        label: isWhole ? PlotNumber.count(Int(value)) : PlotNumber.significant(value))
    }
  }

  private func linearTicks(atMost count: Int) -> [Tick] {
    var step = NiceStep(span: range.span, atMost: count)
    if counts, step.exponent < 0 { step = NiceStep(factor: 1, exponent: 0) }
    let values = step.multiples(in: range).filter { !counts || $0 >= 1 }
    return zip(values, PlotNumber.labels(for: values, step: step)).map(Tick.init)
  }

  private func logarithmicTicks(atMost count: Int) -> [Tick] {
    let tolerance = 1e-9
    let first = Int((log10(range.lower) - tolerance).rounded(.up))
    let last = Int((log10(range.upper) + tolerance).rounded(.down))
    // A few powers of ten do not show the scale, so ticks at 2 and 5 times the powers are added.
    guard decades > 2, last > first else {
      return oneTwoFiveTicks(decades: min(first, last) - 1...max(first, last) + 1)
    }
    let stride = max(1, (last - first + count - 1) / count)
    let plain = first >= -3 && last <= 4
    return Swift.stride(from: first, through: last, by: stride).map { exponent in
      let value = pow(10, Double(exponent))
      return Tick(
        value: value,
        label: plain
          ? PlotNumber.fixed(value, decimals: max(0, -exponent)) : PlotNumber.powerOfTen(exponent))
    }
  }

  private func oneTwoFiveTicks(decades: ClosedRange<Int>) -> [Tick] {
    var ticks: [Tick] = []
    for exponent in decades {
      for factor in [1, 2, 5] {
        let value = NiceStep(factor: factor, exponent: exponent).value
        guard value >= range.lower * (1 - 1e-9), value <= range.upper * (1 + 1e-9) else { continue }
        ticks.append(Tick(value: value, label: PlotNumber.significant(value, digits: 1)))
      }
    }
    return ticks
  }
}
