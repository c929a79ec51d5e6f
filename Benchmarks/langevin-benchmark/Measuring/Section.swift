/// A section of the report.
enum Section: String, Codable, CaseIterable, Sendable {
  /// Matrix products alone.
  case kernels
  /// Single layers, with their epilogues.
  case layers
  /// Whole steps of training and sampling, and the parts of a training step.
  case model
  /// Rates against threads, batch size and width.
  case scaling
}
