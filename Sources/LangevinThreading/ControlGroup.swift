#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The Linux control group of the process, which limits the processor time of a container or service.
package enum ControlGroup {
  /// Returns the processor quota of this process, in processors; nil if unlimited.
  ///
  /// It is the smallest quota of the control group of this process and the groups that contain it.
  package static func processorQuota() -> Double? {
    #if os(Linux)
    contents("/proc/self/cgroup").flatMap { processorQuota(membership: $0, contents: contents) }
    #else
    nil
    #endif
  }

  /// Returns the processor quota for `membership`, the text of `/proc/self/cgroup`; nil if unlimited.
  ///
  /// `contents` returns the text of a file, or nil if the file does not exist.
  static func processorQuota(membership: String, contents: (String) -> String?) -> Double? {
    let lines = membership.split(separator: "\n").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }
    var quotas: [Double] = []
    for line in lines where line.count == 3 {
      let folders = folders(of: line[2])
      if line[0] == "0" && line[1].isEmpty {
        quotas += folders.compactMap { contents("/sys/fs/cgroup\($0)/cpu.max") }.compactMap(quota)
      } else if line[1].split(separator: ",").contains("cpu") {
        quotas += folders.compactMap { folder in
          let group = "/sys/fs/cgroup/\(line[1])\(folder)/cpu.cfs_"
          guard let quota = contents(group + "quota_us"), let period = contents(group + "period_us")
          else { return nil }
          return self.quota("\(quota) \(period)")
        }
      }
    }
    return quotas.min()
  }

  /// Returns QUOTA / PERIOD from `QUOTA PERIOD`, the text of `cpu.max`; nil if unlimited.
  ///
  /// An unlimited QUOTA is "max", or -1 in version 1 of control groups.
  static func quota(_ text: String) -> Double? {
    let words = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
    guard words.count == 2, let quota = words[0], let period = words[1], quota > 0, period > 0,
      (quota / period).isFinite
    else { return nil }
    return quota / period
  }

  /// Returns the paths of a group's parents and of the group itself.
  ///
  /// They include the empty path: in a container, the root of the visible file system is the container's
  /// group, whatever its path outside.
  private static func folders(of path: Substring) -> [String] {
    let names = path.split(separator: "/")
    if names.contains("..") { return [""] }
    return (0...names.count).map { count in names[..<count].map { "/\($0)" }.joined() }
  }

  /// Returns the text of a system file, whose length is unknown before reading.
  private static func contents(_ path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while text.count < 1 << 20 {
      let count = unsafe read(file, &part, part.count)
      guard count >= 0 else { return nil }
      if count == 0 { break }
      text += part[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
