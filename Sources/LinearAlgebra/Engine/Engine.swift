package import LangevinKernelTable
import LangevinKernels
import LangevinPreconditions
import Synchronization

/// The implementation of matrix products and of all other kernels.
///
/// Functions take an engine as their last argument, ``current`` by default. The results of two engines
/// agree within rounding; one engine gives the same bits in every run.
public struct Engine: Sendable, Hashable {
  /// The implementations of the matrix product.
  public enum Products: String, CaseIterable, Sendable {
    /// OpenBLAS or Swift, whichever is expected to be faster for the shape.
    case automatic = "auto"
    /// `cblas_sgemm` of OpenBLAS.
    case openBLAS = "openblas"
    /// The register-blocked Swift kernel.
    case swift
  }

  /// The implementation of the matrix product.
  package var products: Products
  /// The instruction set of the Swift kernels, which the processor supports.
  public let instructionSet: InstructionSet

  /// Creates an engine with `products` and the kernels for `instructionSet`.
  ///
  /// - Parameters:
  ///   - products: The implementation of the matrix product.
  ///   - instructionSet: One of ``availableInstructionSets``. If nil, the one that the environment
  ///     variable `LANGEVIN_KERNELS` names, or else the best one.
  package init(_ products: Products, instructionSet: InstructionSet? = nil) {
    let instructionSet = instructionSet ?? InstructionSet(Kernels.level)
    require(
      Kernels.available.contains(instructionSet.level),
      "Engine: no kernels for \(instructionSet.rawValue) in this build or processor")
    self.products = products
    self.instructionSet = instructionSet
  }

  /// The engine that chooses the faster product by shape and uses the best kernels.
  public static let automatic = Engine(.automatic)
  /// The engine that uses OpenBLAS for products and the best kernels for the rest.
  public static let openBLAS = Engine(.openBLAS)
  /// The engine that uses the best Swift kernels throughout.
  public static let swift = Engine(.swift)

  /// Returns the engine that uses the Swift kernels for `instructionSet` throughout.
  ///
  /// - Parameter instructionSet: One of ``availableInstructionSets``.
  public static func swift(_ instructionSet: InstructionSet) -> Engine {
    Engine(.swift, instructionSet: instructionSet)
  }

  /// The instruction sets that this processor supports and this build contains, in ascending order.
  ///
  /// Debug builds contain only ``InstructionSet/baseline`` unless they are built with
  /// `LANGEVIN_DEBUG_LEVELS=all` in the environment.
  public static var availableInstructionSets: [InstructionSet] {
    Kernels.available.map { InstructionSet($0) }
  }

  /// The problem with the value of the environment variable `LANGEVIN_KERNELS`; nil if it is valid.
  ///
  /// The variable names an instruction set to use instead of the best one. An invalid value is ignored;
  /// programs should show this text to their users.
  package static var environmentProblem: String? { Kernels.environmentProblem }

  /// The engine of every call that does not name one.
  ///
  /// Any thread may set it, for the whole process.
  public static var current: Engine {
    get { Engine(code: stored.load(ordering: .relaxed)) }
    set { stored.store(newValue.code, ordering: .relaxed) }
  }

  // One atomic number: layers read it for each row, and a lock would be contended.
  private static let stored = Atomic(Engine.automatic.code)

  // Indexing `allCases` would allocate an array on each read.
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

  /// The kernels for ``instructionSet``.
  package var kernels: KernelTable { Kernels.table(instructionSet.level) }
}
