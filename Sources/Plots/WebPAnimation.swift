internal import CLangevinWebP

/// An encoder of an animated WebP from pictures of the same size.
@safe final class WebPAnimation {
  private let width: Int
  private let height: Int
  private let encoder: OpaquePointer
  private var configuration = WebPConfig()

  /// The longest side of a WebP, in pixels.
  static let largestSide = 16383

  /// Creates an animation of `width` × `height` pixels that repeats endlessly.
  init(width: Int, height: Int) throws(PlotError) {
    guard (1...Self.largestSide).contains(width), (1...Self.largestSide).contains(height) else {
      throw .cannotAnimate(
        reason: "\(width) × \(height) pixels are not from 1 to \(Self.largestSide) per side")
    }
    var options = WebPAnimEncoderOptions()
    guard unsafe WebPAnimEncoderOptionsInit(&options) != 0,
      unsafe WebPConfigInit(&configuration) != 0
    else { throw .cannotAnimate(reason: "libwebp and its headers have different versions") }
    options.anim_params.loop_count = 0
    // For identical discs, lossless gives fewer bytes than lossy, and no haze around them.
    configuration.lossless = 1
    configuration.method = 4
    configuration.quality = 50
    guard let created = unsafe WebPAnimEncoderNew(Int32(width), Int32(height), &options) else {
      throw .cannotAnimate(reason: "out of memory")
    }
    unsafe encoder = created
    self.width = width
    self.height = height
  }

  deinit { unsafe WebPAnimEncoderDelete(encoder) }

  /// Adds a picture shown from `time` on, in milliseconds after the start. `pixels` are 0xFFRRGGBB, row by
  /// row.
  func add(_ pixels: [UInt32], at time: Int) throws(PlotError) {
    guard pixels.count == width * height else {
      throw .cannotAnimate(
        reason: "a picture has \(pixels.count) pixels instead of \(width) × \(height)")
    }
    var picture = unsafe WebPPicture()
    guard unsafe WebPPictureInit(&picture) != 0 else {
      throw .cannotAnimate(reason: "libwebp and its headers have different versions")
    }
    defer { unsafe WebPPictureFree(&picture) }
    unsafe picture.use_argb = 1
    unsafe picture.width = Int32(width)
    unsafe picture.height = Int32(height)
    guard unsafe WebPPictureAlloc(&picture) != 0, let target = unsafe picture.argb else {
      throw .cannotAnimate(reason: "out of memory")
    }
    let stride = unsafe Int(picture.argb_stride)
    for row in 0..<height {
      for column in 0..<width {
        unsafe target[row * stride + column] = pixels[row * width + column]
      }
    }
    try check(
      unsafe WebPAnimEncoderAdd(encoder, &picture, Int32(clamping: time), &configuration))
  }

  /// Returns the bytes of the file. The last picture is shown until `end`, in milliseconds.
  func encode(until end: Int) throws(PlotError) -> [UInt8] {
    try check(unsafe WebPAnimEncoderAdd(encoder, nil, Int32(clamping: end), nil))
    var data = unsafe WebPData()
    unsafe WebPDataInit(&data)
    defer { unsafe WebPDataClear(&data) }
    try check(unsafe WebPAnimEncoderAssemble(encoder, &data))
    return unsafe Array(UnsafeBufferPointer(start: data.bytes, count: data.size))
  }

  private func check(_ succeeded: Int32) throws(PlotError) {
    guard succeeded == 0 else { return }
    let reason = unsafe WebPAnimEncoderGetError(encoder).map { unsafe String(cString: $0) } ?? ""
    throw .cannotAnimate(reason: reason.isEmpty ? "no reason given" : reason)
  }
}
