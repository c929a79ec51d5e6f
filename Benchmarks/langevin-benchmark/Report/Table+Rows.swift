extension Table {
  /// Creates a table of `rows` with a line for each contender, and a blank line after each row.
  init(_ rows: [Row], names: String, by: String, _ columns: [Column]) {
    self.init(
      [(names, .left), (by, .left)] + columns.map { ($0.heading, .right) })
    for row in rows {
      let name = row.part.map { "\(row.name), \($0)" } ?? row.name
      for (index, measurement) in row.measurements.enumerated() {
        append(
          [index == 0 ? name : "", measurement.contender] + columns.map { $0.cell(measurement) })
      }
      appendBlank()
    }
  }

  /// Creates a table of the parts of one step and of the whole step, for each contender.
  init(parts rows: [Row], names: String, _ columns: [Column]) {
    self.init(
      [(names, .left), ("part", .left)] + columns.map { ($0.heading, .right) })
    for contender in rows.last?.measurements.map(\.contender) ?? [] {
      var name = contender
      for row in rows {
        for measurement in row.measurements where measurement.contender == contender {
          append([name, row.part ?? "all"] + columns.map { $0.cell(measurement) })
          name = ""
        }
      }
      appendBlank()
    }
  }
}
