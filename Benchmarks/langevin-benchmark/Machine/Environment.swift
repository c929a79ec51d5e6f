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

/// The machine and the settings on which the figures depend.
struct Environment: Hashable, Codable {
  /// The processor's name.
  var processor: String
  /// The number of processors of the system.
  var processors: Int
  /// The number of processors that this process may use.
  var allowedProcessors: Int
  /// The CPU quota of this process, in processors; nil if unlimited.
  var quota: Double?
  /// The instruction sets of the kernels that the processor supports, in ascending order.
  var kernelLevels: [String]
  /// The instruction set that layers and steps use.
  var kernelLevel: String
  /// The problem with the variable that chooses the instruction set; nil if it is valid.
  var kernelProblem: String?
  /// The processor whose kernels OpenBLAS runs.
  var openBLASCore: String
  /// The version and build of OpenBLAS.
  var openBLASConfiguration: String
  /// The number of threads of a product by OpenBLAS.
  var openBLASThreads: Int
  /// The problem with OpenBLAS' kernels; nil if they suit the processor.
  var openBLASProblem: String?
  /// The environment variables that are set and affect OpenBLAS or the kernels.
  var variables: [String: String]
  /// The load average of the minute before; nil if unknown.
  var load: Double?

  /// The names of these variables.
  static let variableNames = [
    "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS",
    "OMP_NUM_THREADS", "LANGEVIN_KERNELS",
  ]

  /// Returns the current environment of this process.
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

  /// Returns the first processor's name in `text`, the contents of Linux's `/proc/cpuinfo`.
  ///
  /// Nil if there is no name, as on most arm64 systems.
  static func processorName(inCPUInfo text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix("model name") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[line.index(after: colon)...].drop { $0 == " " }
      if !name.isEmpty { return String(name) }
    }
    return nil
  }

  private static func contents(_ path: String) -> String? {
    // The file does not exist on other systems, or may be hidden.
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}
