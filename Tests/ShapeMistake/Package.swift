// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "ShapeMistake",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "langevin", path: "../..")],
  targets: [
    .executableTarget(
      name: "ShapeMistake",
      dependencies: [.product(name: "LinearAlgebra", package: "langevin")],
      path: "Sources")
  ]
)
