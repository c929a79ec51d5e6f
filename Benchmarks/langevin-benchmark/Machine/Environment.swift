import LangevinKernelTable
import LangevinThreading
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
  var processor: String
  /// How many processors the system has.
  var processors: Int
  /// How many of them this process may use.
  var allowedProcessors: Int
  /// How many processors' worth of time this process gets; nil if that is not limited.
  var quota: Double?
  /// The instruction sets of the kernels that the processor can run, in ascending order.
  var kernelLevels: [String]
  /// The one that layers and steps use.
  var kernelLevel: String
  /// Why the variable that chooses it is passed over.
  var kernelProblem: String?
  /// Whose kernels OpenBLAS runs.
  var openBLASCore: String
  /// OpenBLAS' version and build.
  var openBLASConfiguration: String
  /// How many threads a product by OpenBLAS uses.
  var openBLASThreads: Int
  /// Why its kernels are not those of this processor; nil if they are.
  var openBLASProblem: String?
  /// The variables that change what OpenBLAS or the kernels do, if they are set.
  var variables: [String: String]
  /// How many programs wanted to run in the minute before; nil if the system does not tell.
  var load: Double?

  /// The variables that are looked for.
  static let variableNames = [
    "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS",
    "OMP_NUM_THREADS", "LANGEVIN_KERNELS",
  ]

  /// The environment of this process, now.
  static func current() -> Environment {
    var variables: [String: String] = [:]
    for name in variableNames {
      if let value = unsafe getenv(name) { unsafe variables[name] = String(cString: value) }
    }
    let share = ProcessorShare.current
    var loads = [0.0]
    let count = unsafe getloadavg(&loads, 1)
    return Environment(
      processor: contents("/proc/cpuinfo").flatMap(processorName(inCPUInfo:)) ?? "unknown",
      processors: share.online, allowedProcessors: share.allowed, quota: share.quota,
      kernelLevels: Engine.availableInstructionSets.map(\.rawValue),
      kernelLevel: Engine.swift.instructionSet.rawValue, kernelProblem: Engine.environmentProblem,
      openBLASCore: OpenBLAS.coreName, openBLASConfiguration: OpenBLAS.configuration,
      openBLASThreads: OpenBLAS.threads, openBLASProblem: OpenBLAS.problem, variables: variables,
      load: count == 1 ? loads[0] : nil)
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

  private static func contents(_ path: String) -> String? {
    // Other systems, and machines that hide it, have no such file: what it says is then unknown.
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}
