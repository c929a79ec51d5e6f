// What Swift has no words for: stores past the caches, and requests for lines.
//
// A line that another core has read is shared, and to write it again costs a message to that core:
// 7 or 28 ns each on the AMD machine where this was measured, one line after the other. Past the
// caches, a line takes 2 ns, and reading it back as much.

#ifndef LANGEVIN_CACHE_CONTROL_H
#define LANGEVIN_CACHE_CONTROL_H

typedef float langevin_float4 __attribute__((ext_vector_type(4)));
typedef float langevin_float8 __attribute__((ext_vector_type(8)));
typedef float langevin_float16 __attribute__((ext_vector_type(16)));

// `vector` to `destination`, which is aligned as the vector is.

__attribute__((always_inline)) static inline void langevin_stream4(
    langevin_float4 vector, float *destination) {
  __builtin_nontemporal_store(vector, (langevin_float4 *)destination);
}

#if !defined(__x86_64__) || defined(__AVX__)
__attribute__((always_inline)) static inline void langevin_stream8(
    langevin_float8 vector, float *destination) {
  __builtin_nontemporal_store(vector, (langevin_float8 *)destination);
}
#endif

#if !defined(__x86_64__) || defined(__AVX512F__)
__attribute__((always_inline)) static inline void langevin_stream16(
    langevin_float16 vector, float *destination) {
  __builtin_nontemporal_store(vector, (langevin_float16 *)destination);
}
#endif

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
