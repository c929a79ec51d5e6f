import LangevinPreconditions

/// A buffer of floats, aligned to a cache line, which this object owns and frees.
///
/// Matrices and workspaces allocate their floats here and nowhere else.
@safe
package final class AlignedBuffer: @unchecked Sendable {
  /// The alignment in bytes: the size of a cache line and of the widest vector register.
  package static let alignment = 64
  /// ``alignment`` in floats: a block at a multiple of this offset is aligned as well.
  package static let alignedCount = alignment / MemoryLayout<Float>.stride

  package let base: UnsafeMutablePointer<Float>
  package let capacity: Int

  /// Creates an uninitialized buffer of `capacity` floats.
  package init(capacity: Int) {
    require(capacity >= 0, "AlignedBuffer: capacity \(capacity) is negative")
    let (bytes, overflow) = max(capacity, 1).multipliedReportingOverflow(
      by: MemoryLayout<Float>.stride)
    require(!overflow, "AlignedBuffer: the size of \(capacity) floats in bytes overflows Int")
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.alignment)
    unsafe self.base = memory.bindMemory(to: Float.self, capacity: max(capacity, 1))
    self.capacity = capacity
  }

  deinit { unsafe base.deallocate() }

  /// Returns `count` rounded up to a multiple of ``alignedCount``.
  package static func aligned(_ count: Int) -> Int {
    (count + alignedCount - 1) / alignedCount * alignedCount
  }
}
