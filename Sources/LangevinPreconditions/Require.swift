/// Stops the program with `message` unless `condition` holds, in debug and release builds.
///
/// Swift's `precondition` drops its message under `-O`. Use this function for programming errors, such as
/// mismatched shapes, and name the values in the message. Throw an error if the failure depends on data,
/// files or the system.
@inlinable @inline(__always)
package func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if !condition() { requirementFailure(message(), file: file, line: line) }
}

/// Writes `message` to standard error and stops the program, as ``require(_:_:file:line:)`` does if its
/// condition is false.
@usableFromInline @inline(never)
package func requirementFailure(
  _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  fatalError(message(), file: file, line: line)
}
