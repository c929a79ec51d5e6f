#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>

// Counts the blocks of memory that each thread asks for, by taking the place of `malloc` and its
// kin in the program that this is linked to. For tests only.

// Whether it counts: with glibc, and unless a sanitizer has taken that place.
bool allocation_counter_is_available(void);

// How many blocks this thread has asked for, reallocations included.
long allocation_counter_count(void);

#endif
