import LinearAlgebra

/// A perceptron with a hidden layer, trained by gradient descent with gradients by hand.
func perceptron() {
  let x = 2 * uniform(200, 3) - 1
  let y = sin(3 * x[..., 0]) .* x[..., 1]

  var w1 = uniform(3, 16, seed: 1) - 0.5
  var b1 = Matrix<Double>.zeros(1, 16)
  var w2 = uniform(16, 1, seed: 2) - 0.5
  var b2 = Matrix<Double>.zeros(1, 1)
  let rate = 0.1
  for _ in 0..<500 {
    let h = tanh(x * w1 + .eachRow(b1))
    let g = 2 / Double(x.rows) * (h * w2 + .eachRow(b2) - y)
    let gh = g * w2.transpose .* (1 - h .* h)
    w1 -= rate * (x.transpose * gh)
    b1 -= rate * gh.columnSums
    w2 -= rate * (h.transpose * g)
    b2 -= rate * g.columnSums
  }
  let predictions = tanh(x * w1 + .eachRow(b1)) * w2 + .eachRow(b2)

  print("loss", (predictions - y).squaredNorm / Double(x.rows))
  print("w1", w1[0, ...].array)
  print("b2", b2[0, 0])
}
