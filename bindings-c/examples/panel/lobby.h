/* The directory that a visitor sees, and whom a call reaches. */

#ifndef LOBBY_H
#define LOBBY_H

#include <stdint.h>

/** How much the directory shows. */
typedef struct lobby_count {
  unsigned units;
  unsigned residents;
  unsigned units_without_calls;
} lobby_count;

/** Writes the directory to the log, as it would be on the screen. */
lobby_count lobby_browse(void);

/** Rings at a unit, by its number on the bell: writes who is called to the log. Returns how many, and at most `capacity` handles of them. */
unsigned lobby_ring(const char *number, uint64_t *called, unsigned capacity);

#endif
