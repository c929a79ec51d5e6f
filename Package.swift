// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // For functions that return a `Span` of `self`.
  .enableExperimentalFeature("Lifetimes"),
]

/// One of the builds of the kernels. The sources are the same files (symbolic links to those of
/// `KernelsBaseline`); what differs is the instruction set that the compiler may use.
///
/// They are optimised in debug builds too: unoptimised SIMD code is a hundred times slower, and
/// would leave behind out-of-line copies of generic functions that the linker could pick for
/// another level. `-fno-math-errno` makes `squareRoot()` one instruction.
func kernels(_ name: String, march: String?, lanes: Int, defining level: String) -> Target {
  let steering =
    ["-Xcc", "-DLANGEVIN_LANES=\(lanes)"] + (march.map { ["-Xcc", "-march=\($0)"] } ?? [])
  return .target(
    name: name,
    dependencies: ["KernelTable", "CLangevinMachine"],
    swiftSettings: settings + [
      .define(level),
      .unsafeFlags(
        ["-O", "-disable-batch-mode", "-wmo", "-num-threads", "2", "-Xcc", "-fno-math-errno"]
          + steering),
    ])
}

#if arch(x86_64)
let kernelTargets = [
  kernels("KernelsBaseline", march: nil, lanes: 4, defining: "KERNELS_BASELINE"),
  kernels("KernelsAVX2", march: "x86-64-v3", lanes: 8, defining: "KERNELS_AVX2"),
  kernels("KernelsAVX512", march: "x86-64-v4", lanes: 16, defining: "KERNELS_AVX512"),
]
#else
let kernelTargets = [kernels("KernelsBaseline", march: nil, lanes: 4, defining: "KERNELS_BASELINE")]
#endif

/// A library of the package.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a target.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// The fuzzer's program, which `make fuzz` alone builds: libFuzzer, which it needs, comes with Swift on
/// Linux and not with Xcode.
let fuzzingTargets: [Target] =
  Context.environment["LANGEVIN_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "langevin-fuzz", dependencies: ["ReaderChecks"], path: "Tests/Fuzzing",
      exclude: ["Corpus", "Dictionaries"],
      swiftSettings: settings + [.enableExperimentalFeature("Extern")],
      // The library has a `main`, too.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "muldefs"])])
  ]

/// Only for `make docs`: those who depend on this package need not fetch it.
let documentationPlugin: [Package.Dependency] =
  Context.environment["LANGEVIN_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

let package = Package(
  name: "langevin",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Langevin", targets: ["Langevin"]),
    .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
    .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
    .library(name: "Diffusion", targets: ["Diffusion"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "Evaluation", targets: ["Evaluation"]),
    .library(name: "Checkpoints", targets: ["Checkpoints"]),
    .library(name: "Plots", targets: ["Plots"]),
    .executable(name: "langevin", targets: ["LangevinTool"]),
    .executable(name: "langevin-benchmark", targets: ["langevin-benchmark"]),
    .executable(name: "langevin-quality", targets: ["langevin-quality"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ] + documentationPlugin,
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"]), .brew(["lapack"])]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CWebP", pkgConfig: "libwebpmux",
      providers: [.apt(["libwebp-dev"]), .brew(["webp"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CLangevinMachine"),

    library("LangevinPreconditions", []),
    library("KernelTable", []),
    library(
      "Kernels",
      ["LangevinPreconditions", "KernelTable", "CLangevinMachine"]
        + kernelTargets.map { .target(name: $0.name) }),
    library("LangevinErrors", []),
    library("Files", ["LangevinErrors", "LangevinPreconditions", "CZlib"]),
    library("Threading", ["LangevinPreconditions", "CLangevinMachine"]),
    library(
      "LinearAlgebra",
      [
        "LangevinErrors", "LangevinPreconditions", "Kernels", "KernelTable", "Threading",
        "COpenBLAS",
        "CLAPACKE",
      ]),
    library(
      "NeuralNetwork", ["LangevinPreconditions", "LinearAlgebra", "KernelTable", "Threading"]),
    library(
      "Diffusion",
      ["LangevinErrors", "LangevinPreconditions", "NeuralNetwork", "LinearAlgebra", "Threading"]),
    library("Datasets", ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra"]),
    library("Tables", ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra", "Files"]),
    library(
      "Evaluation", ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra", "Threading"]),
    library(
      "Checkpoints",
      [
        "LangevinErrors", "LangevinPreconditions", "Tables", "Diffusion", "NeuralNetwork",
        "LinearAlgebra",
        "Files",
      ]),
    library(
      "Plots",
      ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra", "Files", "CCairo", "CWebP"]),
    library("Reports", ["LangevinPreconditions", "Plots", "Evaluation", "LinearAlgebra"]),
    library(
      "Langevin",
      [
        "LangevinErrors",
        "Checkpoints", "Tables", "Diffusion", "NeuralNetwork", "LinearAlgebra", "Files",
        "Threading", .product(name: "Logging", package: "swift-log"),
      ]),
    // Not `langevin`: a file system that knows no capitals would take it for the library.
    .executableTarget(
      name: "LangevinTool",
      dependencies: [
        "Langevin", "Reports", "Plots", "Checkpoints", "Tables", "Datasets", "Diffusion",
        "Evaluation",
        "NeuralNetwork", "LinearAlgebra", "Files", "Threading", "LangevinPreconditions",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "langevin-benchmark",
      dependencies: [
        "Plots", "Datasets", "Diffusion", "NeuralNetwork", "LinearAlgebra", "Threading",
        "KernelTable",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/langevin-benchmark",
      swiftSettings: settings),
    .executableTarget(
      name: "langevin-quality",
      dependencies: [
        "Plots", "Checkpoints", "Datasets", "Diffusion", "Evaluation", "NeuralNetwork",
        "LinearAlgebra", "Threading",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/langevin-quality",
      swiftSettings: settings),

    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "ReaderChecks", dependencies: ["Checkpoints", "Tables", "Diffusion", "LinearAlgebra"],
      path: "Tests/ReaderChecks", swiftSettings: settings),
    tests("KernelsTests", ["Kernels", "KernelTable"]),
    tests("FilesTests", ["Files"]),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("ThreadingTests", ["Threading", "TestSupport"]),
    tests("NeuralNetworkTests", ["NeuralNetwork", "LinearAlgebra", "AllocationCounter"]),
    tests(
      "DiffusionTests",
      [
        "Diffusion", "NeuralNetwork", "LinearAlgebra", "Datasets", "Checkpoints",
        "AllocationCounter",
      ],
      resources: [.copy("Fixtures")]),
    tests("DatasetsTests", ["Datasets", "Tables", "LinearAlgebra", "TestSupport"]),
    tests("TablesTests", ["Tables", "LinearAlgebra", "Files", "TestSupport"]),
    tests("EvaluationTests", ["Evaluation", "LinearAlgebra", "Threading", "TestSupport"]),
    tests(
      "CheckpointsTests",
      [
        "Checkpoints", "Diffusion", "NeuralNetwork", "LinearAlgebra", "Files", "TestSupport",
        "ReaderChecks",
      ],
      resources: [.copy("Fixtures")]),
    tests("PlotsTests", ["Plots", "LinearAlgebra", "Files"]),
    tests("ReportsTests", ["Reports", "Evaluation", "LinearAlgebra"]),
    tests(
      "BenchmarkTests",
      ["langevin-benchmark", "Plots", "Diffusion", "NeuralNetwork", "LinearAlgebra"]),
    tests(
      "LangevinTests",
      [
        "Langevin", "LangevinTool", "TestSupport", "NeuralNetwork", "Datasets", "Evaluation",
        "Plots", "Files",
        .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      "ToolTests",
      [
        "LangevinTool", "Checkpoints", "Tables", "Datasets", "Diffusion", "NeuralNetwork",
        "LinearAlgebra", "TestSupport",
      ]),
  ] + kernelTargets + fuzzingTargets
)
