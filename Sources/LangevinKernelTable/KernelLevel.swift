/// The instruction set of a build of the kernels.
package enum KernelLevel: String, CaseIterable, Sendable, Comparable {
  /// The instructions that every processor of the architecture supports: SSE2 on x86-64, NEON on arm64.
  case baseline
  /// AVX2 and FMA (x86-64-v3).
  case avx2
  /// AVX-512 F, BW, CD, DQ and VL (x86-64-v4).
  case avx512

  /// The number of `Float` lanes in a vector register.
  package var lanes: Int {
    switch self {
    case .baseline: 4
    case .avx2: 8
    case .avx512: 16
    }
  }

  package static func < (a: KernelLevel, b: KernelLevel) -> Bool { a.lanes < b.lanes }
}
