public import LinearAlgebra
public import Tables

/// Samples that a ``GenerativeModel`` has drawn, as a matrix, rows, a table or a file.
public struct Samples: Sendable {
  /// The samples, one per row (count × d).
  ///
  /// If the model has learned a table, these are its internal coordinates; ``table`` has the columns.
  public let matrix: Matrix<Float>
  private let encoding: TableEncoding?

  init(_ matrix: Matrix<Float>, encoding: TableEncoding?) {
    self.matrix = matrix
    self.encoding = encoding
  }

  /// The number of samples.
  public var count: Int { matrix.rows }

  /// The rows of ``matrix``.
  public var rows: [[Float]] {
    (0..<matrix.rows).map { row in
      let numbers = matrix.row(row)
      return numbers.indices.map { numbers[$0] }
    }
  }

  /// The samples in the columns and formats of the table that the model has learned.
  ///
  /// If the model has learned points, the columns are x0, x1 ….
  public var table: Table {
    if let encoding { return encoding.decode(matrix) }
    return Table(
      (0..<matrix.columns).map { column in
        Column("x\(column)", .numbers((0..<matrix.rows).map { Double(matrix[$0, column]) }))
      })
  }

  /// Returns the samples as records whose properties have the names of columns.
  ///
  ///     let customers = try samples.records(of: Customer.self)
  ///
  /// - Throws: `DecodingError`, which names the column, if a cell does not fit its property.
  public func records<Record: Decodable>(of type: Record.Type = Record.self) throws -> [Record] {
    try table.records()
  }

  /// The samples as JSON: an array with one object per sample, and null for each missing cell.
  public var json: [UInt8] { table.json }

  /// The samples as CSV: the bytes that `langevin sample` writes.
  public var csv: [UInt8] {
    encoding == nil ? CSV.bytes(of: matrix) : CSV.bytes(of: table)
  }
}
