// What Swift has no words for: the processor's features, its caches, and operations on whole vectors.

#ifndef LANGEVIN_MACHINE_H
#define LANGEVIN_MACHINE_H

#include "CacheControl.h"
#include "Processor.h"
#include "Vectors.h"

#endif
