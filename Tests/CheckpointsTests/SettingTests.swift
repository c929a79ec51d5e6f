import Checkpoints
import Testing

/// The settings that users choose, set from texts.
@Suite struct SettingTests {
  /// Errors name the path in `config.json`, not an option of the tool.
  @Test(arguments: [
    (
      "training.learningRate", "0",
      "training.learningRate 0: choose a number above 0, up to 1000000"
    ),
    (
      "model.network.widths", "3,4",
      "model.network.widths 3,4: residual blocks cannot have different widths; choose equal ones"
    ),
    (
      "model.process.schedule.steps", "9",
      "model.process.schedule.steps: only a schedule with timesteps has this setting; choose a "
        + "model.process with timesteps"
    ),
    (
      "training.contextDropout", "0.5",
      "training.contextDropout: there are no conditions; name the conditions of the table"
    ),
  ])
  func errorsNameThePath(key: String, text: String, expected: String) throws {
    let setting = try #require(Setting.all.first { $0.key == key })
    var configuration = RunConfiguration(
      .best, dataset: .init(name: "moons", count: 100, seed: 0), dimension: 2)
    let error = #expect(throws: SettingError.self) { try setting.set(text, in: &configuration) }
    #expect(error?.description == expected)
  }

  @Test func aPlainNetworkHasNoFrequencies() throws {
    let setting = try #require(Setting.all.first { $0.key == "model.network.frequencies" })
    var configuration = RunConfiguration(
      .original, dataset: .init(name: "moons", count: 100, seed: 0), dimension: 2)
    let error = #expect(throws: SettingError.self) { try setting.set("4", in: &configuration) }
    #expect(
      error?.description
        == "model.network.frequencies: only a residual network has this setting; choose a residual "
        + "model.network")
  }
}
