import Testing

@testable import langevin_benchmark

@Suite struct TableTests {
  @Test func alignsColumns() {
    var table = Table([("name", .left), ("µs", .right)])
    table.append(["a × b", "1.0"])
    table.appendBlank()
    table.append(["b", "12 345.0"])
    table.append(["c", nil])
    #expect(
      table.text == """
        name         µs
        a × b       1.0

        b      12 345.0
        c             —
        """)
  }

  @Test func trimsTrailingSpaces() {
    var table = Table([("a", .left), ("long heading", .left)])
    table.append(["b", ""])
    #expect(table.text == "a  long heading\nb")
  }

  @Test(arguments: [
    (0.0, 1, "0.0"), (1.25, 1, "1.3"), (-1.2, 1, "-1.2"), (-0.01, 1, "0.0"), (999.96, 1, "1 000.0"),
    (1234567.0, 0, "1 234 567"), (12.005, 2, "12.01"), (0.06, 2, "0.06"), (123.0, 0, "123"),
    (1e30, 1, "1e+30"), (.infinity, 1, "inf"), (.nan, 1, "nan"),
  ])
  func formatsFixedNumbers(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals) == text)
  }

  @Test func formatsShortNumbersPercentsAndCounts() {
    #expect([2, 1.5].map(NumberText.short) == ["2", "1.5"])
    #expect([0.123, 1].map(NumberText.percent) == ["12 %", "100 %"])
    #expect([1, 2].map { NumberText.count($0, "thread") } == ["1 thread", "2 threads"])
    #expect([1, 2].map { Contender.name("a", threads: $0) } == ["a", "a, 2 threads"])
  }
}
