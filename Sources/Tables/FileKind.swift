/// A kind of file that is not a CSV file, though it may contain a table, recognized by its first bytes.
enum FileKind: CaseIterable {
  case archive
  case bzip2
  case xz
  case zstandard
  case lz4
  case parquet
  case arrow
  case hdf5
  case database
  case spreadsheet

  /// Recognizes the kind of the file with these `bytes`; nil for any other file.
  init?(_ bytes: [UInt8]) {
    guard let kind = Self.allCases.first(where: { bytes.starts(with: $0.start) }) else {
      return nil
    }
    self = kind
  }

  /// The first bytes of such a file.
  private var start: [UInt8] {
    switch self {
    case .archive: [0x50, 0x4b, 3, 4]
    case .bzip2: Array("BZh91AY&SY".utf8)
    case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]
    case .zstandard: [0x28, 0xb5, 0x2f, 0xfd]
    case .lz4: [4, 0x22, 0x4d, 0x18]
    // A column name may begin with these letters, but such a byte does not follow them.
    case .parquet: Array("PAR1".utf8) + [0x15]
    case .arrow: Array("ARROW1".utf8) + [0]
    case .hdf5: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a]
    case .database: Array("SQLite format 3".utf8) + [0]
    case .spreadsheet: [0xd0, 0xcf, 0x11, 0xe0]
    }
  }

  /// The kind, completing "it is".
  var text: String {
    switch self {
    case .archive: "a spreadsheet or another zip archive"
    case .bzip2: "compressed with bzip2"
    case .xz: "compressed with xz"
    case .zstandard: "compressed with zstd"
    case .lz4: "compressed with lz4"
    case .parquet: "a Parquet file"
    case .arrow: "an Arrow file"
    case .hdf5: "an HDF5 file"
    case .database: "an SQLite database"
    case .spreadsheet: "an old spreadsheet"
    }
  }

  /// The conversion that makes the file readable, an imperative.
  var remedy: String {
    switch self {
    case .bzip2, .xz, .zstandard, .lz4: "decompress it first, or compress it with gzip"
    default: "export it as CSV"
    }
  }
}
