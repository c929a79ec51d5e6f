import Diffusion

/// Euler's method along x/α, which replaces a part of the noise at each step (k-diffusion's "Euler a").
let eulerAncestral = CustomSampling("euler a") { from, to, _ in
  let (s, t) = (from.noiseToSignalRatio, to.noiseToSignalRatio)
  let up = (t * t * (s * s - t * t)).squareRoot() / s
  let down = (t * t - up * up).squareRoot()
  return [
    ReverseStage(
      level: from, state: to.alpha / from.alpha * down / s,
      denoised: to.alpha * (1 - down / s), noise: to.alpha * up, completes: to)
  ]
}
