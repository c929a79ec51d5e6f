import ArgumentParser
import LinearAlgebra
import Plots

/// The command line.
@main
struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin-quality",
    abstract: "Train on data sets, and measure how far the samples are from fresh points.",
    discussion: """
      SECTIONS
      \(Section.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))

      All are measured unless some are named. Each distance stands beside its floor, the same distance \
      between two sets of real points; both are means over several sets. The exit status is 0 \
      whatever the figures are.

      The options of the recipe depart from the preset best, or in the section neighbors from one that \
      resolves points and edges: octaves 9, width 128, blocks 12, learning rate 0.004, mean -3, deviation \
      2, sigma from 5 to 0.005, eta 1, steps 100, from moments, clipped. The section presets takes none.

      EXAMPLES
        langevin-quality datasets --datasets moons,circles --seeds 1
        langevin-quality neighbors --json > neighbors.json
        langevin-quality width --dataset checkerboard --plot width.svg
      """,
    version: packageVersion)

  @Argument(help: "The sections; all unless given.")
  var sections: [Section] = Section.allCases

  @OptionGroup(title: "Extent") var extent: ExtentOptions
  @OptionGroup(title: "Recipe") var recipe: RecipeOptions

  @Option(
    help: ArgumentHelp(
      "Draw the section width as PNG or SVG, by the name's ending.", valueName: "FILE"))
  var plot: String?

  @Flag(help: "Print one JSON object, and nothing else on standard output.")
  var json = false

  func validate() throws {
    guard let plot else { return }
    do { _ = try PlotFormat(path: plot) } catch { throw ValidationError("\(error)") }
    if !sections.contains(.width) {
      throw ValidationError("--plot \(plot): it draws the section width; name that, too")
    }
  }

  func run() throws {
    OpenBLAS.threads = 1
    // All of them before the first is trained, lest a mistake in the last shows after minutes.
    let parts = try Section.allCases.filter(sections.contains).map {
      (section: $0, trials: try $0.trials(extent, recipe))
    }
    var report = Report()
    for (section, trials) in parts {
      let outcomes = try trials.enumerated().map { index, trial in
        let outcome = try trial.run(extent)
        Progress.tell("\(section.rawValue) \(index + 1) of \(trials.count): \(outcome.line)")
        return outcome
      }
      report.add(section, outcomes)
      if !json { print(section.text(outcomes)) }
    }
    if json { print(try report.json()) }
    if let plot { try WidthPlot(report.outcomes(of: .width)).write(to: plot) }
  }
}
