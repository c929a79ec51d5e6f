import Diffusion

/// Euler's method along x/α that replaces a part of the noise at each step (k-diffusion's "Euler a").
let eulerAncestral = CustomSampling("euler a") { step in
  let (s, t) = (step.from.noiseToSignalRatio, step.to.noiseToSignalRatio)
  let up = (t * t * (s * s - t * t)).squareRoot() / s
  let down = (t * t - up * up).squareRoot()
  return [
    ReverseStage(
      level: step.from, state: step.to.alpha / step.from.alpha * down / s,
      denoised: step.to.alpha * (1 - down / s), noise: step.to.alpha * up, completes: step.to)
  ]
}
