/// The phases of a training step in order, for timing them.
package enum StepPhase: Int, CaseIterable, Sendable {
  /// Everything before the passes.
  case batch
  /// The forward pass. With several threads, `inputGradients` includes this phase and the next.
  case forward
  case loss
  case inputGradients
  case parameterGradients
  case update
}
