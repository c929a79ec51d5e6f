import ArgumentParser

/// The option that allows a command to replace the data of its run.
struct ProtectionOptions: ParsableArguments {
  @Flag(help: "Replace an output file even if the run was trained on it.")
  var overwrite = false
}
