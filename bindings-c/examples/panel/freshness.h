/* How old the present image is. */

#ifndef FRESHNESS_H
#define FRESHNESS_H

#include <stdint.h>

/** Writes to the log how fresh the present image is now; returns VESTIBULE_BEFORE_ISSUE, _FRESH, _STALE or _TOO_OLD, or 0 where there is none. */
uint32_t freshness_report(void);

#endif
