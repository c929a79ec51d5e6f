import LangevinKernelTable

/// The vector instructions that a build of the Swift kernels uses.
public enum InstructionSet: String, CaseIterable, Sendable, Comparable {
  /// The instructions that every processor of the architecture supports: SSE2 on x86-64, NEON on arm64.
  case baseline
  /// AVX2 and FMA (x86-64-v3).
  case avx2
  /// AVX-512 F, BW, CD, DQ and VL (x86-64-v4).
  case avx512

  init(_ level: KernelLevel) {
    switch level {
    case .baseline: self = .baseline
    case .avx2: self = .avx2
    case .avx512: self = .avx512
    }
  }

  /// The level of the kernels that use these instructions.
  var level: KernelLevel {
    switch self {
    case .baseline: .baseline
    case .avx2: .avx2
    case .avx512: .avx512
    }
  }

  /// Returns whether the registers of `a` are narrower than those of `b`.
  public static func < (a: InstructionSet, b: InstructionSet) -> Bool { a.level < b.level }
}
