import Checkpoints
import Diffusion

extension DiffusionModel {
  /// What the doctor says of the noisiest level; nil if the model does not know its data.
  var diagnosis: ScheduleDiagnosis? {
    standardizedMoments.map { ScheduleDiagnosis(terminal: process.terminal, moments: $0) }
  }
}

extension ScheduleDiagnosis {
  /// In a line, with what to do if it is bad.
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
