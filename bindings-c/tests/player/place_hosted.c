/* Where there is a heap: every place is a block of its own, so that sanitizers and valgrind see what is read beyond it. */
#include "player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint8_t *place_changed(const uint8_t *bytes, size_t given, size_t length) {
  /* A block of no bytes may be NULL. */
  uint8_t *placed = (uint8_t *)malloc(length == 0 ? 1 : length);
  if (placed == NULL) {
    printf("no memory for %lu bytes\n", (unsigned long)length);
    exit(1);
  }
  memcpy(placed, bytes, given < length ? given : length);
  if (given < length) memset(placed + given, 0, length - given);
  return placed;
}

const uint8_t *place(const uint8_t *bytes, size_t length) { return place_changed(bytes, length, length); }

void unplace(const uint8_t *bytes) { free((void *)(uintptr_t)bytes); }
