/// Stops the program with `message`, in debug and release builds, unless `condition` holds.
///
/// Swift's `precondition` drops its message under `-O`. Use this for a programmer's mistake, such as
/// matrices whose shapes do not fit, and name the values in question. What depends on data, on files
/// or on the system is thrown instead.
@inlinable @inline(__always)
package func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if !condition() { requirementFailure(message(), file: file, line: line) }
}

/// Writes `message` to standard error and stops the program: what ``require(_:_:file:line:)`` does
/// when its condition does not hold.
@usableFromInline @inline(never)
package func requirementFailure(
  _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  fatalError(message(), file: file, line: line)
}
