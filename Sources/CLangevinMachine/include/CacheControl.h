// Streaming stores, which bypass the caches, and prefetches of cache lines.
//
// A line that another core has read is shared, and writing it again costs a message to that core: 7 or 28 ns
// per line, one line after the other, on the AMD machine of the measurement. A streaming store takes 2 ns per
// line, and so does reading the line back.

#ifndef LANGEVIN_CACHE_CONTROL_H
#define LANGEVIN_CACHE_CONTROL_H

#include "Vectors.h"

// Writes `vector` past the caches to `destination`, which has the alignment of the vector.
__attribute__((always_inline)) static inline void langevin_stream(
    langevin_elements vector, langevin_element *destination) {
  __builtin_nontemporal_store(vector, (langevin_elements *)destination);
}

// Requests the line at `address`, which the program will read soon.
__attribute__((always_inline)) static inline void langevin_prefetch(const float *address) {
  __builtin_prefetch(address);
}

// Reads the line at `address`: the processor may drop prefetches if there are many.
__attribute__((always_inline)) static inline void langevin_fetch(const float *address) {
  (void)*(volatile const float *)address;
}

// Orders all earlier streaming stores before any later store, as other cores see them. Without the fence, a
// lock or an atomic does not guard streaming stores. The fence waits for memory, so call it once at the end
// of a thread's work and not in each function.
static inline void langevin_streaming_fence(void) {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#else
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

#endif
