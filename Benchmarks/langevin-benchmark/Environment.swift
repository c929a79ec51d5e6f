import KernelTable
import LinearAlgebra

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the figures depend on besides the programs themselves.
struct Environment: Hashable, Codable {
  /// The processor's name.
  let processor: String
  /// How many processors the system has.
  let processors: Int
  /// The instruction sets of the kernels, in ascending order.
  let kernelLevels: [String]
  /// Whose kernels OpenBLAS runs.
  let openBLASCore: String
  /// OpenBLAS' version and build.
  let openBLASConfiguration: String
  /// How many threads a product by OpenBLAS uses.
  let openBLASThreads: Int
  /// The variables that change what OpenBLAS does, if they are set.
  let openBLASVariables: [String: String]
  /// How many programs wanted to run in the minute before; nil if the system does not tell.
  let load: Double?

  /// The environment of this process, now.
  static func current() -> Environment {
    var variables: [String: String] = [:]
    for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"] {
      if let value = unsafe getenv(name) { unsafe variables[name] = String(cString: value) }
    }
    var loads = [0.0]
    let count = unsafe getloadavg(&loads, 1)
    return Environment(
      processor: processorName, processors: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      kernelLevels: Engine.availableLevels.map(\.rawValue), openBLASCore: OpenBLAS.coreName,
      openBLASConfiguration: OpenBLAS.configuration, openBLASThreads: OpenBLAS.threads,
      openBLASVariables: variables, load: count == 1 ? loads[0] : nil)
  }

  private static var processorName: String {
    let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    return text.flatMap(processorName(inCPUInfo:)) ?? "unknown"
  }

  /// The first processor's name in what Linux says in `/proc/cpuinfo`; nil if there is none, as on
  /// most arm64.
  static func processorName(inCPUInfo text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix("model name") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[line.index(after: colon)...].drop { $0 == " " }
      if !name.isEmpty { return String(name) }
    }
    return nil
  }
}
