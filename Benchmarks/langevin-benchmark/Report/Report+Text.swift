extension Report {
  /// The report as text.
  var text: String {
    var parts = [heading]
    for section in Section.allCases {
      let rows = rows.filter { $0.section == section }
      if !rows.isEmpty { parts.append(text(of: section, rows)) }
    }
    if !warnings.isEmpty {
      parts.append(warnings.map { "Warning: \($0)." }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  private func text(of section: Section, _ rows: [Row]) -> String {
    switch section {
    case .kernels: kernelsText(rows)
    case .layers: layersText(rows)
    case .model: modelText(rows)
    case .scaling: scalingText(rows)
    }
  }

  private func kernelsText(_ rows: [Row]) -> String {
    let table = Table(
      rows, names: "rows × inner × columns", by: "by",
      [.median, .quartiles, .rate, .ofPeak, .speed("× OpenBLAS")])
    return """
      KERNELS: matrix products

      \(table.text)
      × OpenBLAS: the speed relative to OpenBLAS, as a median over rounds.
      Forward is x Wᵀ, input gradient dY W, weight gradient dYᵀ x, square A B.
      Wrapper: a product of Matrix<Float> by OpenBLAS, compared with the bare call of cblas_sgemm.
      """
  }

  private func layersText(_ rows: [Row]) -> String {
    let table = Table(
      rows.filter { $0.part != nil }, names: "layer", by: "by",
      [.median, .quartiles, .rate, .ofPeak, .speed("× OpenBLAS")])
    return """
      LAYERS: each layer of the model of the preset original, \(LayerPass.rows) rows

      \(table.text)
      Forward: product and bias; in hidden layers also timestep scale, softplus and its derivative.
      Backward: gradients of all parameters and, except in the first layer, of inputs.
      Rates count only the operations of products. One thread.
      """
  }

  private func modelText(_ rows: [Row]) -> String {
    let parted = Set(rows.filter { $0.part != nil }.map(\.name))
    let whole = rows.filter { !parted.contains($0.name) }
    var texts: [String] = []
    if !whole.isEmpty {
      let table = Table(
        whole, names: "step", by: "products by",
        [.median, .quartiles, .atPeak, .ofPeak, .speed("× OpenBLAS")])
      texts.append(
        """
        MODEL: steps of the preset original

        \(table.text)
        At peak: the time of the products' operations alone, at the peak with as many threads.
        Training by OpenBLAS is one task for any number of threads. Swift does all but the products.
        """)
    }
    for name in parted.sorted() {
      let table = Table(
        parts: rows.filter { $0.name == name }, names: "products by",
        [.median, .quartiles, .share, .rate, .ofPeak, .atPeak, .speed("× OpenBLAS")])
      texts.append(
        """
        MODEL: \(name)

        \(table.text)
        The parts are timed within whole steps; '\(ModelWork.wholeStep)' is a step timed as a whole.
        × OpenBLAS: relative to OpenBLAS with one thread.
        """)
    }
    return texts.joined(separator: "\n\n")
  }

  private func scalingText(_ rows: [Row]) -> String {
    let table = Table(
      rows, names: "curve", by: "with",
      [.median, .quartiles, .rate, .ofPeak, .ofBest, .speed("× first")])
    return """
      SCALING: rates against threads, batch size and width

      \(table.text)
      Of best: relative to the highest rate of the curve; × first: to its first; medians over rounds.
      Of peak: relative to the peak with as many threads. The engine is auto: Swift, or OpenBLAS at
      baseline.
      """
  }
}
