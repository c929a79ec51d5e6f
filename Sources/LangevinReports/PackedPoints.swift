internal import LinearAlgebra
internal import Plots

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Points of a picture as the page's script reads them: whole numbers of 16 bits, little-endian, in
/// base64. A point takes six letters.
///
/// From −32767 to 32767 they cover the picture and half of its size on each side, so that points come
/// in from where they are; farther ones wait there. −32768 is no point.
enum PackedPoints {
  /// The first two columns of each of `states`, one after the other, in a picture of these axes.
  static func text(_ states: [Matrix], x: Axis, y: Axis) -> String {
    var bytes: [UInt8] = []
    for state in states {
      for row in 0..<state.rows {
        let (right, up) = (Double(state[row, 0]), Double(state[row, 1]))
        for number in [whole(x.fraction(of: right)), whole(1 - y.fraction(of: up))] {
          let bits = UInt16(bitPattern: number)
          bytes += [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
        }
      }
    }
    return Data(bytes).base64EncodedString()
  }

  /// `fraction` of the picture, from its left or upper edge on.
  static func whole(_ fraction: Double) -> Int16 {
    guard fraction.isFinite else { return .min }
    return Int16((min(1, max(-1, fraction - 0.5)) * 32767).rounded())
  }
}
