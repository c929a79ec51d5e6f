import ArgumentParser
import Checkpoints
import Datasets
import Diffusion
import Evaluation
import LinearAlgebra

/// A section of the report.
enum Section: String, CaseIterable, ExpressibleByArgument, Codable {
  case datasets, neighbors, presets, width

  /// The subject of the section, for the help.
  var meaning: String {
    switch self {
    case .datasets: "the preset best on several data sets, compared with the bars"
    case .neighbors: "k-NN KL on three published data sets, compared with published figures"
    case .presets: "the presets original, fixed and best on one data set"
    case .width: "quality against the width and depth of the network"
    }
  }

  /// Returns the trials of the section.
  func trials(_ extent: ExtentOptions, _ recipe: RecipeOptions) throws -> [Trial] {
    let seeds = extent.seeds.values
    switch self {
    case .datasets:
      return try extent.datasets.values.flatMap { name in
        let dataset = try Dataset.named(name)
        return try seeds.map { seed in
          var trial = try Trial(
            source: .named(dataset), preset: .best, seed: seed, recipe: recipe,
            measures: [.c2st, .slicedW2])
          trial.measuresTraining = true
          return trial
        }
      }
    case .neighbors:
      return try extent.shapes.values.flatMap { shape in
        try seeds.map { try Trial(shape, seed: $0, recipe: recipe) }
      }
    case .presets:
      let dataset = try Dataset.named(extent.dataset)
      return try [Preset.original, .fixed, .best].flatMap { preset in
        try seeds.map { seed in
          try Trial(
            preset.rawValue, source: .named(dataset), preset: preset, seed: seed,
            recipe: nil, measures: [.slicedW2, .energy, .c2st])
        }
      }
    case .width:
      let dataset = try Dataset.named(extent.dataset)
      return try extent.depths.values.flatMap { blocks in
        try extent.widths.values.map { width in
          var recipe = recipe
          (recipe.width, recipe.blocks) = (width, blocks)
          return try Trial(
            "\(width) × \(blocks)", source: .named(dataset), preset: .best,
            seed: seeds[0], recipe: recipe, measures: [.c2st, .slicedW2])
        }
      }
    }
  }

  /// Returns the table of `outcomes` in Markdown.
  func text(_ outcomes: [Outcome]) -> String {
    var head = [name, "seed", "s", "steps", "evaluations"]
    let measures = outcomes.first?.comparisons.map(\.measure) ?? []
    for measure in measures {
      head += [measure.rawValue, "floor"] + (self == .datasets ? ["training data"] : [])
    }
    if self == .neighbors { head += ["published", "bar"] }
    let hasBars = self == .datasets || self == .neighbors
    if hasBars { head.append("within") }
    var table = TextTable(head)
    for outcome in outcomes {
      var row = [
        outcome.name, "\(outcome.seed)", outcome.seconds.fixed(1), "\(outcome.steps)",
        "\(outcome.evaluations)",
      ]
      for comparison in outcome.comparisons {
        row += [comparison.value.mean, comparison.floor.mean].map { $0.fixed(4) }
        if let training = comparison.training { row.append(training.mean.fixed(4)) }
      }
      if let published = outcome.published {
        row += [published.fixed(4), (published / 3).fixed(4)]
      }
      if hasBars { row.append(outcome.isWithinBars ? "yes" : "no") }
      table.add(row)
    }
    return "\(rawValue): \(meaning)\n\n\(table.text)"
  }

  private var name: String {
    switch self {
    case .datasets, .neighbors: "data set"
    case .presets: "preset"
    case .width: "width × blocks"
    }
  }
}
