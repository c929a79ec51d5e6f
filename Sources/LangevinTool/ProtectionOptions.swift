import ArgumentParser

/// Whether a command may replace the data of its run.
struct ProtectionOptions: ParsableArguments {
  @Flag(help: "Replace the output even if it is the file that the run was trained on.")
  var overwrite = false
}
