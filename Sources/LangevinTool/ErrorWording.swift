import Checkpoints
import Langevin
import LangevinErrors
import LangevinFiles
import Tables

/// Returns the description of `error`, with options of the tool as remedies. Libraries do not know them.
func described(_ error: any Error) -> String {
  switch error {
  case TrainerError.table(let error): described(error)
  case TrainerError.configuration(let error): described(error)
  case let error as TableError: error.description(remedy: \.options)
  case let error as CheckpointError: error.withOptions
  case let error as SettingError: error.withOptions
  default: "\(error)"
  }
}

extension CheckpointError {
  fileprivate var withOptions: String {
    switch self {
    case .setting(let key, let value, let allowed):
      if let setting = Setting.all.first(where: { $0.key == key }) {
        return "\(setting.option) \(value): choose \(allowed)"
      }
      return description
    case .existingRun(let path, let difference):
      let problem = difference.map { "it holds another run: \($0); use the options of that run" }
      return """
        \(path.printable): \(problem ?? "it already holds a run; add --resume"), name another folder, or add \
        --overwrite
        """
    default: return description
    }
  }
}

extension Setting {
  /// The option, as users type it.
  fileprivate var option: String { "--\(options[0])" }
}

extension SettingError {
  fileprivate var withOptions: String {
    description(name: \.option) { reason in
      switch reason {
      case .notResidual: "add --network residual"
      case .noSchedule: "choose one with --schedule"
      case .noConditions: "name one with --condition"
      case .notAllowed, .unequalBlocks: reason.remedy
      }
    }
  }
}

extension TableRemedy {
  fileprivate var options: String {
    switch self {
    case .dropColumn(let name): return "leave it out with --drop \(name.asItem)"
    case .notCategorical(let name):
      return
        "remove it from --categorical and --condition, or leave it out with --drop \(name.asItem)"
    case .missingWord(let word):
      return "change it, or add --missing \(word) if it stands for a missing cell"
    case .missingWordOrCategories(let word, let column):
      return """
        change it, add --missing \(word) if it stands for a missing cell, or read the column as categories \
        with --categorical \(column.asItem)
        """
    }
  }
}

extension String {
  /// The text as one item of a list in an option, quoted for the list and for the shell.
  var asItem: String { (contains(",") ? "\"\(self)\"" : self).printable.quotedForShell }
}
