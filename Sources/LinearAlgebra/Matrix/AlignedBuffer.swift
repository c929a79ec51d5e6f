import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Memory that is aligned to a cache line, which this object owns and frees.
///
/// Matrices and workspaces allocate their elements here and nowhere else. The type of the elements is not
/// part of the buffer's type, so that generic code on matrices knows its layout.
@safe
public final class AlignedBuffer: @unchecked Sendable {
  /// The alignment in bytes: the size of a cache line and of the widest vector register.
  package static let alignment = 64
  /// The largest size in bytes of a small buffer: with its padding, glibc's fastest lists hold it.
  private static let smallSize = 960
  /// ``alignment`` in floats: a block at a multiple of this offset is aligned as well.
  package static let alignedCount = alignment / MemoryLayout<Float>.stride

  @usableFromInline let start: UnsafeMutableRawPointer
  /// What is freed: ``start`` or, in a small buffer, an address at most 48 bytes before it.
  private let allocation: UnsafeMutableRawPointer
  /// The size of the memory in bytes.
  package let size: Int

  /// Creates an uninitialized buffer for `capacity` elements of type `Element`.
  package init<Element>(capacity: Int, of type: Element.Type) {
    require(capacity >= 0, "AlignedBuffer: capacity \(capacity) is negative")
    let (bytes, overflow) = max(capacity, 1).multipliedReportingOverflow(
      by: MemoryLayout<Element>.stride)
    require(!overflow, "AlignedBuffer: the size of \(capacity) elements in bytes overflows Int")
    size = bytes
    if bytes <= Self.smallSize {
      // The C library takes several times as long for memory of a larger alignment than 16.
      let padding = Self.alignment - 16
      unsafe allocation = UnsafeMutableRawPointer.allocate(
        byteCount: bytes + padding, alignment: 16)
      unsafe start = allocation.alignedUp(toMultipleOf: Self.alignment)
    } else {
      unsafe allocation = UnsafeMutableRawPointer.allocate(
        byteCount: bytes, alignment: Self.alignment)
      unsafe start = allocation
      unsafe Self.adviseHugePages(start, bytes)
    }
  }

  deinit { unsafe allocation.deallocate() }

  /// The elements as floats.
  package var floats: UnsafeMutablePointer<Float> {
    unsafe start.assumingMemoryBound(to: Float.self)
  }

  /// Returns `count` rounded up to a multiple of ``alignedCount``.
  package static func aligned(_ count: Int) -> Int {
    (count + alignedCount - 1) / alignedCount * alignedCount
  }

  /// Asks for pages of 2 MiB in a large buffer: the first write of each page of 4 KiB costs more than
  /// computing its elements.
  private static func adviseHugePages(_ start: UnsafeMutableRawPointer, _ size: Int) {
    #if os(Linux)
    let page = 2 << 20
    if size < 2 * page { return }
    let address = UInt(bitPattern: start)
    let first = (address + UInt(page - 1)) & ~UInt(page - 1)
    let end = (address + UInt(size)) & ~UInt(page - 1)
    guard end > first, let pages = unsafe UnsafeMutableRawPointer(bitPattern: first) else { return }
    // The advice is optional: the kernel may refuse it.
    _ = unsafe madvise(pages, Int(end - first), MADV_HUGEPAGE)
    #endif
  }
}
