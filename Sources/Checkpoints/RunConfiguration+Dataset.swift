package import Diffusion
package import Tables

extension RunConfiguration {
  /// The source of the data.
  public struct Dataset: Codable, Sendable, Hashable {
    /// The name of the data set or the file.
    public var name: String
    /// The number of rows; 0 if the model came without its data
    /// (``RunConfiguration/Network/custom(name:standardization:)``).
    public var count: Int
    /// The seed of the random numbers that the rows depend on.
    public var seed: UInt64
    /// The standard deviation of the noise of a data set; nil for the data set's own.
    public var noise: Double?
    /// The share of the rows that training does not see, from 0 up to 1.
    public var heldOut: Double
    /// The file of the rows; nil for a data set.
    package var file: FileSource?

    /// The bounds of ``noise``.
    package static let noises = Bounds<Double>.from(0, to: 1e6)

    /// Creates the description of `count` rows of the data set `name`.
    package init(
      name: String, count: Int, seed: UInt64, noise: Double? = nil, heldOut: Double = 0,
      file: FileSource? = nil
    ) {
      self.name = name
      self.count = count
      self.seed = seed
      self.noise = noise
      self.heldOut = heldOut
      self.file = file
    }

    /// The number of rows that training does not see.
    public var heldOutRows: Int { Int(Double(count) * heldOut) }
  }

  /// A file of data, and the options with which it is read.
  package struct FileSource: Codable, Sendable, Hashable {
    /// The absolute path; `-` is standard input.
    package var path: String
    /// The digest of the contents, which shows whether the file has changed.
    package var digest: String
    /// The columns that are left out.
    package var dropped: [String]?
    /// The missing words, in addition to the usual ones: texts that stand for a missing value.
    package var missing: [String]?
    /// The missing words of single columns, by the name of the column.
    package var missingInColumn: [String: [String]]?
    /// The character between cells; nil to detect it.
    package var separator: String?
    /// The character between groups of three digits; nil to detect it.
    package var thousands: String?
    /// The character before the decimals of a number; nil to detect it.
    package var decimalMark: String?
    /// Whether the first line has the names of the columns; nil to detect it.
    package var hasHeader: Bool?
    /// A file of one column with the label of each row; nil if there are no such labels.
    package var labels: Labels?

    /// A file of labels.
    package struct Labels: Codable, Sendable, Hashable {
      /// The absolute path.
      package var path: String
      /// The digest of the contents, which shows whether the file has changed.
      package var digest: String
      /// The layout of the labels; nil for text.
      package var layout: TableLayout?

      /// Creates the description of the file at `path`.
      package init(path: String, digest: String, layout: TableLayout? = nil) {
        (self.path, self.digest, self.layout) = (path, digest, layout)
      }
    }

    /// Creates the description of the file at `path`, read with `options`.
    package init(
      path: String, digest: String, options: TableOptions = TableOptions(), labels: Labels? = nil
    ) {
      self.path = path
      self.digest = digest
      self.labels = labels
      dropped = options.dropped.isEmpty ? nil : options.dropped.sorted()
      missing = options.missing.isEmpty ? nil : options.missing.sorted()
      missingInColumn =
        options.missingInColumn.isEmpty ? nil : options.missingInColumn.mapValues { $0.sorted() }
      separator = options.separator.map(String.init)
      thousands = options.thousands.map(String.init)
      decimalMark = options.decimalMark.map(String.init)
      hasHeader = options.hasHeader
    }

    /// The options with which the file is read, without the kinds of its columns.
    package var options: TableOptions {
      var options = TableOptions()
      options.dropped = Set(dropped ?? [])
      options.missing = Set(missing ?? [])
      options.missingInColumn = (missingInColumn ?? [:]).mapValues { Set($0) }
      options.separator = separator?.first
      options.thousands = thousands?.first
      options.decimalMark = decimalMark?.first
      options.hasHeader = hasHeader
      return options
    }
  }
}
