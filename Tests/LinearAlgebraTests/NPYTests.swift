import LinearAlgebra
import Testing

/// Arrays in NumPy's format, read and written by the matrix alone.
@Suite struct NPYTests {
  @Test func readsWhatItWrites() throws {
    let float = randomMatrix(5, 3)
    #expect(try Matrix<Float>(npy: float.npy) == float)
    for (rows, columns) in [(0, 3), (3, 0), (0, 0)] {
      let empty = Matrix<Double>(rows: rows, columns: columns)
      #expect(try Matrix<Double>(npy: empty.npy) == empty)
      #expect(try Matrix<Float>(npy: empty.npy) == Matrix(rows: rows, columns: columns))
    }
    #expect(try Matrix<Double>(npy: float.npy) == Matrix<Double>(float))
    let double = randomMatrix(4, 7, of: Double.self) + 1e-12
    #expect(try Matrix<Double>(npy: double.npy) == double)
    #expect(try Matrix<Float>(npy: double.npy) == Matrix<Float>(double))
    let special: Matrix<Double> = [[.infinity, -0.0, .leastNonzeroMagnitude]]
    #expect(try Matrix<Double>(npy: special.npy) == special)
    let nan: Matrix<Double> = [[.nan]]
    #expect(try Matrix<Double>(npy: nan.npy)[0, 0].isNaN)
    #expect(double.npy.count % 64 == (4 * 7 * 8) % 64)
  }

  /// `numpy.save` of `numpy.asfortranarray([[1, 2], [3, 4]], dtype='<i2')`.
  @Test func readsFortranOrderAndIntegers() throws {
    let header = "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 2), }"
    let text = header + String(repeating: " ", count: 117 - header.count) + "\n"
    let bytes: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + [1, 0, 3, 0, 2, 0, 4, 0]
    #expect(try Matrix<Double>(npy: bytes) == [[1, 2], [3, 4]])
  }

  /// The bytes of `numpy.array([[1, -2.5]], dtype=type)` as `numpy.save` writes them.
  @Test(arguments: [
    (">f4", [0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0]),
    (">f8", [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0x04, 0, 0, 0, 0, 0, 0]),
    ("<f4", [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0]),
  ])
  func readsBothByteOrders(_ type: String, _ numbers: [UInt8]) throws {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (1, 2), }\n"
    let bytes: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + numbers
    #expect(try Matrix<Double>(npy: bytes) == [[1, -2.5]])
    #expect(try Matrix<Float>(npy: bytes) == [[1, -2.5]])
  }

  @Test func refusesWhatIsNoArray() {
    #expect(throws: NPYError.self) { try Matrix<Float>(npy: [1, 2, 3]) }
    let bytes = randomMatrix(2, 2).npy
    #expect(throws: NPYError.self) { try Matrix<Float>(npy: bytes.dropLast()) }
    let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }"
    let text = header + String(repeating: " ", count: 117 - header.count) + "\n"
    let whole: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + [1, 0, 0, 1, 0, 0, 0, 0]
    // 2²⁴ + 1 is the first integer that `Float` cannot represent.
    #expect(throws: NPYError.self) { try Matrix<Float>(npy: whole) }
    #expect(throws: Never.self) { try Matrix<Double>(npy: whole) }
  }
}
