import LangevinKernelTable

// Functions of every element. Those with kernels are within 4 ulp of the exact value, if that is not subnormal.

/// Returns |x| for every element x.
public func abs<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  unsafe a.mapped { unsafe $0.magnitude }
}

/// Returns √x for every element x, correctly rounded; NaN for negative x.
public func sqrt<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  unsafe a.mapped { unsafe $0.squareRoot }
}

/// Returns exp(x) for every element x, within 4 ulp; 0 where the exact value is subnormal.
public func exp<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  unsafe a.mapped { unsafe $0.exponential }
}

/// Returns exp(x) - 1 for every element x, within 4 ulp.
public func expMinusOne<A: MatrixOperand & ~Copyable & ~Escapable>(
  _ a: borrowing A
) -> Matrix<A.Element> { unsafe a.mapped { unsafe $0.exponentialMinusOne } }

/// Returns log(x) for every element x, within 4 ulp; −∞ for 0 and NaN for negative x.
public func log<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  unsafe a.mapped { unsafe $0.logarithm }
}

/// Returns log(1 + x) for every element x, within 4 ulp.
public func log<A: MatrixOperand & ~Copyable & ~Escapable>(
  onePlus a: borrowing A
) -> Matrix<A.Element> { unsafe a.mapped { unsafe $0.logarithmOnePlus } }

/// Returns tanh(x) for every element x, within 4 ulp.
public func tanh<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  unsafe a.mapped { unsafe $0.hyperbolicTangent }
}

/// Returns log(1 + exp(x)) for every element x, within 4 ulp; 0 where the exact value is subnormal.
public func softplus<A: MatrixOperand & ~Copyable & ~Escapable>(
  _ a: borrowing A
) -> Matrix<A.Element> { unsafe a.mapped { unsafe $0.softplus } }

/// Returns 1 / (1 + exp(-x)) for every element x, within 4 ulp; 0 where the exact value is subnormal.
public func sigmoid<A: MatrixOperand & ~Copyable & ~Escapable>(
  _ a: borrowing A
) -> Matrix<A.Element> { unsafe a.mapped { unsafe $0.sigmoid } }

/// Returns sin(x) for every element x in radians, by the C library.
public func sin<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  a.view.mappedInDouble { sine($0) }
}

/// Returns cos(x) for every element x in radians, by the C library.
public func cos<A: MatrixOperand & ~Copyable & ~Escapable>(_ a: borrowing A) -> Matrix<A.Element> {
  a.view.mappedInDouble { cosine($0) }
}

/// Returns x to the power `exponent` for every element x.
///
/// Whole exponents from -2 to 4 multiply; 0.5 takes the square root; others call the C library's `pow`.
public func pow<A: MatrixOperand & ~Copyable & ~Escapable>(
  _ a: borrowing A, _ exponent: A.Element
) -> Matrix<A.Element> {
  switch exponent {
  case 0.5: return sqrt(a)
  case 1: return Matrix(a.view)
  case 2: return a .* a
  case 3: return a .* a .* a
  case 4:
    let square = a .* a
    return square .* square
  case -1: return 1 / a
  case -2: return 1 / (a .* a)
  default:
    let exponent = Double(exponent)
    return a.view.mappedInDouble { power($0, exponent) }
  }
}

/// Returns the smaller of the elements of `a` and `b` at every place; NaN if either is NaN.
public func minimum<A: MatrixOperand & ~Copyable & ~Escapable>(
  _ a: borrowing A, _ b: borrowing some MatrixOperand<A.Element> & ~Copyable & ~Escapable
) -> Matrix<A.Element> { unsafe a.combined("minimum", with: b) { unsafe $0.minimum } }

/// Returns the greater of the elements of `a` and `b` at every place; NaN if either is NaN.
public func maximum<A: MatrixOperand & ~Copyable & ~Escapable>(
  _ a: borrowing A, _ b: borrowing some MatrixOperand<A.Element> & ~Copyable & ~Escapable
) -> Matrix<A.Element> { unsafe a.combined("maximum", with: b) { unsafe $0.maximum } }

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the elements moved into `limits`: smaller ones become its lower bound, greater ones its upper
  /// bound. NaN stays NaN.
  public func clamped(to limits: ClosedRange<Element>) -> Matrix<Element> {
    view.clamped(limits.lowerBound, limits.upperBound)
  }

  /// Returns the elements moved into `limits`: smaller ones become its bound. NaN stays NaN.
  public func clamped(to limits: PartialRangeFrom<Element>) -> Matrix<Element> {
    view.clamped(limits.lowerBound, .infinity)
  }

  /// Returns the elements moved into `limits`: greater ones become its bound. NaN stays NaN.
  public func clamped(to limits: PartialRangeThrough<Element>) -> Matrix<Element> {
    view.clamped(-.infinity, limits.upperBound)
  }
}

extension MatrixView {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func clamped(_ lower: Element, _ upper: Element) -> Matrix<Element> {
    map { x in
      let raised = x < lower ? lower : x
      return raised > upper ? upper : raised
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func mappedInDouble(_ function: (Double) -> Double) -> Matrix<Element> {
    map { Element(function(Double($0))) }
  }
}
