/// Files that are no tables as text, though they may hold some, by the bytes that they begin with.
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

  /// The kind of a file that begins with `bytes`; nil for any other file.
  init?(_ bytes: [UInt8]) {
    guard let kind = Self.allCases.first(where: { bytes.starts(with: $0.start) }) else {
      return nil
    }
    self = kind
  }

  private var start: [UInt8] {
    switch self {
    case .archive: [0x50, 0x4b, 3, 4]
    case .bzip2: Array("BZh91AY&SY".utf8)
    case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]
    case .zstandard: [0x28, 0xb5, 0x2f, 0xfd]
    case .lz4: [4, 0x22, 0x4d, 0x18]
    // Names of columns may begin with these letters, but with no such byte behind them.
    case .parquet: Array("PAR1".utf8) + [0x15]
    case .arrow: Array("ARROW1".utf8) + [0]
    case .hdf5: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a]
    case .database: Array("SQLite format 3".utf8) + [0]
    case .spreadsheet: [0xd0, 0xcf, 0x11, 0xe0]
    }
  }

  /// What it is.
  var text: String {
    switch self {
    case .archive: "a spreadsheet or another archive (zip)"
    case .bzip2: "compressed by bzip2"
    case .xz: "compressed by xz"
    case .zstandard: "compressed by zstd"
    case .lz4: "compressed by lz4"
    case .parquet: "a Parquet file"
    case .arrow: "an Arrow file"
    case .hdf5: "an HDF5 file"
    case .database: "an SQLite database"
    case .spreadsheet: "an old spreadsheet"
    }
  }

  /// What to do.
  var remedy: String {
    switch self {
    case .bzip2, .xz, .zstandard, .lz4: "decompress it first, or compress it by gzip"
    default: "export it as CSV"
    }
  }
}
