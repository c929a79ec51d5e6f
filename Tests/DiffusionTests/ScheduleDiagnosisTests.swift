import Datasets
import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// The signal that a schedule leaves at its last step is measured and reported.
@Suite struct ScheduleDiagnosisTests {
  private static let roll = Dataset.swissRoll.points(
    count: 10_000, noise: 0.5, RandomStream(seed: 0, stream: 1 << 48))
  private static let moments = DataMoments(roll)
  private static let seed = NoiseSchedule.sigmoid(steps: 100)

  @Test func originalScheduleLeavesNearlyHalfABit() {
    let diagnosis = ScheduleDiagnosis(Self.seed, moments: Self.moments)
    #expect(abs(diagnosis.alphaBar - 0.605) < 5e-4)
    #expect(abs(diagnosis.signalToNoiseRatio - 1.53) < 5e-3)
    #expect(abs(diagnosis.bitsPerDimension(diagnosis.priorTerm) - 0.444) < 0.01)
    #expect(diagnosis.verdict == .bad)
    #expect(diagnosis.terminalDeviation.allSatisfy { $0 > 0.78 && $0 < 0.86 })
    #expect(abs(diagnosis.terminalMean[0] - 0.154) < 0.01)
  }

  /// Compares with the mean of each point's own divergence.
  @Test func priorTermIsTheMeanOverTheData() {
    let diagnosis = ScheduleDiagnosis(Self.seed, moments: Self.moments)
    let (kept, noise) = (Self.seed.alphaBar[99], Self.seed.oneMinusAlphaBar[99])
    let squares = doubles(Self.roll).reduce(0) { $0 + $1 * $1 } / Double(Self.roll.rows)
    let expected = 0.5 * (kept * squares + 2 * (noise - 1 - log(noise)))
    #expect(abs(diagnosis.priorTerm - expected) < 1e-9)
  }

  /// ½ (tr C + ‖α m‖² - 2 - ln det C), with the determinant written out by hand.
  @Test func divergenceMatchesTheGaussianFormula() {
    let moments = DataMoments(
      mean: [0.7, -0.2], variance: [2, 0.5], covariance: [2, 0.6, 0.6, 0.5])
    for signal in [0.1, 0.5, 0.9] {
      let (a, n) = (signal * signal, 1 - signal * signal)
      let level = NoiseLevel(alpha: signal, sigma: n.squareRoot())
      let diagnosis = ScheduleDiagnosis(terminal: level, moments: moments)
      let determinant = (2 * a + n) * (0.5 * a + n) - 0.36 * a * a
      let expected = 0.5 * (2.5 * a + 2 * n + a * 0.53 - 2 - log(determinant))
      #expect(abs(diagnosis.priorDivergence - expected) < 1e-13)
      #expect(diagnosis.priorDivergence < diagnosis.priorTerm)
      // The same states up to a factor.
      let exploding = ScheduleDiagnosis(
        terminal: NoiseLevel(sigma: level.noiseToSignalRatio), moments: moments)
      #expect(abs(exploding.priorDivergence - diagnosis.priorDivergence) < 1e-13)
      #expect(abs(exploding.priorTerm - diagnosis.priorTerm) < 1e-13)
      #expect(abs(exploding.alphaBar - a) < 1e-13)
    }
  }

  /// To leading order ¼ ᾱ² (v - 1)² per column, whose digits a plain difference would lose.
  @Test func smallDivergencesKeepTheirPrecision() {
    let moments = DataMoments(mean: [0], variance: [3], covariance: [3])
    for kept in [1e-6, 1e-12] {
      let level = NoiseLevel(alpha: kept.squareRoot(), sigma: (1 - kept).squareRoot())
      let diagnosis = ScheduleDiagnosis(terminal: level, moments: moments)
      #expect(abs(diagnosis.priorDivergence / (kept * kept) - 1) < 1e-5)
      #expect(abs(diagnosis.priorTerm / (1.5 * kept) - 1) < 1e-5)
    }
  }

  @Test func verdictsMatchCommonPractice() {
    func verdict(_ schedule: NoiseSchedule) -> ScheduleDiagnosis.Verdict {
      ScheduleDiagnosis(schedule, moments: Self.moments).verdict
    }
    #expect(verdict(.linear(steps: 1000)) == .good)
    #expect(verdict(.linear(steps: 50)) == .good)
    #expect(verdict(.cosine(steps: 100)) == .good)
    #expect(verdict(.sigmoid(steps: 100, start: 1e-3, end: 0.2)) == .good)
    #expect(verdict(.scaledLinear(steps: 1000)) == .good)
    #expect(verdict(.linear(steps: 250, scaled: false)) == .leaky)
    #expect(verdict(.linear(steps: 50, scaled: false)) == .bad)
    #expect(verdict(Self.seed.rescaledToZeroTerminalSNR()) == .good)
    for (maximum, expected) in [(20.0, ScheduleDiagnosis.Verdict.good), (3, .leaky), (1, .bad)] {
      let diagnosis = ScheduleDiagnosis(
        terminal: NoiseLevel(sigma: maximum), moments: Self.moments)
      #expect(diagnosis.verdict == expected)
    }
  }

  /// Data far from 0 need more noise.
  @Test func verdictDependsOnTheMean() {
    let schedule = NoiseSchedule.linear(steps: 1000)
    for (mean, expected) in [(0.0, ScheduleDiagnosis.Verdict.good), (100, .bad)] {
      let moments = DataMoments(mean: [mean, mean], variance: [1, 1])
      #expect(ScheduleDiagnosis(schedule, moments: moments).verdict == expected)
    }
  }

  @Test func rescaledScheduleLeavesNoSignal() {
    let diagnosis = ScheduleDiagnosis(
      Self.seed.rescaledToZeroTerminalSNR(), moments: Self.moments)
    #expect(diagnosis.priorTerm == 0 && diagnosis.priorDivergence == 0)
    #expect(diagnosis.terminalDeviation == [1, 1] && diagnosis.terminalMean == [0, 0])
  }

  @Test func descriptionStatesTheRemedy() {
    let lines = ScheduleDiagnosis(Self.seed, moments: Self.moments).describe()
    let text = Dictionary(uniqueKeysWithValues: lines)
    #expect(text["alphaBar_T"] == "0.605")
    #expect(text["SNR_T"] == "1.53")
    #expect(text["verdict"]?.hasPrefix("bad: ") == true)
    #expect(text["what to do"]?.contains("rescale it to zero terminal SNR") == true)
    let linear = ScheduleDiagnosis(.linear(steps: 1000), moments: Self.moments).describe()
    let good = Dictionary(uniqueKeysWithValues: linear)
    #expect(good["alphaBar_T"] == "4.04e-05")
    #expect(good["verdict"]?.hasPrefix("good: ") == true && good["what to do"] == nil)
    let clean = ScheduleDiagnosis(terminal: .clean, moments: Self.moments)
    #expect(clean.priorTerm == .infinity && clean.verdict == .bad)
  }
}
