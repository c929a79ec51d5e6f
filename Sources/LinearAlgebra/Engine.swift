@_exported public import KernelTable
import Kernels
import LangevinPreconditions
import Synchronization

/// What computes: which product is used, and which build of the Swift kernels.
///
/// A value that functions take as their last argument; ``current`` is what they use if none is
/// given. Engines agree within rounding; one engine gives the same bits at each run.
public struct Engine: Sendable, Hashable {
  /// Which implementation of the matrix product.
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
  /// Which build of the Swift kernels; one that the processor can run.
  public let level: KernelLevel

  /// An engine with `products` and the kernels of `level`, by default the best that the processor
  /// runs.
  public init(_ products: Products, level: KernelLevel? = nil) {
    let level = level ?? Kernels.level
    require(
      Kernels.available.contains(level),
      "Engine: this processor cannot run kernels of level \(level.rawValue)")
    self.products = products
    self.level = level
  }

  /// The faster product by shape, and the best kernels.
  public static let automatic = Engine(.automatic)
  /// OpenBLAS for products, and the best kernels for all else.
  public static let openBLAS = Engine(.openBLAS)
  /// Swift throughout, with the best kernels.
  public static let swift = Engine(.swift)

  /// The kernel levels that this processor can run, in ascending order.
  public static var availableLevels: [KernelLevel] { Kernels.available }

  /// What is wrong with the environment variable `LANGEVIN_KERNELS`, which names a kernel level to
  /// use instead of the best one; nil if nothing is. A program that has users tells them.
  public static var environmentProblem: String? { Kernels.environmentProblem }

  /// The engine of every call that is given none. Setting it is safe from any thread and concerns
  /// the whole process.
  public static var current: Engine {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }

  private static let stored = Mutex(Engine.automatic)

  /// The functions of ``level``.
  package var kernels: KernelTable { Kernels.table(level) }
}
