// Typical mistakes of users of LinearAlgebra, one on each line, and a part of the compiler's error.
// Tests/check-diagnostics.sh compiles them. Nothing else does: this folder belongs to no target.
// swift-format-ignore-file

import LinearAlgebra

func arrayOfTheOtherType(_ v: [Double]) { _ = Matrix<Float>(rows: 1, columns: 2, elements: v) }  // value of type '[Double]' to expected argument type '[Float]'
func rowOfTheOtherType(_ v: [Double]) { _ = Matrix<Float>(row: v) }  // value of type '[Double]' to expected argument type '[Float]'
func vectorOfTheOtherType(_ a: Matrix<Float>, _ v: [Double]) { _ = a * v }  // value of type '[Double]' to expected argument type '[Float]'
func broadcastOfTheOtherType(_ a: Matrix<Double>, _ v: [Float]) { _ = a - .eachRow(v) }  // value of type '[Float]' to expected argument type '[Double]'
func sumOfTypes(_ a: Matrix<Float>, _ b: Matrix<Double>) { _ = a + b }  // '+' cannot be applied to operands of type 'Matrix<Float>' and 'Matrix<Double>'
func productOfTypes(_ a: Matrix<Float>, _ b: Matrix<Double>) { _ = a * b }  // '*' cannot be applied to operands of type 'Matrix<Float>' and 'Matrix<Double>'
func layerOfTypes(_ x: Matrix<Double>, _ w: Matrix<Float>, _ b: Matrix<Double>) { _ = tanh(x * w + .eachRow(b)) }  // '*' cannot be applied to operands of type 'Matrix<Double>' and 'Matrix<Float>'
func factorOfTheOtherType(_ a: Matrix<Double>, _ rate: Float) { _ = rate * a }  // value of type 'Matrix<Double>' to expected argument type 'Matrix<Float>'
func stepOfTheOtherType(_ w: inout Matrix<Double>, _ rate: Float, _ g: Matrix<Double>) { w -= rate * g }  // '*' cannot be applied to operands of type 'Float' and 'Matrix<Double>'
func identityOfTheOtherType(_ a: Matrix<Double>, _ s: Float) { _ = a + s * .identity(3) }  // operands of type 'Matrix<Double>' and 'Matrix<Float>'
func elementOfTheOtherType(_ a: Matrix<Double>) { let x: Float = a[0, 0]; _ = x }  // value of type 'Double' to specified type 'Float'
func meanOfFloats(_ a: Matrix<Float>) { _ = a - a.mean }  // value of type 'Matrix<Float>' to expected argument type 'Matrix<Double>'
func normOfFloats(_ a: Matrix<Float>) { _ = a / a.norm }  // value of type 'Matrix<Float>' to expected argument type 'Matrix<Double>'
func integerDivisor(_ a: Matrix<Double>, _ n: Int) { _ = a / n }  // '/' cannot be applied to operands of type 'Matrix<Double>' and 'Int'
func integerFactor(_ a: Matrix<Double>, _ n: Int) { _ = (a - .eachRow(a.columnMeans)) * n }  // '*' cannot be applied to operands of type 'Matrix<Double>' and 'Int'
func integerElement(_ a: inout Matrix<Double>, _ n: Int) { a[0, 0] = n }  // cannot assign value of type 'Int'
func integersInAClosure(_ n: Int) { _ = Matrix<Double>(rows: 2, columns: n) { i, j in i + j } }  // value of type 'Int' to closure result type 'Double'
func floatsInAClosure() { _ = Matrix<Double>(rows: 3, columns: 3) { i, j in 1 / Float(i + j + 1) } }  // value of type 'Float' to closure result type 'Double'
func integersOfAMap(_ a: Matrix<Double>) { _ = a.map { Int($0) } }  // requires that 'Int' conform to 'MatrixElement'
func matrixOfIntegers(_ a: Matrix<Int>) { _ = a }  // type 'Int' does not conform to protocol 'MatrixElement'
func matrixOfNoType(_ a: Matrix) { _ = a }  // reference to generic type 'Matrix' requires arguments
func literalOfOneDimension() { let a: Matrix<Double> = [1, 2, 3]; _ = a }  // value of type 'Int' to expected element type '[Double]'
func literalOfThreeDimensions() { let a: Matrix<Double> = [[[1, 2]]]; _ = a }  // value of type '[Int]' to expected element type 'Double'
func literalOfText(_ a: Matrix<Double>) throws { _ = try a.solve([1, 2, "3"]) }  // value of type 'String' to expected element type 'Double'
func withoutTry(_ a: Matrix<Double>) { _ = a.inverse() }  // call can throw, but it is not marked with 'try'
func withoutTryTwice(_ a: Matrix<Double>) throws { _ = a.cholesky().solve(a) }  // call can throw but is not marked with 'try'
func quotientOfMatrices(_ a: Matrix<Double>, _ b: Matrix<Double>) { _ = a / b }  // '/' cannot be applied to two 'Matrix<Double>' operands
func factorizationAsAMatrix(_ a: Matrix<Double>) throws { let l: Matrix<Double> = try a.cholesky(); _ = l }  // value of type 'Cholesky<Double>' to specified type 'Matrix<Double>'
func transposeAsAMatrix(_ a: Matrix<Double>) { let b: Matrix<Double> = a.transpose; _ = b }  // value of type 'Transpose<Double>' to specified type 'Matrix<Double>'
func maximumOfNothing(_ a: Matrix<Double>) { let x: Double = a.maximum; _ = x }  // value of optional type 'Double?' must be unwrapped
func transposeOfNumPy(_ a: Matrix<Double>) { _ = a.T * a }  // value of type 'Matrix<Double>' has no member 'T'
func axisOfNumPy(_ a: Matrix<Double>) { _ = a.sum(axis: 0) }  // cannot call value of non-function type 'Double'
func powerOfNumPy(_ a: Matrix<Double>) { _ = a ** 2 }  // did you mean 'pow(_:_:)'?
func maskAsACondition(_ a: Matrix<Double>) { if a .> 0 { print(a) } }  // value of type 'Mask' to expected condition type 'Bool'
func constantMatrix(_ a: Matrix<Double>) { a[0, 0] = 1 }  // cannot assign through subscript: 'a' is a 'let' constant
func constantSum(_ a: Matrix<Double>) { a += 1 }  // 'a' is a 'let' constant
func loopOverAMatrix(_ a: Matrix<Double>) { for x in a { print(x) } }  // requires 'Matrix<Double>' to conform to 'Sequence'
func unknownMember(_ a: Matrix<Double>) { _ = (1 + a) .* exp(-a.foo(3)) }  // value of type 'Matrix<Double>' has no member 'foo'
func rowOfSwift(_ a: Matrix<Double>) { _ = a[0] }  // write 'a[i, ...]' for a row
func elementOfSwift(_ a: Matrix<Double>) { _ = a[0][1] }  // 'a[i, j]' for an element
func comparisonOfNumPy(_ a: Matrix<Double>) { _ = a > 0 }  // write '.>'
func equalityOfNumPy(_ a: Matrix<Float>) { _ = a == 0 }  // write '.=='
func maskOfNumPy(_ a: inout Matrix<Double>) { a[a .> 0] = 5 }  // write 'a.replace(where: mask, with: number)'
func residualOfArrays(_ a: Matrix<Double>, _ x: [Double], _ b: [Double]) { _ = b - a * x }  // arrays have no arithmetic
func broadcastOfNumPy(_ a: Matrix<Double>, _ b: [Double]) { _ = a + b }  // write '.eachRow(v)'
