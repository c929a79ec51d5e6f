import Foundation

/// The Python named by the environment variable `LANGEVIN_PYTHON`, or `python3`.
public enum Python {
  public static let hasNumPy = has("numpy")
  public static let hasScikitLearn = has("numpy, scipy.stats, sklearn.datasets")
  public static let hasTorch = has("torch")

  private static func has(_ modules: String) -> Bool {
    (try? run("import \(modules)"))?.status == 0
  }

  /// Runs `script` with `arguments` until it ends.
  public static func run(
    _ script: String, _ arguments: [String] = []
  ) throws -> ChildProcess.Result {
    let environment = ProcessInfo.processInfo.environment
    let python = environment["LANGEVIN_PYTHON"] ?? "python3"
    return try ChildProcess(
      ["/usr/bin/env", python, "-c", script] + arguments,
      // Python's threads spin while they wait, which would slow other tests down.
      environment: environment.merging(["OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"]) { $1 }
    ).result(limit: 120)
  }
}
