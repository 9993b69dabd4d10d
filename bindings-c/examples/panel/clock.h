/* The time. The library has no clock; a product has one that runs without power, and this panel is told by its script. */

#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/** Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_now(void);

void clock_set(int64_t at);

#endif
