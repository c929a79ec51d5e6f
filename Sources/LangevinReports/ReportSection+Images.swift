package import Plots

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ReportSection {
  /// Grids of images, data beside samples.
  ///
  /// - Throws: ``PlotError`` if they cannot be drawn.
  package static func images(
    data: GrayImages, samples: GrayImages
  ) throws(PlotError) -> ReportSection {
    func figure(_ name: String, _ images: GrayImages) throws(PlotError) -> String {
      """
      <figure class="images">
      <img src="\(try dataAddress([images]))" alt="A grid of \(name)">
      <figcaption>\(name)</figcaption>
      </figure>
      """
    }
    return ReportSection(
      id: "images", title: "Samples beside data",
      html: """
        <div class="grids">
        \(try figure("data", data))
        \(try figure("samples", samples))
        </div>
        """)
  }

  /// The reverse process as grids of images with a slider from noise, the first of `states`, to samples,
  /// the last.
  ///
  /// - Throws: ``PlotError`` if they cannot be drawn.
  package static func reverse(
    _ states: [(name: String, images: GrayImages)]
  ) throws(PlotError) -> ReportSection {
    guard let first = states.first else { return withoutStates }
    let grid = ImageStrip([first.images]).size
    return reverse(
      names: states.map(\.name),
      text: """
        Samples on their way. Move the slider, or step with the arrow keys. Moments are evenly spaced by the \
        angle arctan(σ\u{2060}/\u{2060}α); σ is the noise where variance is preserved.
        """,
      canvas: """
        <canvas role="img" aria-label="Grid of the samples" \
        data-width="\(Int(grid.width))" data-height="\(Int(grid.height))" \
        data-strip="\(try dataAddress(states.map(\.images)))"></canvas>
        """)
  }

  /// A PNG of `grids`, one below the other, as an address that needs no network.
  private static func dataAddress(_ grids: [GrayImages]) throws(PlotError) -> String {
    let bytes = try ImageStrip(grids).encoded(as: .png, scale: 1)
    return "data:image/png;base64," + Data(bytes).base64EncodedString()
  }
}
