// Functions that Swift lacks: processor features, cache control and operations on vectors.

#ifndef LANGEVIN_MACHINE_H
#define LANGEVIN_MACHINE_H

#include "CacheControl.h"
#include "Comparisons.h"
#include "Factorizations.h"
#include "Processor.h"
#include "Transpose.h"
#include "Vectors.h"

#endif
