import LangevinPreconditions

/// Floats in memory aligned to a cache line, owned by this object and freed with it.
///
/// The one place of the package that allocates numbers.
@safe
package final class AlignedBuffer: @unchecked Sendable {
  /// Cache line and widest vector register, in bytes.
  package static let alignment = 64
  /// ``alignment`` in floats: blocks whose offset is a multiple of it are aligned too.
  package static let alignedCount = alignment / MemoryLayout<Float>.stride

  package let base: UnsafeMutablePointer<Float>
  package let capacity: Int

  /// Room for `capacity` floats, not yet initialized.
  package init(capacity: Int) {
    require(capacity >= 0, "AlignedBuffer: capacity \(capacity) is negative")
    let (bytes, overflow) = max(capacity, 1).multipliedReportingOverflow(
      by: MemoryLayout<Float>.stride)
    require(!overflow, "AlignedBuffer: \(capacity) numbers take more bytes than an Int counts")
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.alignment)
    unsafe self.base = memory.bindMemory(to: Float.self, capacity: max(capacity, 1))
    self.capacity = capacity
  }

  deinit { unsafe base.deallocate() }

  /// `count` rounded up so that what follows is aligned again.
  package static func aligned(_ count: Int) -> Int {
    (count + alignedCount - 1) / alignedCount * alignedCount
  }
}
