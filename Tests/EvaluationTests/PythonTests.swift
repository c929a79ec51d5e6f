import Evaluation
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// The distances compared with those of NumPy, SciPy and scikit-learn.
@Suite(
  .serialized,
  .enabled(
    if: Python.hasScikitLearn,
    "scikit-learn is not installed for python3: set LANGEVIN_PYTHON to a Python that has it"))
struct PythonTests {
  /// The values that the script below computes from two sets.
  private struct Answer: Decodable {
    var sliced: Double
    var exact: Double
    var energy: Double
    var mmd: Double
    var frechet: Double
    var divergence: Double
    var overlap: [Double]
    var accuracies: [Double]
  }

  /// The sets have different numbers of points, and one has a covariance that is not diagonal.
  @Test(arguments: [1, 2, 5])
  func distancesAgree(columns: Int) throws {
    let turn = RandomStream(seed: 1).normal(rows: columns, columns: columns)
    let x = gaussian(300, columns, seed: 2) * turn
    let y = gaussian(260, columns, seed: 3, shift: 0.3)
    let theirs = try ask(x, y)

    let energy = try Distance.energy(samples: x, reference: y)
    #expect(abs(energy - theirs.energy) < 1e-9)
    let mmd = try Distance.squaredMMD(samples: x, reference: y)
    #expect(abs(mmd - theirs.mmd) < 1e-9)
    let exact = try Distance.exactWasserstein(samples: x, reference: y)
    #expect(abs(exact - theirs.exact) < 1e-9)
    let bits = try Distance.nearestNeighborKL(samples: x, reference: y)
    #expect(abs(bits - theirs.divergence) < 1e-9)
    // The traces are some tens, in single precision.
    let frechet = try Distance.squaredFrechet(samples: x, reference: y)
    #expect(abs(frechet - theirs.frechet) < 1e-4)
    let overlap = try NeighborhoodOverlap(
      samples: x.rows(0..<260), reference: y)
    let ours = [overlap.precision, overlap.recall, overlap.density, overlap.coverage]
    for (a, b) in zip(ours, theirs.overlap) { #expect(abs(a - b) < 1e-9) }
    // In one dimension all directions are the same; in more dimensions, the two sides draw different ones.
    let sliced = try Distance.slicedWasserstein(samples: x, reference: y)
    #expect(abs(sliced - theirs.sliced) < (columns == 1 ? 1e-6 : 0.15 * theirs.sliced))
  }

  /// An accuracy depends on the assignment of points to folds, by at most √(0.25 / 2n). The points are the
  /// same, so means over six assignments differ by less than four standard errors of the difference of two
  /// such means.
  @Test(arguments: [Float(0), 0.4, 1])
  func classifiersAgree(shift: Float) throws {
    let x = gaussian(300, seed: 4)
    let y = gaussian(300, seed: 5, shift: shift)
    let theirs = try ask(x, y, assignments: 6).accuracies
    let ours = try theirs.indices.map { seed in
      try ClassifierTwoSampleTest(samples: x, reference: y, seed: UInt64(seed)).accuracy
    }
    let count = Double(theirs.count)
    let difference = (ours.reduce(0, +) - theirs.reduce(0, +)) / count
    let error = (2 * 0.25 / (600 * count)).squareRoot()
    #expect(abs(difference) < 4 * error)
  }

  private func ask(_ x: Matrix<Float>, _ y: Matrix<Float>, assignments: Int = 0) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-evaluation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, points) in [("x.csv", x), ("y.csv", y)] {
      let lines = (0..<points.rows).map { row in
        (0..<points.columns).map { "\(Double(points[row, $0]))" }.joined(separator: ",")
      }
      try Data(lines.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent(name))
    }
    let answer = folder.appendingPathComponent("answer.json")
    let python = try Python.run(Self.script, [folder.path, "\(assignments)"])
    try #require(python.status == 0, "\(python.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(contentsOf: answer))
  }

  private static let script = """
    import json, sys
    import numpy as np
    from scipy.linalg import sqrtm
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial import cKDTree
    from scipy.spatial.distance import cdist, pdist
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import cross_val_score

    folder = sys.argv[1]
    x, y = (np.loadtxt(f"{folder}/{name}.csv", delimiter=",", ndmin=2) for name in "xy")
    (n, d), m = x.shape, len(y)
    directions = np.random.default_rng(0).normal(size=(d, 256))
    directions /= np.linalg.norm(directions, axis=0)
    q = (np.arange(1000) + .5) / 1000
    gaps = np.quantile(x @ directions, q, axis=0) - np.quantile(y @ directions, q, axis=0)
    bandwidth = np.median(pdist(y[:500]))
    kernel = lambda a: np.exp(-a ** 2 / (2 * bandwidth ** 2))
    between = cdist(x, y)
    squares = between[:m] ** 2
    rows, columns = linear_sum_assignment(squares)
    a, b = np.atleast_2d(np.cov(x.T)), np.atleast_2d(np.cov(y.T))
    rho = cKDTree(y).query(y, 6, p=np.inf)[0][:, 5]
    nu = cKDTree(x).query(y, 5, p=np.inf)[0][:, 4]
    logs = np.log(nu).mean() - np.log(rho).mean()
    cut = x[:m]
    cutRadii = np.sort(cdist(cut, cut), axis=1)[:, 5]
    radii = np.sort(cdist(y, y), axis=1)[:, 5]
    inReal, inSample = between[:m] <= radii, between[:m] <= cutRadii[:, None]
    points = np.r_[x[:m], y]
    labels = np.r_[np.zeros(m), np.ones(m)]
    accuracies = []
    for seed in range(int(sys.argv[2])):
        order = np.random.default_rng(seed).permutation(2 * m)
        model = HistGradientBoostingClassifier()
        accuracies.append(cross_val_score(model, points[order], labels[order], cv=3).mean())
    answer = dict(
        sliced=np.sqrt(np.mean(gaps ** 2)),
        exact=np.sqrt(squares[rows, columns].mean()),
        energy=2 * between.mean() - 2 * pdist(x).sum() / (n * (n - 1))
            - 2 * pdist(y).sum() / (m * (m - 1)),
        mmd=2 * kernel(pdist(x)).sum() / (n * (n - 1)) - 2 * kernel(between).mean()
            + 2 * kernel(pdist(y)).sum() / (m * (m - 1)),
        frechet=((x.mean(0) - y.mean(0)) ** 2).sum()
            + np.trace(a + b - 2 * np.real(sqrtm(a @ b))),
        divergence=(np.log(n) - np.log(m - 1) + d * logs) / np.log(2),
        overlap=[inReal.any(1).mean(), inSample.any(0).mean(), inReal.sum() / (5 * m),
            inReal.any(0).mean()],
        accuracies=accuracies)
    json.dump(answer, open(f"{folder}/answer.json", "w"), default=float)
    """
}
