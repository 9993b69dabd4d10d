/* What the script expects. The firmware ends with a failure where something else came. */

#ifndef CHECK_H
#define CHECK_H

/** Prints what was expected where it does not hold. */
void check(int holds, const char *expected);

/** How much did not hold so far. */
unsigned check_failures(void);

#endif
