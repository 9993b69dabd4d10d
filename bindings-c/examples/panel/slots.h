/*
 * Two slots for an image. One is present and answers; an update is written into the other, the spare one, and takes over only when
 * it was opened, is for this panel and is newer. Whatever goes wrong before, the present one goes on answering.
 *
 * A slot is marked as taken when its image was judged, and not before: a power cut in the middle of an update leaves a slot that is not
 * looked at when the panel starts.
 */

#ifndef SLOTS_H
#define SLOTS_H

#include "vestibule.h"

/** What became of an update. */
typedef enum slots_verdict {
  /** It is present now. */
  SLOTS_TAKEN,
  /** It has more bytes than a slot. */
  SLOTS_TOO_LONG,
  /** It is no image, or a damaged one; the fault says where. */
  SLOTS_DAMAGED,
  /** It is for another panel, or not for a panel. */
  SLOTS_OTHER_PANEL,
  /** Its revision is not above that of the present one: an old image must not bring back those who had to leave. */
  SLOTS_NOT_NEWER
} slots_verdict;

/** Opens what the slots have, and chooses the newest. `panel` is the integration, as in `integration:ID`, and must stay. */
void slots_boot(const char *panel);

/** The present image; NULL where there is none, and nobody may enter. */
const vestibule_image *slots_present(void);

/** The revision of the present image; 0 where there is none. */
uint64_t slots_revision(void);

/** The letter of the slot that is present. */
const char *slots_name(void);

/** Begins an update, and forgets what is in the spare slot. */
void slots_begin(void);

/** Writes the next block of the update. */
void slots_write(const uint8_t *block, size_t length);

/** Ends the update, and judges it. `fault` is written where it is damaged. */
slots_verdict slots_finish(vestibule_image_fault *fault);

#endif
