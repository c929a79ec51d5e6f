public import Foundation

/// The build folder, which holds the tests and the built programs.
public enum BuildFolder {
  /// The error for a missing program.
  public struct Missing: Error, CustomStringConvertible {
    public let description: String
  }

  /// Returns the location of the program `name`.
  public static func program(_ name: String) throws -> URL {
    var places = [URL(fileURLWithPath: CommandLine.arguments[0]), Bundle.main.bundleURL]
    places.append(URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath())
    places += Bundle.allBundles.map(\.bundleURL)
    var tried: [String] = []
    for place in places {
      // On some systems the tests lie several folders deep in a bundle.
      var folder = place
      for _ in 0..<4 {
        let candidate = folder.appendingPathComponent(name)
        let kind = try? candidate.resourceValues(forKeys: [.isRegularFileKey])
        if kind?.isRegularFile == true,
          FileManager.default.isExecutableFile(atPath: candidate.path)
        {
          return candidate
        }
        tried.append(candidate.path)
        folder = folder.deletingLastPathComponent()
      }
    }
    throw Missing(
      description: """
        \(name) is not in the build folder; run swift build --product \(name). Looked at \
        \(tried.joined(separator: ", "))
        """)
  }
}
