import LangevinFiles
import LinearAlgebra
import Tables
import TestSupport
import Testing

/// Exchanging tables with NumPy.
@Suite(
  .enabled(
    if: Python.hasNumPy,
    "NumPy is not installed for python3: set LANGEVIN_PYTHON to a Python that has it"))
struct NumPyTests {
  /// Returns the matrix that both sides compute: element (i, j) is (7i + 3j - 5) / 8.
  private func numbers(_ rows: Int, _ columns: Int) -> Matrix<Float> {
    Matrix<Float>(rows: rows, columns: columns) { Float(7 * $0 + 3 * $1 - 5) / 8 }
  }

  private static let start = """
    import sys
    import numpy as np
    path = sys.argv[1]
    def numbers(n, d, type="f4"):
        i, j = np.indices((n, d))
        return ((7 * i + 3 * j - 5) / 8).astype(type)

    """

  @Test(arguments: ["f4", "f8"], [(1, 0), (2, 0), (3, 0)])
  func arraysOfNumPyAreRead(type: String, version: (Int, Int)) throws {
    for (expression, rows, columns) in [
      ("numbers(13, 3, t)", 13, 3), ("np.asfortranarray(numbers(13, 3, t))", 13, 3),
      ("numbers(13, 1, t)[:, 0]", 13, 1), ("numbers(1, 1, t)", 1, 1),
      ("numbers(1, 5, t)", 1, 5), ("numbers(26, 6, t)[:13, :4].copy()", 13, 4),
    ] {
      try TemporaryFile.with("array.npy") { path in
        let python = try Python.run(
          Self.start + """
            t = "\(type)"
            with open(path, "wb") as file:
                np.lib.format.write_array(file, \(expression), version=\(version))
            """, [path])
        try #require(python.status == 0, "\(python.errors)")
        let table = try NumericTable(path: path)
        #expect(table.values == numbers(rows, columns), "\(expression)")
        #expect(table.names == nil)
      }
    }
  }

  @Test func textOfNumPyIsRead() throws {
    for (more, names) in [("", nil), (", header='a,b,c', comments=''", ["a", "b", "c"])] {
      try TemporaryFile.with("table.csv") { path in
        let python = try Python.run(
          Self.start + "np.savetxt(path, numbers(13, 3), delimiter=','\(more))", [path])
        try #require(python.status == 0, "\(python.errors)")
        #expect(
          try NumericTable(path: path) == NumericTable(names: names, values: numbers(13, 3)))
      }
    }
  }

  @Test func ourTablesAreReadByNumPy() throws {
    for (name, bytes, load) in [
      ("a.npy", NPY.bytes(of: numbers(13, 3)), "np.load(path)"),
      ("a.npy", NPY.bytes(ofStates: [numbers(13, 3), numbers(13, 3)]), "np.load(path)[1]"),
      (
        "a.csv", CSV.bytes(of: numbers(13, 3)),
        "np.loadtxt(path, delimiter=',', skiprows=1, dtype='f4')"
      ),
    ] {
      try TemporaryFile.with(name) { path in
        try AtomicFile.write(bytes, to: path)
        let python = try Python.run(
          Self.start + """
            found = \(load)
            assert found.dtype == np.float32 and np.array_equal(found, numbers(13, 3)), found
            """, [path])
        #expect(python.status == 0, "\(name): \(python.errors)")
      }
    }
  }
}
