import LangevinKernelTable
import LangevinPreconditions

infix operator .* : MultiplicationPrecedence
infix operator ./ : MultiplicationPrecedence

extension Matrix {
  /// Returns the elementwise sum.
  public static func + (a: Matrix, b: Matrix) -> Matrix { unsafe combine("+", a, b, \.add) }

  /// Returns the elementwise difference.
  public static func - (a: Matrix, b: Matrix) -> Matrix { unsafe combine("-", a, b, \.subtract) }

  /// Returns the elementwise (Hadamard) product. The matrix product is `*`.
  public static func .* (a: Matrix, b: Matrix) -> Matrix {
    unsafe combine(".*", a, b, \.multiplyElements)
  }

  /// Returns the elementwise quotient.
  public static func ./ (a: Matrix, b: Matrix) -> Matrix { unsafe combine("./", a, b, \.divide) }

  /// Adds `b` element by element.
  public static func += (a: inout Matrix, b: Matrix) { a.add(b) }

  /// Subtracts `b` element by element.
  public static func -= (a: inout Matrix, b: Matrix) { a.add(b, scaledBy: -1) }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (factor: Float, a: Matrix) -> Matrix {
    var result = a
    result *= factor
    return result
  }

  /// Returns `a` with every element multiplied by `factor`.
  public static func * (a: Matrix, factor: Float) -> Matrix { factor * a }

  /// Returns `a` with every element divided by `divisor`.
  public static func / (a: Matrix, divisor: Float) -> Matrix { a.map { $0 / divisor } }

  /// Returns `a` with the sign of every element changed.
  public static prefix func - (a: Matrix) -> Matrix { -1 * a }

  /// Multiplies every element by `factor`.
  public static func *= (a: inout Matrix, factor: Float) {
    a.withMutableHandle { handle in
      unsafe Engine.current.kernels.scale(
        handle.rows * handle.columns, factor, handle.base, handle.base)
    }
  }

  /// Adds `factor * other`, which has the same shape.
  public mutating func add(_ other: Matrix, scaledBy factor: Float = 1) {
    requireSameShape("add", self, other)
    withMutableHandle { handle in
      other.withHandle { other in
        unsafe Engine.current.kernels.addScaled(
          handle.rows * handle.columns, factor, other.base, handle.base)
      }
    }
  }

  /// Adds the single row of `row` to every row.
  public mutating func addToEachRow(_ row: Matrix) {
    require(
      row.rows == 1 && row.columns == columns,
      "addToEachRow: \(row.shapeDescription) is not a single row of \(columns) columns")
    withMutableHandle { handle in
      row.withHandle { row in
        let kernels = Engine.current.kernels
        for index in 0..<handle.rows {
          let line = unsafe handle.base + index * handle.stride
          unsafe kernels.add(handle.columns, line, row.base, line)
        }
      }
    }
  }

  /// Returns the matrix of `transform(element)` for every element.
  public func map(_ transform: (Float) throws -> Float) rethrows -> Matrix {
    try Matrix(rows: rows, columns: columns) { try transform(self[$0, $1]) }
  }

  /// A copy of the transpose.
  public var transposed: Matrix {
    Matrix(rows: columns, columns: rows) { self[$1, $0] }
  }

  /// Returns exp(x) for every element x, within 4 ulp.
  public func exponential() -> Matrix { unsafe apply(\.exponential) }
  /// Returns log(1 + x) for every element x, within 4 ulp.
  public func logarithmOnePlus() -> Matrix { unsafe apply(\.logarithmOnePlus) }
  /// Returns log(1 + exp(x)) for every element x, within 4 ulp.
  public func softplus() -> Matrix { unsafe apply(\.softplus) }
  /// Returns 1 / (1 + exp(-x)) for every element x, within 4 ulp.
  public func sigmoid() -> Matrix { unsafe apply(\.sigmoid) }

  private func apply(_ function: KeyPath<KernelTable, KernelTable.Map>) -> Matrix {
    var result = Matrix(uninitializedRows: rows, columns: columns)
    result.withMutableHandle { result in
      withHandle { x in
        unsafe Engine.current.kernels[keyPath: function](x.rows * x.columns, x.base, result.base)
      }
    }
    return result
  }

  private static func combine(
    _ name: String, _ a: Matrix, _ b: Matrix, _ function: KeyPath<KernelTable, KernelTable.Combine>
  ) -> Matrix {
    requireSameShape(name, a, b)
    var result = Matrix(uninitializedRows: a.rows, columns: a.columns)
    result.withMutableHandle { result in
      a.withHandle { a in
        b.withHandle { b in
          unsafe Engine.current.kernels[keyPath: function](
            a.rows * a.columns, a.base, b.base, result.base)
        }
      }
    }
    return result
  }
}

/// Stops the program with both shapes in the message if they differ.
func requireSameShape(_ name: String, _ a: Matrix, _ b: Matrix) {
  require(
    a.rows == b.rows && a.columns == b.columns,
    "\(name): the shapes \(a.shapeDescription) and \(b.shapeDescription) differ")
}
