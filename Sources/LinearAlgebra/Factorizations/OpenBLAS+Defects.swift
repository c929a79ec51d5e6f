extension OpenBLAS {
  /// Whether OpenBLAS' product of a symmetric matrix of `type` and a vector reads memory that it has not
  /// written.
  ///
  /// `ssymv` of OpenBLAS 0.3.21 does on x86-64 processors before Nehalem, and on newer ones that it does not
  /// know, where it falls back to "Prescott". If its buffer holds NaN or infinities of an earlier call, results of
  /// `ssyevd` and `ssytri` are wrong. Factorizations avoid these routines there.
  static func corruptsSymmetricProducts<Element: MatrixElement>(of type: Element.Type) -> Bool {
    type == Float.self && hasDefectiveProduct
  }

  private static let hasDefectiveProduct = [
    "katmai", "coppermine", "northwood", "prescott", "banias", "core2", "penryn", "dunnington",
    "atom", "nano", "athlon", "opteron", "opteron_sse3", "barcelona", "bobcat",
  ].contains(coreName.lowercased())
}
