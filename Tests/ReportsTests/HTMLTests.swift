import Testing

@testable import LangevinReports

@Suite("HTML")
struct HTMLTests {
  @Test(
    "Special characters of HTML are escaped, and other characters stay",
    arguments: [
      ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"), ("\"it's\"", "&quot;it&#39;s&quot;"),
      ("</script><script>", "&lt;/script&gt;&lt;script&gt;"), ("σ → 0, ü, 数", "σ → 0, ü, 数"),
      ("a\0b\u{7}c", "a\u{FFFD}b\u{FFFD}c"), ("a\tb\nc", "a\tb\nc"), ("", ""),
      ("&amp;", "&amp;amp;"),
    ])
  func escaping(text: String, expected: String) {
    #expect(HTML.escaped(text) == expected)
  }

  @Test(
    "The checker of this suite detects malformed text",
    arguments: ["<p>", "<p></div>", "<p a=\"b></p>", "</p>", "a < b", "<p></p></p>"])
  func checkerCanFail(html: String) {
    #expect(!HTMLDocument(html).isWellFormed)
  }
}
