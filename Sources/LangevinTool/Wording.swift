/// Returns `number` and `noun`, in the plural unless the number is 1.
func counted(_ number: Int, _ noun: String) -> String {
  number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}
