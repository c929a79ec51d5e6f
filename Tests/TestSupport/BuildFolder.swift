public import Foundation

/// The folder of what was built, beside the tests.
public enum BuildFolder {
  /// A program is not there.
  public struct Missing: Error, CustomStringConvertible {
    public let description: String
  }

  /// Where the program `name` is.
  public static func program(_ name: String) throws -> URL {
    var places = [URL(fileURLWithPath: CommandLine.arguments[0]), Bundle.main.bundleURL]
    places.append(URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath())
    places += Bundle.allBundles.map(\.bundleURL)
    var tried: [String] = []
    for place in places {
      // On some systems the tests lie some folders deep in a bundle.
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
        \(name) is not in the build folder: swift build --product \(name) makes it. There was none \
        at \(tried.joined(separator: ", "))
        """)
  }
}
