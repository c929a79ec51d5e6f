extension Dataset {
  /// The outline of a sitting cat, drawn by hand.
  ///
  /// It consists of Bézier curves, each replaced by 32 straight pieces. Points are uniform along the whole line:
  ///
  ///     (x, y) = C(u · length), u ~ U(0, 1),  + noise · N(0, I)
  public static let outline = Dataset(
    plane: "outline", summary: "the outline of a sitting cat", defaultNoise: 0.02
  ) { u, z, noise in outlineCurve.point(at: u.x) + noise * z }

  static let outlineCurve = ClosedCurve([
    // Forehead, ears, neck and back.
    ClosedCurve.Segment(-1.30, 1.30, -1.20, 1.45, -1.05, 1.50),
    ClosedCurve.Segment(-1.06, 1.70, -1.03, 1.85, -0.98, 1.98),
    ClosedCurve.Segment(-0.85, 1.90, -0.75, 1.78, -0.68, 1.64),
    ClosedCurve.Segment(-0.60, 1.66, -0.52, 1.66, -0.45, 1.63),
    ClosedCurve.Segment(-0.38, 1.76, -0.28, 1.86, -0.15, 1.94),
    ClosedCurve.Segment(-0.10, 1.75, -0.10, 1.60, -0.14, 1.40),
    ClosedCurve.Segment(-0.02, 1.20, -0.08, 1.00, 0.05, 0.80),
    ClosedCurve.Segment(0.60, 0.45, 1.05, -0.20, 1.05, -1.10),
    // The tail, up and back.
    ClosedCurve.Segment(1.30, -1.05, 1.42, -0.75, 1.40, -0.40),
    ClosedCurve.Segment(1.38, -0.05, 1.50, 0.20, 1.72, 0.20),
    ClosedCurve.Segment(1.88, 0.20, 1.92, 0.00, 1.80, -0.08),
    ClosedCurve.Segment(1.66, -0.16, 1.72, -0.40, 1.72, -0.60),
    ClosedCurve.Segment(1.72, -1.30, 1.50, -1.75, 0.85, -1.75),
    // Paws, chest and face.
    ClosedCurve.Segment(0.30, -1.75, -0.20, -1.75, -0.75, -1.75),
    ClosedCurve.Segment(-1.00, -1.75, -0.98, -1.48, -0.70, -1.48),
    ClosedCurve.Segment(-0.62, -1.00, -0.85, -0.50, -0.82, 0.05),
    ClosedCurve.Segment(-0.80, 0.35, -0.75, 0.50, -0.85, 0.68),
    ClosedCurve.Segment(-1.05, 0.66, -1.30, 0.75, -1.40, 0.95),
    ClosedCurve.Segment(-1.42, 1.02, -1.38, 1.08, -1.35, 1.12),
  ])
}
