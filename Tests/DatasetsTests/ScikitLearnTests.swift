import Datasets
import LangevinFiles
import LinearAlgebra
import Tables
import TestSupport
import Testing

/// The points of data sets, compared with scikit-learn's generators.
@Suite struct ScikitLearnTests {
  private static let script = """
    import sys
    import numpy as np
    from scipy.stats import ks_2samp
    from sklearn import datasets

    name, path = sys.argv[1:]
    ours = np.load(path).astype(float)
    n = 20000
    if name == "moons":
        theirs, _ = datasets.make_moons(n, noise=0.05, random_state=1)
    elif name == "circles":
        theirs, _ = datasets.make_circles(n, noise=0.03, factor=0.5, random_state=1)
    elif name == "s-curve":
        theirs = datasets.make_s_curve(n, noise=0.05, random_state=1)[0][:, [0, 2]]
    else:
        theirs = datasets.make_swiss_roll(n, noise=1.0, random_state=1)[0][:, [0, 2]] / 10
    assert ours.shape == theirs.shape
    for way in [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1)]:
        p = ks_2samp(ours @ way, theirs @ way).pvalue
        assert p > 0.001, f"{name} in direction {way}: p = {p}"
    """

  /// The Kolmogorov-Smirnov test of both coordinates and of three of their combinations.
  @Test(
    .enabled(
      if: Python.hasScikitLearn,
      "scikit-learn is not installed for python3; set LANGEVIN_PYTHON to a Python that has it"),
    arguments: ["moons", "circles", "s-curve", "swiss-roll"])
  func distributionsMatchScikitLearn(name: String) throws {
    let points = try Dataset.named(name).points(count: 20_000, RandomStream(seed: 1))
    try TemporaryFile.with("points.npy") { path in
      try AtomicFile.write(NPY.bytes(of: points), to: path)
      let python = try Python.run(Self.script, [name, path])
      #expect(python.status == 0, "\(python.errors)")
    }
  }
}
