/// The parts of a training step, in their order, for those who want to know how long each takes.
package enum StepPhase: Int, CaseIterable, Sendable {
  /// Whatever comes before the passes.
  case batch
  /// With several threads, this and the next are part of `inputGradients`.
  case forward
  case loss
  case inputGradients
  case parameterGradients
  case update
}
