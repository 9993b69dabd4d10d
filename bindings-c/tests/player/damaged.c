/* Bytes that are no image any more. */
#include "player.h"

#include <string.h>

/* The bytes of the image with the changes of the record. */
static uint8_t *change(tape *of, const subject *on, size_t length) {
  uint8_t *bytes = place_changed(on->bytes, on->length, length);
  uint32_t patches = tape_u32(of);
  for (; patches > 0; patches -= 1) {
    const size_t at = tape_u32(of);
    const vestibule_text patch = tape_text(of);
    if (at > length || patch.length > length - at) differs(of, "a patch beyond the bytes");
    memcpy(bytes + at, patch.data, patch.length);
  }
  return bytes;
}

static int is_filled_with(const void *memory, size_t length, int byte) {
  const uint8_t *bytes = (const uint8_t *)memory;
  size_t at;
  for (at = 0; at < length; at += 1) {
    if (bytes[at] != byte) return 0;
  }
  return 1;
}

void play_damaged(tape *of, const subject *on) {
  vestibule_image image;
  vestibule_image_fault fault = VESTIBULE_IMAGE_FAULT_INIT;
  const size_t length = tape_u32(of);
  uint8_t *bytes = change(of, on, length);
  const vestibule_status wanted = (vestibule_status)tape_u32(of);
  const vestibule_text word = tape_text(of);
  const vestibule_text section = tape_text(of);
  const size_t offset = tape_u32(of);
  uint32_t freshness;

  memset(&image, '#', sizeof image);
  expect_status(of, "opening", vestibule_image_open(&image, sizeof image, bytes, length, &fault), wanted);
  if (wanted == VESTIBULE_OK) {
    if (fault.what != NULL) differs(of, "a fault of what was opened");
    expect_status(of, "closing", vestibule_image_close(&image), VESTIBULE_OK);
  } else {
    expect_word(of, "fault", fault.what, word);
    expect_word(of, "section", fault.section, section);
    expect_u64(of, "offset", fault.offset, offset);
    /* It begins with its state, which is closed; nothing else was written. */
    expect_status(of, "what was refused", vestibule_image_freshness(&image, 0, &freshness), VESTIBULE_E_NOT_OPEN);
    if (!is_filled_with((const uint8_t *)&image + sizeof(uint32_t), sizeof image - sizeof(uint32_t), '#')) {
      differs(of, "memory was written though nothing was opened");
    }
  }
  unplace(bytes);
}
