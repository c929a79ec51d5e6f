// What the processor and the operating system let a program execute, on how many processors, how to
// wait politely, and how to get along with little memory.
//
// Features are asked of `cpuid` and `xgetbv` directly: the compiler's own `__builtin_cpu_supports` needs a
// run-time library that a Swift program does not always link.

#ifndef LANGEVIN_CPU_FEATURES_H
#define LANGEVIN_CPU_FEATURES_H

#include <stdbool.h>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>

// The number of processors that the calling thread may run on, or 0 if the system does not tell.
static inline int langevin_allowed_processors(void) {
  unsigned long mask[1024] = {0};
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
  int count = 0;
  for (long i = 0; i < bytes / (long)sizeof mask[0]; i++) count += __builtin_popcountl(mask[i]);
  return count;
}
#else
static inline int langevin_allowed_processors(void) { return 0; }
#endif

// Has all threads share one heap. Where the system refuses glibc the memory of another one, each
// allocation of a thread would ask again.
#if defined(__GLIBC__)
#include <malloc.h>
static inline void langevin_share_one_heap(void) { mallopt(M_ARENA_MAX, 1); }
#else
static inline void langevin_share_one_heap(void) {}
#endif

// Tells the processor that the program waits for another thread in a loop.
static inline void langevin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#if defined(__x86_64__)
#include <cpuid.h>

// The register state that the operating system saves on a context switch (XCR0), or 0.
static inline unsigned langevin_saved_register_state(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & (1u << 27))) return 0;
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

// AVX2 and FMA, with the other instructions of the x86-64-v3 level.
static inline bool langevin_cpu_runs_x86_64_v3(void) {
  unsigned a, b, c, d;
  if ((langevin_saved_register_state() & 0x6) != 0x6) return false;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const unsigned fma = 1u << 12, movbe = 1u << 22, avx = 1u << 28, f16c = 1u << 29;
  if ((c & (fma | movbe | avx | f16c)) != (fma | movbe | avx | f16c)) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const unsigned bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  if ((b & (bmi1 | avx2 | bmi2)) != (bmi1 | avx2 | bmi2)) return false;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d)) return false;
  return c & (1u << 5);  // LZCNT
}

// AVX-512 F, BW, CD, DQ and VL: the x86-64-v4 level.
static inline bool langevin_cpu_runs_x86_64_v4(void) {
  unsigned a, b, c, d;
  if (!langevin_cpu_runs_x86_64_v3()) return false;
  if ((langevin_saved_register_state() & 0xe6) != 0xe6) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const unsigned f = 1u << 16, dq = 1u << 17, cd = 1u << 28, bw = 1u << 30, vl = 1u << 31;
  return (b & (f | dq | cd | bw | vl)) == (f | dq | cd | bw | vl);
}

#else

static inline bool langevin_cpu_runs_x86_64_v3(void) { return false; }
static inline bool langevin_cpu_runs_x86_64_v4(void) { return false; }

#endif
#endif
