import Foundation
import LinearAlgebra

// The data: a swiss roll seen from the side.
let (u, z) = (RandomStream(seed: 1).uniform(rows: 10_000, columns: 1), RandomStream(seed: 2))
let jitter = z.normal(rows: 10_000, columns: 2)
let data = Matrix<Float>(rows: 10_000, columns: 2) { r, c in
  let angle = 1.5 * Float.pi * (1 + 2 * u[r, 0])
  return (angle * (c == 0 ? cos(angle) : sin(angle)) + jitter[r, c]) / 10
}

// The schedule of the preset `fixed`: the original one leaves 60 % of the signal.
let schedule = VarianceSchedule(start: 1e-3, end: 0.2)
var network = NoisePredictor()
let steps = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 2000 : 2000
var losses: [Double] = []
for step in 0..<steps {
  let random = { RandomStream(seed: $0, stream: UInt64(step)) }
  let rows = (0..<128).map { random(3).integer(below: data.rows, at: UInt64($0)) }
  let t = (0..<128).map { random(4).integer(below: 100, at: UInt64($0)) }
  let noise = random(5).normal(rows: 128, columns: 2)
  let x = schedule.diffuse(data.rows(at: rows), at: t, noise: noise)
  losses.append(network.train(x, at: t, noise: noise).loss)
}

// Sampling: from x_T ~ N(0, I), step by step.
var x = RandomStream(seed: 6).normal(rows: 1000, columns: 2)
for t in (0..<100).reversed() {
  let predicted = network.predict(x, at: Array(repeating: t, count: x.rows))
  let z = RandomStream(seed: 7, stream: UInt64(t)).normal(rows: 1000, columns: 2)
  x = schedule.reverse(x, at: t, predictedNoise: predicted, z: t > 0 ? z : 0 * z)
}
let last = losses.suffix(100).reduce(0, +) / Double(min(100, losses.count))
print("loss \(last), samples of deviation \(x.columnStandardDeviations())")
print(
  "the deviation of the data: \((x.norm / 1000.0.squareRoot() - data.norm / 100).magnitude < 0.1)")
