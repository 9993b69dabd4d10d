/* An image comes over the network, in blocks. */

#ifndef UPDATE_H
#define UPDATE_H

#include "slots.h"

/** What the line does to what it carries. */
typedef enum update_line {
  UPDATE_SOUND,
  /** It turns one bit over, in the middle. */
  UPDATE_NOISY,
  /** It breaks off in the middle. */
  UPDATE_BROKEN
} update_line;

/** Takes an update, and writes to the log what became of it. */
slots_verdict update_receive(const uint8_t *image, size_t length, update_line line);

#endif
