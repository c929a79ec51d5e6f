// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Functions that return a `Span` of `self` need it.
  .enableExperimentalFeature("Lifetimes"),
]

/// The target architecture: the host's, unless `LANGEVIN_ARCHITECTURE` names another one (`x86_64`,
/// `arm64`) for a cross build.
let architecture: String = {
  #if arch(x86_64)
  let host = "x86_64"
  #else
  let host = "arm64"
  #endif
  return Context.environment["LANGEVIN_ARCHITECTURE"] ?? host
}()

/// Settings that leave kernels out of debug builds. These compile the baseline kernels only, unless
/// `LANGEVIN_DEBUG_LEVELS=all`.
let omitted: [SwiftSetting] =
  Context.environment["LANGEVIN_DEBUG_LEVELS"] == "all"
  ? [] : [.define("KERNELS_OMITTED", .when(configuration: .debug))]

/// Returns a target that compiles the kernels for one instruction set. All these targets share the sources
/// of `LangevinKernelsBaseline`, or of `LangevinDoubleKernelsBaseline` for matrices of `Double`; the folders
/// of the others are links to these. `lanes` is the number of elements in a vector.
///
/// Debug builds optimize the kernels as well. Unoptimized SIMD code is a hundred times slower. It also leaves
/// out-of-line copies of generic functions, and the linker could pick the copy of another instruction set.
/// `-fno-math-errno` makes `squareRoot()` one instruction.
func kernels(
  _ name: String, march: String? = nil, lanes: Int, defining level: String,
  _ settings: [SwiftSetting]
) -> Target {
  let steering =
    ["-Xcc", "-DLANGEVIN_LANES=\(lanes)"] + (march.map { ["-Xcc", "-march=\($0)"] } ?? [])
    + (name.contains("Double") ? ["-Xcc", "-DLANGEVIN_DOUBLE"] : [])
  return .target(
    name: name,
    dependencies: ["LangevinKernelTable", "CLangevinMachine"],
    swiftSettings: settings + [
      .define(level),
      .unsafeFlags(
        ["-O", "-disable-batch-mode", "-wmo", "-num-threads", "2", "-Xcc", "-fno-math-errno"]
          + steering),
    ])
}

let vectorKernels: [Target] =
  architecture == "x86_64"
  ? [
    kernels(
      "LangevinKernelsAVX2", march: "x86-64-v3", lanes: 8, defining: "KERNELS_AVX2",
      settings + omitted),
    kernels(
      "LangevinKernelsAVX512", march: "x86-64-v4", lanes: 16, defining: "KERNELS_AVX512",
      settings + omitted),
    kernels(
      "LangevinDoubleKernelsAVX2", march: "x86-64-v3", lanes: 4, defining: "KERNELS_AVX2",
      settings + omitted),
    kernels(
      "LangevinDoubleKernelsAVX512", march: "x86-64-v4", lanes: 8, defining: "KERNELS_AVX512",
      settings + omitted),
  ] : []

let kernelTargets =
  [
    kernels("LangevinKernelsBaseline", lanes: 4, defining: "KERNELS_BASELINE", settings),
    kernels("LangevinDoubleKernelsBaseline", lanes: 2, defining: "KERNELS_BASELINE", settings),
  ] + vectorKernels

/// The target that selects kernels at run time. It depends on a build of the kernels if the trait of that
/// name is enabled, or the trait `AVX`.
let kernelChooser = Target.target(
  name: "LangevinKernels",
  dependencies: [
    "LangevinPreconditions", "LangevinKernelTable", "CLangevinMachine", "LangevinKernelsBaseline",
    "LangevinDoubleKernelsBaseline",
  ]
    + vectorKernels.map { target in
      let trait = target.name.hasSuffix("AVX2") ? "AVX2" : "AVX512"
      return .target(name: target.name, condition: .when(traits: ["AVX", trait]))
    },
  swiftSettings: settings + omitted)

/// Returns a library target with the settings of the package.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Returns a test target with the settings of the package.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// The program of `make fuzz`. Other builds leave it out, because it needs libFuzzer, which comes with Swift
/// on Linux but not with Xcode.
let fuzzingTargets: [Target] =
  Context.environment["LANGEVIN_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "langevin-fuzz", dependencies: ["ReaderChecks"], path: "Tests/Fuzzing",
      exclude: ["Corpus", "Dictionaries"],
      swiftSettings: settings + [.enableExperimentalFeature("Extern")],
      // libFuzzer defines a second `main`.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "muldefs"])])
  ]

/// The DocC plugin. Only `make docs` needs it, so packages that depend on this one do not fetch it.
let documentationPlugin: [Package.Dependency] =
  Context.environment["LANGEVIN_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

let package = Package(
  name: "langevin",
  // `Synchronization.Mutex` needs macOS 15.
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Langevin", targets: ["Langevin", "LangevinErrors"]),
    .library(name: "LinearAlgebra", targets: ["LinearAlgebra", "LangevinErrors"]),
    .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
    .library(name: "Diffusion", targets: ["Diffusion"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Tables", targets: ["Tables", "LangevinErrors"]),
    .library(name: "Evaluation", targets: ["Evaluation"]),
    .library(name: "SafeTensors", targets: ["SafeTensors", "LangevinErrors"]),
    .library(name: "Checkpoints", targets: ["Checkpoints", "LangevinErrors"]),
    .library(name: "Plots", targets: ["Plots", "LangevinErrors"]),
    .executable(name: "langevin", targets: ["LangevinTool"]),
  ],
  traits: [
    // One default trait: SwiftPM passes several in an order that changes, and then compiles everything again.
    .trait(name: "AVX", description: "Kernels for x86-64 processors with AVX2 and with AVX-512"),
    .trait(name: "AVX2", description: "Kernels for x86-64 processors with AVX2"),
    .trait(name: "AVX512", description: "Kernels for x86-64 processors with AVX-512"),
    .default(enabledTraits: ["AVX"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ] + documentationPlugin,
  targets: [
    .systemLibrary(
      name: "CLangevinOpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CLangevinLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"]), .brew(["lapack"])]),
    .systemLibrary(
      name: "CLangevinCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CLangevinWebP", pkgConfig: "libwebpmux",
      providers: [.apt(["libwebp-dev"]), .brew(["webp"])]),
    .systemLibrary(
      name: "CLangevinZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CLangevinMachine"),

    library("LangevinPreconditions", []),
    library("LangevinKernelTable", []),
    kernelChooser,
    library("LangevinErrors", []),
    library("LangevinFiles", ["LangevinErrors", "LangevinPreconditions", "CLangevinZlib"]),
    library("LangevinThreading", ["LangevinPreconditions", "CLangevinMachine"]),
    library(
      "LinearAlgebra",
      [
        "LangevinErrors", "LangevinPreconditions", "LangevinKernels", "LangevinKernelTable",
        "LangevinThreading",
        "CLangevinOpenBLAS",
        "CLangevinLAPACKE",
      ]),
    library(
      "NeuralNetwork",
      ["LangevinPreconditions", "LinearAlgebra", "LangevinKernelTable", "LangevinThreading"]),
    library(
      "Diffusion",
      [
        "LangevinErrors", "LangevinPreconditions", "NeuralNetwork", "LinearAlgebra",
        "LangevinKernelTable", "LangevinThreading",
      ]),
    library("Datasets", ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra"]),
    library(
      "Tables", ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra", "LangevinFiles"]),
    library(
      "Evaluation",
      ["LangevinErrors", "LangevinPreconditions", "LinearAlgebra", "LangevinThreading"]),
    library("SafeTensors", ["LangevinErrors", "LangevinPreconditions", "LangevinFiles"]),
    library(
      "Checkpoints",
      [
        "LangevinErrors", "LangevinPreconditions", "SafeTensors", "Tables", "Diffusion",
        "NeuralNetwork",
        "LinearAlgebra",
        "LangevinFiles",
      ]),
    library(
      "Plots",
      [
        "LangevinErrors", "LangevinPreconditions", "LinearAlgebra", "LangevinFiles",
        "CLangevinCairo", "CLangevinWebP",
      ]),
    library("LangevinReports", ["LangevinPreconditions", "Plots", "Evaluation", "LinearAlgebra"]),
    library(
      "Langevin",
      [
        "LangevinErrors", "LangevinPreconditions",
        "Checkpoints", "Tables", "Datasets", "Diffusion", "NeuralNetwork", "LinearAlgebra",
        "LangevinFiles",
        "LangevinThreading", .product(name: "Logging", package: "swift-log"),
      ]),
    // Not `langevin`: a case-insensitive file system would confuse it with the library `Langevin`.
    .executableTarget(
      name: "LangevinTool",
      dependencies: [
        "Langevin", "LangevinReports", "Plots", "Checkpoints", "Tables", "Datasets", "Diffusion",
        "Evaluation",
        "NeuralNetwork", "LinearAlgebra", "LangevinFiles", "LangevinThreading",
        "LangevinErrors", "LangevinPreconditions",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "langevin-benchmark",
      dependencies: [
        "Plots", "Datasets", "Diffusion", "NeuralNetwork", "LinearAlgebra", "LangevinThreading",
        "LangevinKernelTable",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/langevin-benchmark",
      swiftSettings: settings),
    .executableTarget(
      name: "langevin-matrices", dependencies: ["LinearAlgebra"],
      path: "Benchmarks/langevin-matrices", swiftSettings: settings),
    .executableTarget(
      name: "langevin-quality",
      dependencies: [
        "Plots", "Checkpoints", "Datasets", "Diffusion", "Evaluation", "NeuralNetwork",
        "LinearAlgebra", "LangevinThreading",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/langevin-quality",
      swiftSettings: settings),

    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "ReaderChecks",
      dependencies: ["Checkpoints", "SafeTensors", "Tables", "Diffusion", "LinearAlgebra"],
      path: "Tests/ReaderChecks", swiftSettings: settings),
    tests("KernelsTests", ["LangevinKernels", "LangevinKernelTable"]),
    tests("FilesTests", ["LangevinFiles", "LangevinErrors"]),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("ThreadingTests", ["LangevinThreading", "TestSupport"]),
    tests(
      "NeuralNetworkTests",
      ["NeuralNetwork", "LinearAlgebra", "LangevinThreading", "AllocationCounter"]),
    tests(
      "DiffusionTests",
      [
        "Diffusion", "NeuralNetwork", "LinearAlgebra", "Datasets", "SafeTensors",
        "AllocationCounter",
      ],
      resources: [.copy("Fixtures")]),
    tests(
      "DatasetsTests", ["Datasets", "Tables", "LinearAlgebra", "LangevinFiles", "TestSupport"]),
    tests("TablesTests", ["Tables", "LinearAlgebra", "LangevinFiles", "TestSupport"]),
    tests("EvaluationTests", ["Evaluation", "LinearAlgebra", "LangevinThreading", "TestSupport"]),
    tests(
      "CheckpointsTests",
      [
        "Checkpoints", "SafeTensors", "Tables", "Diffusion", "NeuralNetwork", "LinearAlgebra",
        "LangevinFiles", "TestSupport", "ReaderChecks",
      ],
      resources: [.copy("Fixtures")]),
    tests("PlotsTests", ["Plots", "LinearAlgebra", "LangevinFiles", "LangevinErrors"]),
    tests("ReportsTests", ["LangevinReports", "Plots", "Evaluation", "LinearAlgebra"]),
    tests(
      "BenchmarkTests",
      ["langevin-benchmark", "Plots", "Diffusion", "NeuralNetwork", "LinearAlgebra"]),
    tests(
      "LangevinTests",
      [
        "Langevin", "Checkpoints", "SafeTensors", "Tables", "Datasets", "Diffusion",
        "NeuralNetwork", "Evaluation", "LinearAlgebra", "Plots", "LangevinFiles",
        "LangevinErrors", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      "ToolTests",
      [
        "LangevinTool", "Checkpoints", "Tables", "Datasets", "Diffusion", "NeuralNetwork",
        "LinearAlgebra", "SafeTensors", "TestSupport",
      ]),
  ] + kernelTargets + fuzzingTargets
)
