extension Report {
  /// The report for people.
  var text: String {
    let products = rows.filter { $0.kind == .product }
    let steps = rows.filter { $0.kind == .model }
    var parts = [header]
    if !products.isEmpty { parts.append(productText(products)) }
    if !steps.isEmpty { parts.append(modelText(steps)) }
    if !warnings.isEmpty {
      parts.append(warnings.map { "Warning: \($0)." }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  private var header: String {
    let variables = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"].compactMap { name -> String? in
      if let value = environment.openBLASVariables[name] { return "\(name)=\(value)" }
      return name == "OPENBLAS_CORETYPE" ? "\(name) not set" : nil
    }
    var table = Table([("langevin-benchmark \(version)", .left), ("", .left)])
    table.append(["Processor", "\(environment.processor), \(environment.processors) in use"])
    table.append(["Swift kernels", environment.kernelLevels.joined(separator: ", ") + "; 1 thread"])
    table.append([
      "OpenBLAS",
      """
      \(environment.openBLASCore) kernels; threads: \(environment.openBLASThreads); \
      \(variables.joined(separator: ", "))
      """,
    ])
    table.append(["", environment.openBLASConfiguration])
    table.append(["Load average", environment.load.map { NumberText.fixed($0, 2) }])
    return table.text
  }

  private func productText(_ products: [Row]) -> String {
    var table = Table([
      ("Product, rows × inner × columns", .left), ("by", .left), ("median µs", .right),
      ("quartiles", .right), ("GFLOP/s", .right), ("of best", .right), ("× OpenBLAS", .right),
    ])
    for row in products {
      for (index, measurement) in row.measurements.enumerated() {
        table.append(
          [index == 0 ? row.name : "", measurement.contender] + timeCells(measurement) + [
            measurement.gigaflops.map { NumberText.fixed($0, 1) },
            measurement.gigaflops.flatMap { rate in
              best.map { percent(rate / $0.gigaflops) }
            }, measurement.speedRelativeToOpenBLAS.map { NumberText.fixed($0, 2) },
          ])
      }
      table.appendBlank()
    }
    return """
      \(table.text)
      Best: \(describe(best)).
      × OpenBLAS: how many times as fast, the median over rounds of one timing of each.
      Forward is x Wᵀ, input gradient dY W, weight gradient dYᵀ x, square A B.
      """
  }

  private func modelText(_ steps: [Row]) -> String {
    var table = Table([
      ("Step of the seed's model", .left), ("products by", .left), ("median µs", .right),
      ("quartiles", .right), ("arithmetic µs", .right), ("share", .right), ("× OpenBLAS", .right),
    ])
    for row in steps {
      let arithmetic = bestOfOneThread.map { row.operationsPerStep / ($0.gigaflops * 1e9) }
      for (index, measurement) in row.measurements.enumerated() {
        let share = measurement.secondsPerStep.flatMap { seconds in
          arithmetic.map { percent($0 / seconds.median) }
        }
        table.append(
          [index == 0 ? row.name : "", measurement.contender] + timeCells(measurement) + [
            arithmetic.map { microseconds($0) }, share,
            measurement.speedRelativeToOpenBLAS.map { NumberText.fixed($0, 2) },
          ])
      }
      table.appendBlank()
    }
    return """
      \(table.text)
      One thread; all but the products is Swift's in both.
      Arithmetic: what the products' operations take at the best rate of one thread,
      \(describe(bestOfOneThread)).
      """
  }

  private func timeCells(_ measurement: Measurement) -> [String?] {
    [
      measurement.secondsPerStep.map { microseconds($0.median) },
      measurement.secondsPerStep.map {
        "\(microseconds($0.lowerQuartile)) – \(microseconds($0.upperQuartile))"
      },
    ]
  }

  private func describe(_ best: BestRate?) -> String {
    guard let best else { return Table.missing }
    return "\(NumberText.fixed(best.gigaflops, 1)) GFLOP/s by \(best.contender), \(best.row)"
  }

  private func microseconds(_ seconds: Double) -> String { NumberText.fixed(seconds * 1e6, 1) }

  private func percent(_ part: Double) -> String { NumberText.fixed(part * 100, 0) + " %" }
}
