// Stores past the caches, and requests for lines.
//
// A line that another core has read is shared, and to write it again costs a message to that core:
// 7 or 28 ns each on the AMD machine where this was measured, one line after the other. Past the
// caches, a line takes 2 ns, and reading it back as much.

#ifndef LANGEVIN_CACHE_CONTROL_H
#define LANGEVIN_CACHE_CONTROL_H

#include "Vectors.h"

// `vector` to `destination`, which is aligned as the vector is.
__attribute__((always_inline)) static inline void langevin_stream(
    langevin_floats vector, float *destination) {
  __builtin_nontemporal_store(vector, (langevin_floats *)destination);
}

// Asks for the line at `address`, which the program will want soon.
__attribute__((always_inline)) static inline void langevin_prefetch(const float *address) {
  __builtin_prefetch(address);
}

// Reads the line at `address`: where there are many, requests that are only asked for may be dropped.
__attribute__((always_inline)) static inline void langevin_fetch(const float *address) {
  (void)*(volatile const float *)address;
}

// Other cores see all streaming stores that came before, as soon as they see any store that comes
// behind: without it, a lock or an atomic does not guard them. It waits for memory, so that it
// stands once at the end of a thread's work and not in each function.
static inline void langevin_streaming_fence(void) {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#else
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

#endif
