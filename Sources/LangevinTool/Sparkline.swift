#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A curve in one line of text, drawn with blocks of eight heights.
enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The least ratio of the largest number to the smallest for which the scale is logarithmic.
  private static let wideRatio = 10.0

  /// Returns the curve of `values` in at most `width` characters.
  ///
  /// If there are more values than characters, each character shows the mean of several. The smallest value
  /// is the lowest block, and the largest is the highest; if all are equal, they are in the middle. Values
  /// that are not finite leave a gap.
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
        // The range may overflow.
        return blocks[share.isFinite ? Int((share * 7).rounded()) : 0]
      })
  }

  /// Returns `values`, or the means of `count` consecutive parts if there are more.
  private static func cells(_ values: [Double], count: Int) -> [Double] {
    if values.count <= count || count < 1 { return count < 1 ? [] : values }
    return (0..<count).map { cell in
      let (quotient, rest) = values.count.quotientAndRemainder(dividingBy: count)
      // The first parts get one value more each until the remainder is used up.
      let start = cell * quotient + min(cell, rest)
      let part = values[start..<start + quotient + (cell < rest ? 1 : 0)].filter(\.isFinite)
      return part.isEmpty ? .nan : part.reduce(0, +) / Double(part.count)
    }
  }
}
