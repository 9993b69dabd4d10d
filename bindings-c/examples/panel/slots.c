#include "slots.h"

#include <string.h>

#include "flash.h"

#define TAKEN 0x54414B45u
#define NONE FLASH_SECTORS

/* At the beginning of a slot; its image follows. */
typedef struct mark {
  uint32_t taken;
  uint32_t length;
} mark;

#define CAPACITY (FLASH_SECTOR_BYTES - sizeof(mark))

static const char *panel;
/* A closed image is all zeros, as these are at the start. */
static vestibule_image images[FLASH_SECTORS];
static unsigned present = NONE;
static uint64_t present_revision;
/* The update that is being written: its slot, its length so far, and whether that is too much. */
static unsigned spare;
static size_t written;
static int overflowed;

/* Handles are of one image each; between images only ids can be compared. */
static int is_for_this_panel(const vestibule_image *image, const vestibule_image_header *header) {
  char subject[VESTIBULE_NAME_BUFFER];
  return header->slice == VESTIBULE_SLICE_INTEGRATION &&
         vestibule_image_resource_text(image, header->subject, subject, sizeof subject, NULL) == VESTIBULE_OK &&
         strcmp(subject, panel) == 0;
}

/* Opens what is in a slot, which looks at every byte, and judges whether it may take over; only then is it left open. A product also
   checks its signature here, over `header.digest`. */
static slots_verdict judge(unsigned slot, size_t length, vestibule_image_fault *fault, uint64_t *revision) {
  vestibule_image *image = &images[slot];
  vestibule_image_header header = VESTIBULE_IMAGE_HEADER_INIT;
  slots_verdict verdict = SLOTS_TAKEN;
  if (vestibule_image_open(image, sizeof *image, flash_sector(slot) + sizeof(mark), length, fault) != VESTIBULE_OK) {
    return SLOTS_DAMAGED;
  }
  if (vestibule_image_header_of(image, &header) != VESTIBULE_OK || !is_for_this_panel(image, &header)) {
    verdict = SLOTS_OTHER_PANEL;
  } else if (present != NONE && header.revision <= present_revision) {
    verdict = SLOTS_NOT_NEWER;
  }
  if (verdict != SLOTS_TAKEN) {
    vestibule_image_close(image);
  }
  *revision = header.revision;
  return verdict;
}

static void switch_to(unsigned slot, uint64_t revision) {
  if (present != NONE) {
    vestibule_image_close(&images[present]);
  }
  present = slot;
  present_revision = revision;
}

void slots_boot(const char *of_panel) {
  unsigned slot;
  uint64_t revision;
  panel = of_panel;
  for (slot = 0; slot < FLASH_SECTORS; slot++) {
    mark found;
    memcpy(&found, flash_sector(slot), sizeof found);
    if (found.taken == TAKEN && found.length <= CAPACITY && judge(slot, found.length, NULL, &revision) == SLOTS_TAKEN) {
      switch_to(slot, revision);
    }
  }
}

const vestibule_image *slots_present(void) { return present == NONE ? NULL : &images[present]; }

uint64_t slots_revision(void) { return present_revision; }

const char *slots_name(void) { return present == NONE ? "none" : present == 0 ? "A" : "B"; }

void slots_begin(void) {
  spare = present == 0 ? 1 : 0;
  written = 0;
  overflowed = 0;
  flash_erase(spare);
}

void slots_write(const uint8_t *block, size_t length) {
  if (length > CAPACITY - written) {
    overflowed = 1;
    return;
  }
  flash_program(spare, sizeof(mark) + written, block, length);
  written += length;
}

slots_verdict slots_finish(vestibule_image_fault *fault) {
  mark taken = {TAKEN, 0};
  uint64_t revision = 0;
  slots_verdict verdict = overflowed ? SLOTS_TOO_LONG : judge(spare, written, fault, &revision);
  if (verdict == SLOTS_TAKEN) {
    taken.length = (uint32_t)written;
    flash_program(spare, 0, &taken, sizeof taken);
    switch_to(spare, revision);
  }
  return verdict;
}
