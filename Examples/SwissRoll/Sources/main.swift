// Trains a model on points of a swiss roll for a few seconds, samples from it, and saves it.
import Foundation
import Langevin

let rows: [[Float]] = (0..<2000).map { index in
  let angle = 1.5 * Float.pi * (1 + 2 * Float(index) / 2000)
  return [angle * cos(angle), angle * sin(angle)]
}
let trainer = try Trainer(on: rows, epochs: 40, seed: 1)
for try await epoch in trainer.epochs where epoch.epoch % 10 == 0 {
  print("epoch \(epoch.epoch): loss \(epoch.loss), \(Int(epoch.stepsPerSecond)) steps/s")
}
let samples = try await trainer.model.sample(count: 1000, seed: 2)
print("mean \(samples.matrix.columnMeans)")

// The commands of `langevin` can read this folder as well.
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roll-\(UUID())").path
try trainer.model.save(to: folder)
let again = try await GenerativeModel(contentsOf: folder).sample(count: 1000, seed: 2)
try FileManager.default.removeItem(atPath: folder)
print("\(samples.count) samples, all finite: \(samples.matrix.isFinite)")
print("saved and loaded, the same samples: \(again.rows == samples.rows)")
