// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "SwissRoll",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In your own package: .package(url: "…/langevin.git", from: "0.2.0")
    .package(name: "langevin", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "SwissRoll",
      dependencies: [.product(name: "Langevin", package: "langevin")],
      path: "Sources")
  ]
)
