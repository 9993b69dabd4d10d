/* Opening and closing, and what an image says of itself. */
#include "player.h"

#include <string.h>

/* Filled so, memory is closed neither by chance nor by a loader. */
#define NOISE 0x5A

void close_image(tape *of, subject *on) {
  uint32_t freshness = 0;
  if (on->bytes == NULL) return;
  expect_status(of, "closing", vestibule_image_close(&on->image), VESTIBULE_OK);
  expect_status(of, "a closed image", vestibule_image_freshness(&on->image, 0, &freshness), VESTIBULE_E_NOT_OPEN);
  unplace(on->bytes);
  on->bytes = NULL;
}

/* The handle of whom or what the image is for; of an image for everything 0. */
static uint64_t subject_handle(tape *of, const subject *on, uint32_t slice, vestibule_text text) {
  uint64_t handle = 0;
  if (slice == VESTIBULE_SLICE_INTEGRATION) {
    expect_status(of, "the integration", vestibule_image_resource(&on->image, text, &handle), VESTIBULE_OK);
  } else if (slice == VESTIBULE_SLICE_PERSON) {
    expect_status(of, "the person", vestibule_image_principal(&on->image, text, &handle), VESTIBULE_OK);
  }
  return handle;
}

static void check_header(tape *of, const subject *on) {
  vestibule_image_header header = VESTIBULE_IMAGE_HEADER_INIT;
  vestibule_text digest;
  const uint32_t slice = tape_u32(of);
  const vestibule_text text = tape_text(of);
  expect_status(of, "the header", vestibule_image_header_of(&on->image, &header), VESTIBULE_OK);
  expect_u64(of, "size", header.size, sizeof header);
  expect_u64(of, "slice", header.slice, slice);
  expect_u64(of, "subject", header.subject, subject_handle(of, on, slice, text));
  expect_u64(of, "revision", header.revision, tape_u64(of));
  expect_i64(of, "issued_at", header.issued_at, tape_i64(of));
  expect_u64(of, "fresh_for", header.fresh_for, tape_u64(of));
  expect_u64(of, "max_stale", header.max_stale, tape_u64(of));
  digest.data = (const char *)header.digest;
  digest.length = sizeof header.digest;
  expect_text(of, "digest", digest, tape_text(of));
  expect_u64(of, "reserved", header.reserved[0] | header.reserved[1], 0);
}

void play_image(tape *of, subject *on) {
  vestibule_text bytes;
  close_image(of, on);
  bytes = tape_text(of);
  on->bytes = place((const uint8_t *)bytes.data, bytes.length);
  on->length = bytes.length;
  memset(&on->image, NOISE, sizeof on->image);
  expect_status(of, "opening", vestibule_image_open(&on->image, sizeof on->image, on->bytes, on->length, NULL), VESTIBULE_OK);
  check_header(of, on);
}

void play_freshness(tape *of, const subject *on) {
  const int64_t at = tape_i64(of);
  uint32_t freshness = 0;
  expect_status(of, "asking", vestibule_image_freshness(&on->image, at, &freshness), VESTIBULE_OK);
  expect_u64(of, "freshness", freshness, tape_u32(of));
}
