import LinearAlgebra

extension Operands {
  /// Returns a copy, or a loop over elements.
  func creation(_ name: String) -> Operation? {
    switch name {
    case "create":
      let (size, elements) = (size, a.array)
      return { keep(Matrix(rows: size, columns: size, elements: elements)) }
    case "read":
      let a = a
      return { keep(sumOfElements(a)) }
    case "write":
      var a = a
      return {
        writeElements(&a)
        keep(a)
      }
    case "write-rows":
      var a = a
      return {
        writeRows(&a)
        keep(a)
      }
    case "transpose":
      let a = a
      return { keep(a.transposed) }
    default: return nil
    }
  }

  /// Returns an operation on each element.
  func elementwise(_ name: String) -> Operation? {
    let (a, b, positive) = (a, b, positive)
    switch name {
    case "halve": return { keep(a / 2) }
    case "add": return { keep(a + b) }
    case "map": return { keep(squaresPlusOne(a)) }
    case "compare": return { keep(a .> 0) }
    case "where":
      let mask = a .> 0
      return { keep(mask.choose(a, b)) }
    case "exp": return { keep(exp(a)) }
    case "log": return { keep(log(positive)) }
    case "tanh": return { keep(tanh(a)) }
    case "sqrt": return { keep(sqrt(positive)) }
    default: return nil
    }
  }

  /// Returns a reduction, or an operation along rows.
  func reduction(_ name: String) -> Operation? {
    let a = a
    switch name {
    case "sum": return { keep(a.sum) }
    case "row-sums": return { keep(a.rowSums) }
    case "column-sums": return { keep(a.columnSums) }
    case "variance": return { keep(a.variance()) }
    case "maximum": return { keep(a.maximum) }
    case "argmax": return { keep(a.argmax()) }
    case "row-argmax": return { keep(a.rowArgmax()) }
    case "cumulative": return { keep(a.cumulativeRowSums()) }
    case "sort": return { keep(a.sortedRows()) }
    default: return nil
    }
  }
}

// Loops as users write them, compiled for each type.

@specialized(where Element == Float)
@specialized(where Element == Double)
@inline(never)
private func sumOfElements<Element: MatrixElement>(_ matrix: Matrix<Element>) -> Element {
  var sum: Element = 0
  for i in 0..<matrix.rows {
    for j in 0..<matrix.columns { sum += matrix[i, j] }
  }
  return sum
}

@specialized(where Element == Float)
@specialized(where Element == Double)
@inline(never)
private func writeElements<Element: MatrixElement>(_ matrix: inout Matrix<Element>) {
  for i in 0..<matrix.rows {
    for j in 0..<matrix.columns { matrix[i, j] = Element(i &+ j) }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
@inline(never)
private func writeRows<Element: MatrixElement>(_ matrix: inout Matrix<Element>) {
  for i in 0..<matrix.rows {
    var row = matrix.mutableRow(i)
    for j in row.indices { row[j] = Element(i &+ j) }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
@inline(never)
private func squaresPlusOne<Element: MatrixElement>(_ matrix: Matrix<Element>) -> Matrix<Element> {
  matrix.map { $0 * $0 + 1 }
}
