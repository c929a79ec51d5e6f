import Checkpoints
import Diffusion
import LinearAlgebra

extension DiffusionModel {
  /// The diagnosis of the noisiest level; nil if the model does not know the moments of its data.
  var diagnosis: ScheduleDiagnosis? {
    standardizedMoments.map { ScheduleDiagnosis(terminal: process.terminal, moments: $0) }
  }
}

extension ScheduleDiagnosis {
  /// The verdict in one line, with a remedy unless it is good.
  var line: String {
    let bits = bitsPerDimension(priorTerm)
    let numbers =
      "alphaBar_T \(alphaBar.significant(3)), SNR_T \(signalToNoiseRatio.significant(3)), "
      + "prior term \(bits.significant(3)) bits/dim"
    switch verdict {
    case .good: return "schedule: good (\(numbers))"
    case .leaky, .bad:
      return "warning: the schedule is \(verdict.rawValue) (\(numbers)): \(advice)"
    }
  }
}
