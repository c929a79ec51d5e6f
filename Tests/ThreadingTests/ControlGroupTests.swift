import Testing

@testable import LangevinThreading

/// The share of the processors that a container or a service may use, as reported by Linux.
@Suite struct ControlGroupTests {
  @Test(
    arguments: [
      ("max 100000\n", nil), ("150000 100000\n", 1.5), ("20000 100000", 0.2),
      ("-1\n 100000\n", nil), ("50000\n 100000\n", 0.5), ("", nil), ("1 0", nil), ("0 100000", nil),
      ("nan 1", nil),
      ("1e300 1e-300", nil), ("1 2 3", nil), ("100000", nil),
    ] as [(String, Double?)])
  func parsesTheQuota(text: String, quota: Double?) {
    #expect(ControlGroup.quota(text) == quota)
  }

  private static let second = "/sys/fs/cgroup"
  private static let first = "/sys/fs/cgroup/cpu,cpuacct"

  /// The membership, the existing files, and the expected quota.
  @Test(
    arguments: [
      ("0::/\n", ["\(second)/cpu.max": "150000 100000"], 1.5),
      ("0::/\n", ["\(second)/cpu.max": "max 100000"], nil),
      ("0::/\n", [:], nil),
      ("0::/a/b\n", ["\(second)/a/b/cpu.max": "100000 100000"], 1),
      // A group has at most the quota of the groups that contain it.
      (
        "0::/a/b\n",
        ["\(second)/a/b/cpu.max": "max 100000", "\(second)/a/cpu.max": "300000 100000"], 3
      ),
      (
        "0::/a/b\n",
        ["\(second)/a/b/cpu.max": "400000 100000", "\(second)/a/cpu.max": "300000 100000"], 3
      ),
      (
        "0::/a/b\n",
        ["\(second)/a/b/cpu.max": "200000 100000", "\(second)/a/cpu.max": "300000 100000"], 2
      ),
      // A path outside the view of the container.
      ("0::/../../x\n", ["\(second)/cpu.max": "50000 100000"], 0.5),
      (
        "5:cpu,cpuacct:/docker/1\n0::/\n",
        ["\(first)/cpu.cfs_quota_us": "250000\n", "\(first)/cpu.cfs_period_us": "100000\n"], 2.5
      ),
      (
        "5:cpu,cpuacct:/\n",
        ["\(first)/cpu.cfs_quota_us": "-1\n", "\(first)/cpu.cfs_period_us": "100000\n"], nil
      ),
      ("5:cpu,cpuacct:/\n", ["\(first)/cpu.cfs_quota_us": "250000\n"], nil),
      ("5:cpuset:/\n1:name=systemd:/a:b\nnonsense\n::\n", [:], nil),
    ] as [(String, [String: String], Double?)])
  func usesTheSmallestQuotaOfAllGroups(
    membership: String, files: [String: String], quota: Double?
  ) {
    #expect(ControlGroup.processorQuota(membership: membership) { files[$0] } == quota)
  }

  @Test(
    arguments: [
      (8, 8, nil, 8, "8"), (8, 4, nil, 4, "4 of 8 (CPU affinity)"),
      (8, 8, 1.5, 2, "2 of 8 (a CPU quota of 1.5)"), (8, 4, 6, 4, "4 of 8 (CPU affinity)"),
      (8, 8, 0.001, 1, "1 of 8 (a CPU quota of 0.0)"), (2, 2, 1e300, 2, "2"), (2, 2, 2, 2, "2"),
      (1, 1, 0.5, 1, "1"),
    ] as [(Int, Int, Double?, Int, String)])
  func usesTheSmallerOfAffinityAndQuota(
    online: Int, allowed: Int, quota: Double?, threads: Int, text: String
  ) {
    let share = ProcessorShare(online: online, allowed: allowed, quota: quota)
    #expect(share.threads == threads && "\(share)" == text)
  }

  @Test func thisProcessHasProcessors() {
    #expect(ThreadPool.availableProcessors == ProcessorShare.current.threads)
    #expect((1...ProcessorShare.current.online).contains(ThreadPool.availableProcessors))
  }
}
