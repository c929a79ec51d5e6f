internal import Plots

/// The frequencies of the categories of a column, in the data and in the samples.
package struct CategoryShares: Sendable, Hashable {
  /// A category and its frequencies, from 0 to 1.
  package struct Share: Sendable, Hashable {
    /// The name of the category.
    package let name: String
    /// The frequency in the data.
    package let data: Double
    /// The frequency in the samples.
    package let samples: Double
  }

  /// The name of the column.
  package let name: String
  /// The frequencies of the categories.
  package let categories: [Share]

  /// Computes the frequencies in a column.
  ///
  /// - Parameters:
  ///   - name: The name of the column.
  ///   - categories: The names of the categories.
  ///   - data: The index of the category of each real row; any other number is a missing cell.
  ///   - samples: The same for each sample.
  package init(_ name: String, categories: [String], data: [Int], samples: [Int]) {
    self.name = name
    func shares(_ codes: [Int]) -> [Double] {
      var counts = [Double](repeating: 0, count: categories.count + 1)
      for code in codes {
        counts[categories.indices.contains(code) ? code : categories.count] += 1
      }
      return counts.map { $0 / Double(max(1, codes.count)) }
    }
    let (data, samples) = (shares(data), shares(samples))
    let names = categories + ["(missing)"]
    self.categories = names.indices.compactMap { index in
      if index == categories.count && data[index] == 0 && samples[index] == 0 { return nil }
      return Share(name: names[index], data: data[index], samples: samples[index])
    }
  }
}

extension ReportSection {
  /// Returns a section with the frequencies of the categories of each of `columns`, in the data and in the
  /// samples.
  ///
  /// - Parameters:
  ///   - columns: The columns to show.
  ///   - limit: The largest number of categories to show per column, the most frequent ones.
  package static func categories(_ columns: [CategoryShares], limit: Int = 12) -> ReportSection {
    ReportSection(
      id: "categories", title: "Categories",
      html: """
        \(HTML.paragraph("How often each category occurs, in the data and in the samples."))
        \(HTML.key)
        <div class="multiples wider">
        \(columns.map { table($0, limit: limit) }.joined(separator: "\n"))
        </div>
        """)
  }

  private static func table(_ column: CategoryShares, limit: Int) -> String {
    let sorted = column.categories.sorted { $0.data > $1.data }
    let largest = column.categories.reduce(1e-9) { max($0, $1.data, $1.samples) }
    func bar(_ share: Double, _ kind: String) -> String {
      let width = PlotNumber.fixed(100 * share / largest, decimals: 1)
      return "<div class=\"bar \(kind)\" style=\"width:\(width)%\"></div>"
    }
    func row(_ name: String, _ data: Double, _ samples: Double) -> String {
      """
      <tr><th scope="row">\(HTML.escaped(name))</th>\
      <td class="bars" aria-hidden="true">\(bar(data, "data"))\(bar(samples, "samples"))</td>\
      <td>\(percent(data))</td><td>\(percent(samples))</td></tr>
      """
    }
    var rows = sorted.prefix(limit).map { row($0.name, $0.data, $0.samples) }
    let others = sorted.dropFirst(limit)
    if !others.isEmpty {
      rows.append(
        row(
          "\(PlotNumber.count(others.count)) others", others.reduce(0) { $0 + $1.data },
          others.reduce(0) { $0 + $1.samples }))
    }
    return """
      <table class="categories">
      <caption>\(HTML.escaped(column.name))</caption>
      <thead><tr><th scope="col">category</th><td class="bars"></td><th scope="col">data</th>\
      <th scope="col">samples</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private static func percent(_ share: Double) -> String {
    PlotNumber.fixed(100 * share, decimals: 1) + "\u{2009}%"
  }
}
