package import Plots

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ReportSection {
  /// Returns a section with grids of images, data beside samples.
  ///
  /// - Throws: ``PlotError`` if the images cannot be drawn.
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

  /// Returns a section with the reverse process as grids of images, with a slider from noise, the first of
  /// `states`, to samples, the last.
  ///
  /// - Throws: ``PlotError`` if the images cannot be drawn.
  package static func reverse(
    _ states: [(name: String, images: GrayImages)]
  ) throws(PlotError) -> ReportSection {
    guard let first = states.first else { return withoutStates }
    let grid = ImageStrip([first.images]).size
    return reverse(
      names: states.map(\.name),
      text: """
        Samples on their way from noise to data. Move the slider, or step with the arrow keys. The states \
        are evenly spaced in the angle arctan(σ\u{2060}/\u{2060}α); σ is the noise level, with α² + σ² = 1.
        """,
      canvas: """
        <canvas role="img" aria-label="Grid of the samples" \
        data-width="\(Int(grid.width))" data-height="\(Int(grid.height))" \
        data-strip="\(try dataAddress(states.map(\.images)))"></canvas>
        """)
  }

  /// Returns a PNG image of `grids`, one below the other, as a data URL.
  private static func dataAddress(_ grids: [GrayImages]) throws(PlotError) -> String {
    let bytes = try ImageStrip(grids).encoded(as: .png, scale: 1)
    return "data:image/png;base64," + Data(bytes).base64EncodedString()
  }
}
