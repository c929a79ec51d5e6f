/// A part of the report.
enum Section: String, Codable, CaseIterable, Sendable {
  /// Matrix products by themselves.
  case kernels
  /// One layer, with all that surrounds its product.
  case layers
  /// Whole steps of training and sampling.
  case model
  /// Rates against threads, batch and width.
  case scaling
}
