#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A curve in a line of text: a block of one of eight heights for each number.
enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The largest number over the smallest from which the heights are those of logarithms.
  private static let wideRatio = 10.0

  /// The curve of `values`, of at most `width` characters. If there are more values, a character is the
  /// mean of several. The smallest is the lowest block, the largest the highest; if all are alike, each is
  /// in the middle. What is not finite leaves a gap.
  static func text(_ values: [Double], width: Int) -> String {
    let cells = cells(values, count: width)
    let finite = cells.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "" }
    let isWide = low > 0 && high / low >= wideRatio
    func place(_ x: Double) -> Double { isWide ? log(x) : x }
    let (bottom, top) = (place(low), place(high))
    return String(
      cells.map { x in
        if !x.isFinite { return " " }
        if low == high { return "▄" }
        let share = min(max((place(x) - bottom) / (top - bottom), 0), 1)
        // Their range may be beyond all numbers.
        return blocks[share.isFinite ? Int((share * 7).rounded()) : 0]
      })
  }

  /// `values`, or the means of `count` parts of them.
  private static func cells(_ values: [Double], count: Int) -> [Double] {
    if values.count <= count || count < 1 { return count < 1 ? [] : values }
    return (0..<count).map { cell in
      let (quotient, rest) = values.count.quotientAndRemainder(dividingBy: count)
      // The first parts have one more.
      let start = cell * quotient + min(cell, rest)
      let part = values[start..<start + quotient + (cell < rest ? 1 : 0)].filter(\.isFinite)
      return part.isEmpty ? .nan : part.reduce(0, +) / Double(part.count)
    }
  }
}
