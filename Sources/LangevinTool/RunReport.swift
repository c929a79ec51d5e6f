import NeuralNetwork
import Checkpoints
import Diffusion
import Evaluation
import Langevin
import LangevinReports
import LinearAlgebra
import Plots

/// The contents of the report on a run.
struct RunReport {
  private let name: String
  private let run: TrainedRun
  private let progress: TrainingProgress
  private let heldOutLosses: [(epoch: Int, loss: Double)]
  private let columns: NamedColumns
  private let categories: [CategoryShares]
  private let sampler: Sampler
  private let comparison: String
  private let evaluation: Result<EvaluationReport, EvaluationError>
  private let path: ReversePath?
  private let images: (data: GrayImages, samples: GrayImages, gallery: ImageGallery)?

  /// The number of states that the slider steps through.
  private static let pathLength = 24
  /// The number of samples in each of these states, which take about 250 kB of the page in all.
  private static let pathCount = 1500

  /// Draws `count` samples of the run `loaded`, and compares them with `sets` sets of real points.
  init(
    _ loaded: LoadedRun, count: Int, sets: Int, seed: UInt64, sampling: SamplingOptions,
    threads: Int, engine: Engine
  ) throws {
    var (configuration, model) = (loaded.configuration, loaded.model)
    let folder = loaded.folder
    let (training, heldOut) = try configuration.trainingData()
    if model.moments == nil { model.moments = DataMoments(configuration.points(of: training)) }
    let run = TrainedRun(
      configuration: configuration, model: model, training: training, heldOut: heldOut)
    self.run = run
    let metrics: [EpochMetrics]
    (progress, metrics) = try folder.history()
    heldOutLosses = metrics.compactMap { metrics in
      metrics.heldOutLoss.map { (metrics.epoch, $0) }
    }
    name = configuration.dataset.name
    let rowSampler = try sampling.sampler(model, configuration, count: count, seed: seed)
    sampler = rowSampler.sampler
    let samples = try configuration.asWritten(
      rowSampler.sample(count: count, seed: seed, threads: threads, engine: engine))
    let subject = EvaluationSubject(path: folder.path, run: run, samples: samples)
    let reference = try EvaluationReference(nil, subject: subject, path: folder.path, count: count)
    let place = configuration.table == nil ? "" : ", in the coordinates that the model learns"
    comparison = "\(counted(count, "sample")) against \(reference.name)\(place)."
    evaluation = Result { () throws(EvaluationError) in
      try Evaluator(seeds: sets, threads: threads).evaluate(
        samples: samples, against: reference.points, training: training)
    }
    let gallery = configuration.table.flatMap { ImageGallery($0, samples) }
    images = configuration.table.flatMap { table in
      guard let gallery, let real = ImageGallery(table, training) else { return nil }
      return (real.images(training), gallery.images(samples), gallery)
    }
    if let table = configuration.table {
      let comparison = TableComparison(table, data: training, samples: samples)
      (columns, categories) = (comparison.numbers, comparison.categories)
    } else {
      columns = NamedColumns(
        names: Self.columnNames(training.columns), data: training, samples: samples,
        arePlane: true)
      categories = []
    }
    path =
      columns.arePlane || gallery != nil
      ? ReversePath(
        sampler, count: min(gallery?.rowCount ?? Self.pathCount, count), length: Self.pathLength,
        seed: seed,
        threads: threads, engine: engine) : nil
  }

  private static func columnNames(_ count: Int) -> [String] {
    count == 2 ? ["x", "y"] : (1...max(1, count)).map { "column \($0)" }
  }

  /// Returns the page.
  func page() throws -> ReportPage {
    ReportPage(
      title: "A run on \(name)", summary: summary, figures: figures,
      sections: [
        .settings(
          InfoCommand.settings(run.configuration, run.model, progress) + [
            ("langevin", packageVersion)
          ])
      ] + (try pictures) + [
        distances
      ] + columnSections + [.loss(progress.epochLosses, heldOut: heldOutLosses), schedule],
      colophon: "Made by langevin \(packageVersion).")
  }

  private var summary: String {
    switch evaluation {
    case .success(let report):
      let reached = report.results.count { $0.reachesFloor }
      return """
        \(counted(progress.epochs, "epoch")) of training, preset \
        \(run.configuration.model.preset.rawValue). By \(reached) of \(report.results.count) measures, \
        samples are no farther from the data than other real points are.
        """
    case .failure:
      return
        "\(counted(progress.epochs, "epoch")) of training. The samples cannot be compared with the data."
    }
  }

  private var figures: [ReportPage.Figure] {
    var figures: [ReportPage.Figure] = []
    if case .success(let report) = evaluation {
      let reached = report.results.count { $0.reachesFloor }
      figures.append(.init("\(reached) of \(report.results.count)", "measures at the floor"))
      if let test = report[.c2st] {
        figures.append(.init(test.value.mean.fixed(3), "classifier accuracy (best: ½)"))
      }
    }
    if let loss = progress.epochLosses.last {
      figures.append(.init(loss.fixed(4), "loss of the last epoch"))
    }
    figures.append(
      .init(
        "\(run.model.network.parameters.layout.parameterCount)", "parameters of the network"))
    return figures
  }

  private var pictures: [ReportSection] {
    get throws { try images == nil ? pointPictures : imagePictures }
  }

  private var imagePictures: [ReportSection] {
    get throws {
      guard let images, let path else { return [] }
      return [
        try .images(data: images.data, samples: images.samples),
        try .reverse(
          path.states.map { (Self.name($0, path), images.gallery.images($0.points)) }),
      ]
    }
  }

  private static func name(_ state: ReversePath.State, _ path: ReversePath) -> String {
    "σ = \(state.noise.fixed(2)), step \(state.step) of \(path.steps)"
  }

  private var pointPictures: [ReportSection] {
    if columns.names.count < 2 { return [] }
    guard let path else { return [.scatter(columns)] }
    let states = path.states.map { state in
      ReverseState(name: Self.name(state, path), points: state.points)
    }
    return [
      .scatter(columns),
      .reverse(states, data: columns.data.evenlySpacedRows(Self.pathCount)),
    ]
  }

  private var columnSections: [ReportSection] {
    var sections: [ReportSection] = []
    // The pictures already show the pixels.
    if images != nil { return categories.isEmpty ? [] : [.categories(categories)] }
    if !columns.names.isEmpty { sections.append(.marginals(columns)) }
    if !categories.isEmpty { sections.append(.categories(categories)) }
    if columns.names.count > 1 { sections.append(.correlations(columns)) }
    return sections
  }

  private var distances: ReportSection {
    switch evaluation {
    case .success(let report): .distances(report, subject: comparison)
    case .failure(let error): .message(id: "distances", title: "Distances", "\(error)")
    }
  }

  private var schedule: ReportSection {
    let diagnosis = run.model.diagnosis
    let verdict = diagnosis.map { diagnosis in
      [diagnosis.verdictInWords, diagnosis.advice].filter { !$0.isEmpty }.map(\.sentence)
        .joined(separator: " ")
    }
    return .schedule(
      verdict: verdict, (diagnosis?.numbers ?? []).map { (name: $0.0, text: $0.1) },
      path: sampler.levels.map {
        let level = $0.variancePreserving
        return (signal: level.alpha, noise: level.sigma)
      })
  }
}

extension String {
  /// The text with a capital letter at the beginning and a period at the end.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
