#include <lapacke.h>

// `lapack_int` is a macro, which Swift does not import as a type.
typedef lapack_int LAPACKInteger;
