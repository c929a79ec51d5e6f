package import LangevinKernelTable
import LangevinKernels
import LangevinPreconditions
import Synchronization

/// The implementation of matrix products and of all other kernels.
///
/// A value that functions take as their last argument; ``current`` is what they use if none is
/// given. Engines agree within rounding; one engine gives the same bits at each run.
public struct Engine: Sendable, Hashable {
  /// The implementations of the matrix product.
  public enum Products: String, CaseIterable, Sendable {
    /// The one that is expected to be faster at the shape in hand.
    case automatic = "auto"
    /// OpenBLAS' `cblas_sgemm`.
    case openBLAS = "openblas"
    /// The register-blocked Swift kernel.
    case swift
  }

  /// Which implementation of the matrix product.
  public var products: Products
  /// The instruction set of the Swift kernels; one that the processor runs.
  public let instructionSet: InstructionSet

  /// Creates an engine with `products` and the kernels for `instructionSet`.
  ///
  /// - Parameters:
  ///   - products: The implementation of the matrix product.
  ///   - instructionSet: One of ``availableInstructionSets``; nil is the best of them, or the one that the
  ///     environment variable `LANGEVIN_KERNELS` names.
  public init(_ products: Products, instructionSet: InstructionSet? = nil) {
    let instructionSet = instructionSet ?? InstructionSet(Kernels.level)
    require(
      Kernels.available.contains(instructionSet.level),
      "Engine: no kernels for \(instructionSet.rawValue) that this processor runs")
    self.products = products
    self.instructionSet = instructionSet
  }

  /// The faster product by shape, and the best kernels.
  public static let automatic = Engine(.automatic)
  /// OpenBLAS for products, and the best kernels for all else.
  public static let openBLAS = Engine(.openBLAS)
  /// Swift throughout, with the best kernels.
  public static let swift = Engine(.swift)

  /// The instruction sets that this processor runs and the build contains, in ascending order.
  ///
  /// Debug builds contain ``InstructionSet/baseline`` alone unless they are built with
  /// `LANGEVIN_DEBUG_LEVELS=all` in the environment.
  public static var availableInstructionSets: [InstructionSet] {
    Kernels.available.map { InstructionSet($0) }
  }

  /// The problem with the value of the environment variable `LANGEVIN_KERNELS`; nil if it is valid.
  ///
  /// The variable names an instruction set to use instead of the best one. A wrong value is ignored;
  /// programs should show this text to their users.
  public static var environmentProblem: String? { Kernels.environmentProblem }

  /// The engine of every call that is given none.
  ///
  /// Any thread may set it; the whole process uses it from then on.
  public static var current: Engine {
    get { Engine(code: stored.load(ordering: .relaxed)) }
    set { stored.store(newValue.code, ordering: .relaxed) }
  }

  // One number, since layers read it for each row: a lock would be contended.
  private static let stored = Atomic(Engine.automatic.code)

  // `allCases` would make an array at each read.
  private var code: Int {
    let products =
      switch products {
      case .automatic: 0
      case .openBLAS: 4
      case .swift: 8
      }
    return switch instructionSet {
    case .baseline: products
    case .avx2: products + 1
    case .avx512: products + 2
    }
  }

  private init(code: Int) {
    products = code < 4 ? .automatic : code < 8 ? .openBLAS : .swift
    instructionSet = code & 3 == 0 ? .baseline : code & 3 == 1 ? .avx2 : .avx512
  }

  /// The functions for ``instructionSet``.
  package var kernels: KernelTable { Kernels.table(instructionSet.level) }
}
