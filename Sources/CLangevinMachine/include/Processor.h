// The features of the processor, how many processors there are, how to wait for another thread, and how to
// use little memory.

#ifndef LANGEVIN_PROCESSOR_H
#define LANGEVIN_PROCESSOR_H

#include <stdbool.h>

// The number of processors that the calling thread may run on, or 0 if unknown.
int langevin_allowed_processors(void);

// Has all threads share one heap. Where the system refuses glibc the memory of another one, each
// allocation of a thread would ask again.
void langevin_share_one_heap(void);

// Whether the processor and the operating system run code for x86-64-v3: AVX2 and FMA.
bool langevin_cpu_runs_x86_64_v3(void);

// Whether they run code for x86-64-v4: AVX-512 F, BW, CD, DQ and VL.
bool langevin_cpu_runs_x86_64_v4(void);

// Tells the processor that the program waits for another thread in a loop.
static inline void langevin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
