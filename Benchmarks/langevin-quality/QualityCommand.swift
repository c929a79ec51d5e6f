import ArgumentParser
import LinearAlgebra
import Plots

/// The command line.
@main
struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin-quality",
    abstract: "Train on data sets and measure the quality of the samples.",
    discussion: """
      SECTIONS
      \(Section.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))

      Without arguments, all sections run. Each distance is printed with its floor, the same distance \
      between two sets of real points; both are means over several sets. The exit status does not \
      depend on the figures.

      The recipe options change the preset best. In the section neighbors they change a recipe that \
      resolves points and edges: octaves 9, width 128, blocks 12, learning rate 0.004, mean -3, \
      deviation 2, sigma from 5 to 0.005, eta 1, steps 100, from moments, clipped. The section presets \
      ignores them.

      EXAMPLES
        langevin-quality datasets --datasets moons,circles --seeds 1
        langevin-quality neighbors --json > neighbors.json
        langevin-quality width --dataset checkerboard --plot width.svg
      """,
    version: packageVersion)

  @Argument(help: "The sections to run.")
  var sections: [Section] = Section.allCases

  @OptionGroup(title: "Extent") var extent: ExtentOptions
  @OptionGroup(title: "Recipe") var recipe: RecipeOptions

  @Option(
    help: ArgumentHelp(
      "Plot the section width to a .png or .svg file.", valueName: "FILE"))
  var plot: String?

  @Flag(help: "Print only one JSON object on standard output.")
  var json = false

  func validate() throws {
    guard let plot else { return }
    do { _ = try PlotFormat(path: plot) } catch { throw ValidationError("\(error)") }
    if !sections.contains(.width) {
      throw ValidationError("--plot \(plot): it draws the section width; add width to the sections")
    }
  }

  func run() throws {
    OpenBLAS.threads = 1
    // Prepare all trials before training the first, so that invalid options fail at once.
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
