public import LinearAlgebra
public import Tables

/// What a ``GenerativeModel`` drew, in the form that you need.
public struct Samples: Sendable {
  /// A sample a row, count × d. Of a table, these are the coordinates that the model learns, and not its
  /// columns: ``table`` has those.
  public let matrix: Matrix
  private let encoding: TableEncoding?

  init(_ matrix: Matrix, encoding: TableEncoding?) {
    self.matrix = matrix
    self.encoding = encoding
  }

  /// How many there are.
  public var count: Int { matrix.rows }

  /// The rows of ``matrix``.
  public var rows: [[Float]] {
    (0..<matrix.rows).map { row in
      let numbers = matrix.row(row)
      return numbers.indices.map { numbers[$0] }
    }
  }

  /// The samples in the columns and formats of the table that the model has learned; of a model of points,
  /// in columns x0, x1 ….
  public var table: Table {
    if let encoding { return encoding.decode(matrix) }
    return Table(
      (0..<matrix.columns).map { column in
        Column("x\(column)", .numbers((0..<matrix.rows).map { Double(matrix[$0, column]) }))
      })
  }

  /// Returns the samples as records, whose properties have the names of columns.
  ///
  ///     let customers = try samples.records(of: Customer.self)
  ///
  /// - Throws: `DecodingError`, which names the column, if a cell is no value of its property.
  public func records<Record: Decodable>(of type: Record.Type = Record.self) throws -> [Record] {
    try table.records()
  }

  /// A JSON file of them: an array with an object for each sample, null where a cell is missing.
  public var json: [UInt8] { table.json }

  /// A CSV file of them: the bytes that `langevin sample` writes.
  public var csv: [UInt8] {
    encoding == nil ? CSV.bytes(of: matrix) : CSV.bytes(of: table)
  }
}
