import LangevinPreconditions

// What users of other libraries write first. These declarations exist only for the compiler's message, which
// would otherwise name a wrong overload. Tests/Mistakes checks the messages.

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  @available(
    *, unavailable, message: "write 'a[i, ...]' for a row as a matrix, 'a[i, j]' for an element"
  )
  public subscript(row: Int) -> Matrix<Element> { requirementFailure("unavailable") }

  @available(*, unavailable, message: "write '.<', which gives a mask of the elements")
  public static func < (a: borrowing Self, number: Element) -> Mask {
    requirementFailure("unavailable")
  }

  @available(*, unavailable, message: "write '.<=', which gives a mask of the elements")
  public static func <= (a: borrowing Self, number: Element) -> Mask {
    requirementFailure("unavailable")
  }

  @available(*, unavailable, message: "write '.>', which gives a mask of the elements")
  public static func > (a: borrowing Self, number: Element) -> Mask {
    requirementFailure("unavailable")
  }

  @available(*, unavailable, message: "write '.>=', which gives a mask of the elements")
  public static func >= (a: borrowing Self, number: Element) -> Mask {
    requirementFailure("unavailable")
  }

  @available(*, unavailable, message: "write '.==', which gives a mask of the elements")
  public static func == (a: borrowing Self, number: Element) -> Mask {
    requirementFailure("unavailable")
  }

  @available(*, unavailable, message: "write '.!=', which gives a mask of the elements")
  public static func != (a: borrowing Self, number: Element) -> Mask {
    requirementFailure("unavailable")
  }
}

extension Matrix {
  @available(*, unavailable, message: "write 'a.replace(where: mask, with: number)'")
  public subscript(mask: Mask) -> Element {
    get { requirementFailure("unavailable") }
    set { requirementFailure("unavailable") }
  }

  @available(*, unavailable, message: "write '.eachRow(v)' or '.eachColumn(v)' for the array")
  public static func + (a: Matrix, b: [Element]) -> Matrix { requirementFailure("unavailable") }
}

extension Array where Element: MatrixElement {
  @available(
    *, unavailable, message: "arrays have no arithmetic: subtract matrices, 'Matrix(column: v)'"
  )
  public static func - (a: [Element], b: [Element]) -> [Element] {
    requirementFailure("unavailable")
  }
}
