// For syscall.
#define _GNU_SOURCE

#include "Processor.h"

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>

int langevin_allowed_processors(void) {
  unsigned long mask[1024] = {0};
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
  int count = 0;
  for (long i = 0; i < bytes / (long)sizeof mask[0]; i++) count += __builtin_popcountl(mask[i]);
  return count;
}
#else
int langevin_allowed_processors(void) { return 0; }
#endif

#if defined(__GLIBC__)
#include <malloc.h>
void langevin_share_one_heap(void) { mallopt(M_ARENA_MAX, 1); }
#else
void langevin_share_one_heap(void) {}
#endif

#if defined(__x86_64__)
#include <cpuid.h>

// These functions use `cpuid` and `xgetbv` directly: the compiler's `__builtin_cpu_supports` needs a run-time
// library that a Swift program does not always link.

// Returns the register state that the operating system saves on a context switch (XCR0), or 0.
static unsigned saved_register_state(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & (1u << 27))) return 0;
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool langevin_cpu_runs_x86_64_v3(void) {
  unsigned a, b, c, d;
  if ((saved_register_state() & 0x6) != 0x6) return false;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const unsigned fma = 1u << 12, movbe = 1u << 22, avx = 1u << 28, f16c = 1u << 29;
  if ((c & (fma | movbe | avx | f16c)) != (fma | movbe | avx | f16c)) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const unsigned bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  if ((b & (bmi1 | avx2 | bmi2)) != (bmi1 | avx2 | bmi2)) return false;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d)) return false;
  return c & (1u << 5);  // LZCNT
}

bool langevin_cpu_runs_x86_64_v4(void) {
  unsigned a, b, c, d;
  if (!langevin_cpu_runs_x86_64_v3()) return false;
  if ((saved_register_state() & 0xe6) != 0xe6) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const unsigned f = 1u << 16, dq = 1u << 17, cd = 1u << 28, bw = 1u << 30, vl = 1u << 31;
  return (b & (f | dq | cd | bw | vl)) == (f | dq | cd | bw | vl);
}

#else

bool langevin_cpu_runs_x86_64_v3(void) { return false; }
bool langevin_cpu_runs_x86_64_v4(void) { return false; }

#endif
