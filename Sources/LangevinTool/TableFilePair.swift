import Diffusion
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import Tables

/// The columns that two files of tables share, as points to compare.
///
/// Columns of numbers without missing cells are compared as they are. With other columns, distances need a
/// common scale, so the points are the coordinates that a model of the second table would learn.
struct TableFilePair {
  let samples: Matrix<Float>
  let reference: Matrix<Float>
  /// The columns that only one of the files has.
  let leftOut: [String]
  /// The decisions that were made where the files are ambiguous, each with the file that it is about; nil
  /// for both.
  private(set) var notes: [(file: String?, note: TableNote)] = []

  /// Reads the tables at `samples` and `reference`; nil if both have only numbers and share no name, so that
  /// their columns must be compared by position.
  init?(samples: String, reference: String, _ options: TableOptions) throws {
    let files = try (samples: TableFile(samples), reference: TableFile(reference))
    var options = options
    // Images may be arrays of several dimensions, or one row each.
    options.flattensRows = true
    let names = try (
      samples: files.samples.columnNames(options), reference: files.reference.columnNames(options)
    )
    do {
      try options.requireColumns(in: names.reference)
    } catch {
      throw ToolError("\(reference.printable): \(error)")
    }
    let shared = Set(names.reference).intersection(names.samples).subtracting(options.dropped)
    if shared.isEmpty {
      // A file that does not have only numbers has named columns, so the error below applies.
      if (try? files.samples.numbers()) != nil && (try? files.reference.numbers()) != nil {
        return nil
      }
      throw ToolError(
        "\(samples.printable): it shares no column with \(reference.printable); name tables that do"
      )
    }
    leftOut = (names.reference + names.samples).filter {
      !shared.contains($0) && !options.dropped.contains($0)
    }

    let (real, realNotes) = try files.reference.read(
      Self.options(options, names.reference, shared), labels: nil)
    // With the column kinds of the reference: in a small file, a category may look like a number.
    var kinds = options
    kinds.categorical = Set(real.columns.filter { $0.kind == .categorical }.map(\.name))
    kinds.numeric = shared.subtracting(kinds.categorical)
    for column in real.columns { kinds.notations[column.name] = column.style.notation }
    let (sampled, sampledNotes) = try files.samples.read(
      Self.options(kinds, names.samples, shared), labels: nil)
    notes = Self.notes(
      (samples, sampledNotes.filter { !$0.isOfUnusedOption }),
      (reference, realNotes.filter { !$0.isOfUnusedOption }))
    // An option has an effect if it has one on either file.
    notes += realNotes.filter { $0.isOfUnusedOption && sampledNotes.contains($0) }.map {
      (file: nil, note: $0)
    }
    let columns = real.columns.compactMap { sampled.column($0.name) }

    if (real.columns + columns).allSatisfy({ $0.kind == .numeric && $0.missingCount == 0 }) {
      let origins = real.columns.map(\.floatOrigin)
      self.samples = Self.numbers(columns, origins)
      self.reference = Self.numbers(real.columns, origins)
      return
    }
    let encoding: TableEncoding
    do {
      encoding = try TableEncoding(real)
      self.reference = try encoding.encode(real, random: Self.random(1))
    } catch {
      throw ToolError("\(reference.printable): \(error)")
    }
    if encoding.dimension == 0 {
      throw ToolError(
        """
        \(reference.printable): the columns that it shares with \(samples.printable) are constant, so all \
        rows are equal; compare tables that share other columns
        """)
    }
    do {
      self.samples = try encoding.encode(Table(columns), random: Self.random(2))
    } catch {
      throw ToolError("\(samples.printable): \(error)")
    }
  }

  /// Returns the notes of two files, those on a common decision once.
  private static func notes(
    _ samples: (path: String, notes: [TableNote]), _ reference: (path: String, notes: [TableNote])
  ) -> [(file: String?, note: TableNote)] {
    func isIn(_ notes: [TableNote], _ note: TableNote) -> Bool {
      notes.contains { note.isSameDecision(as: $0) }
    }
    return reference.notes.map { (file: isIn(samples.notes, $0) ? nil : reference.path, note: $0) }
      + samples.notes.filter { !isIn(reference.notes, $0) }.map { (file: samples.path, note: $0) }
  }

  /// Returns `options` for a file with columns of these `names`, of which only `shared` are read.
  private static func options(
    _ options: TableOptions, _ names: [String], _ shared: Set<String>
  ) -> TableOptions {
    var options = options
    options.dropped = Set(names).subtracting(shared)
    options.categorical.formIntersection(shared)
    options.numeric.formIntersection(shared)
    options.missingInColumn = options.missingInColumn.filter { shared.contains($0.key) }
    return options
  }

  private static func numbers(_ columns: [Column], _ origins: [Column.Origin]) -> Matrix<Float> {
    let numbers = zip(columns, origins).map { $0.floats(from: $1) ?? [] }
    return Matrix<Float>(rows: numbers[0].count, columns: numbers.count) { numbers[$1][$0] }
  }

  /// Returns a random stream other than that of training data.
  private static func random(_ index: Int) -> RandomStream {
    RandomPurpose.dataset.stream(seed: 0, index: index)
  }
}
