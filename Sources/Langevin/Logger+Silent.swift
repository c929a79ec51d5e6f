public import Logging

extension Logger {
  /// A logger that says nothing.
  public static let silent = Logger(label: "langevin") { _ in SwiftLogNoOpLogHandler() }
}
