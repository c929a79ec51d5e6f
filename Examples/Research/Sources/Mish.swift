import LinearAlgebra
import NeuralNetwork

/// x tanh(log(1 + exp(x))) (Misra 2019, arXiv 1908.08681). With e = exp(x) and n = e (e + 2), the
/// hyperbolic tangent is n / (n + 2).
let mish = Elementwise { x, values, derivatives in
  for i in x.indices { values[i] = min(x[i], 20) }
  values.formExponential()
  for i in x.indices {
    let e = values[i], n = e * (e + 2), d = 1 / (n + 2)
    values[i] = x[i] * n * d
    derivatives[i] = d * (n + 4 * x[i] * e * (e + 1) * d)
  }
}
