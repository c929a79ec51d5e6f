/// Computes Philox4x32-10 word by word as in its paper (Salmon, Moraes, Dror & Shaw 2011): the reference
/// for the random numbers of the kernels.
func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
  var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
  var (k0, k1) = (key[0], key[1])
  for _ in 0..<10 {
    let a = c0.multipliedFullWidth(by: 0xD251_1F53)
    let b = c2.multipliedFullWidth(by: 0xCD9E_8D57)
    (c0, c1, c2, c3) = (b.high ^ c1 ^ k0, b.low, a.high ^ c3 ^ k1, a.low)
    k0 &+= 0x9E37_79B9
    k1 &+= 0xBB67_AE85
  }
  return [c0, c1, c2, c3]
}

/// Returns the words at positions `position ..< position + count` of a stream: position p is word (p /
/// 16) % 4 of the counter (16 (p / 64) + p % 16, stream).
func words(_ count: Int, seed: UInt64, stream: UInt64, from position: UInt64) -> [UInt32] {
  (0..<count).map { i in
    let p = position + UInt64(i)
    let counter = p / 64 * 16 + p % 16
    return philox(counter: halves(counter) + halves(stream), key: halves(seed))[Int(p / 16 % 4)]
  }
}

private func halves(_ x: UInt64) -> [UInt32] {
  [UInt32(truncatingIfNeeded: x), UInt32(truncatingIfNeeded: x >> 32)]
}
