// The features and number of processors, a pause for spin loops, and a setting to save memory.

#ifndef LANGEVIN_PROCESSOR_H
#define LANGEVIN_PROCESSOR_H

#include <stdbool.h>

// Returns the number of processors that the calling thread may run on, or 0 if unknown.
int langevin_allowed_processors(void);

// Makes all threads share one heap. If the system refuses glibc the memory for another heap, each allocation
// of a thread asks again.
void langevin_share_one_heap(void);

// Returns whether the processor and the operating system run code for x86-64-v3: AVX2 and FMA.
bool langevin_cpu_runs_x86_64_v3(void);

// Returns whether the processor and the operating system run code for x86-64-v4: AVX-512 F, BW, CD, DQ, VL.
bool langevin_cpu_runs_x86_64_v4(void);

// Tells the processor that the program is waiting for another thread in a loop.
static inline void langevin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
