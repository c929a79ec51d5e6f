extension Report {
  /// The report for people.
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
      × OpenBLAS: how many times as fast, the median over rounds of one timing of each.
      Forward is x Wᵀ, input gradient dY W, weight gradient dYᵀ x, square A B.
      Wrapper: a product of Matrix by OpenBLAS, and nothing but the call of cblas_sgemm.
      """
  }

  private func layersText(_ rows: [Row]) -> String {
    let table = Table(
      rows.filter { $0.part != nil }, names: "layer", by: "by",
      [.median, .quartiles, .rate, .ofPeak, .speed("× OpenBLAS")])
    return """
      LAYERS: of the seed's model, each by itself, \(LayerPass.rows) rows

      \(table.text)
      Forward: product, bias; in hidden layers scale by timestep, softplus and its derivative.
      Backward: gradients of all parameters and, but in the first layer, of inputs.
      Rates count the products' operations alone. One thread.
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
        MODEL: steps of the seed's

        \(table.text)
        At peak: what the products' operations alone would take, at the peak of as many threads.
        Training by OpenBLAS is one task, whatever the threads. All but products is Swift's in both.
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
        Timed one after the other within whole steps; '\(ModelWork.wholeStep)' is a step timed as a
        whole. × OpenBLAS: with one thread.
        """)
    }
    return texts.joined(separator: "\n\n")
  }

  private func scalingText(_ rows: [Row]) -> String {
    let table = Table(
      rows, names: "curve", by: "with",
      [.median, .quartiles, .rate, .ofPeak, .ofBest, .speed("× first")])
    return """
      SCALING: rates against threads, batch and width

      \(table.text)
      Of best: of the highest rate of the curve; × first: of its first; medians over rounds.
      Of peak: of that of as many threads. The engine is auto: Swift, unless at baseline.
      """
  }
}
