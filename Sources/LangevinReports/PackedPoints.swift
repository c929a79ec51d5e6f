internal import LinearAlgebra
internal import Plots

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Points of a picture in the format of the page's script: 16-bit integers, little-endian, in base64.
///
/// The integers from −32767 to 32767 cover the picture and half its size on each side, so that points move in
/// from outside. Points farther out are clamped. −32768 means that there is no point.
enum PackedPoints {
  /// Returns the first two columns of each of `states`, one state after another, for a picture with these
  /// axes.
  static func text(_ states: [Matrix<Float>], x: Axis, y: Axis) -> String {
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

  /// Returns the integer for a position, a `fraction` of the picture's size from its left or upper edge.
  static func whole(_ fraction: Double) -> Int16 {
    guard fraction.isFinite else { return .min }
    return Int16((min(1, max(-1, fraction - 0.5)) * 32767).rounded())
  }
}
