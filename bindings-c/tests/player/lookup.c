/* From texts to handles and back. What is not found must leave the caller's number as it was. */
#include "player.h"

#include <string.h>

/* No handle has this number. */
#define UNTOUCHED UINT64_C(0xA5A5A5A5A5A5A5A5)
#define UNTOUCHED_KEY UINT64_C(0xA5A5A5A5A5A5A5A5)

typedef vestibule_status find(const vestibule_image *image, vestibule_text text, uint64_t *handle);
typedef void expect_name(const tape *at, const subject *on, uint64_t handle, vestibule_text wanted);
typedef vestibule_status write_text(const vestibule_image *image, uint64_t handle, char *buffer, size_t capacity, size_t *length);

static vestibule_status find_key(const vestibule_image *image, vestibule_text text, uint64_t *handle) {
  uint64_t key = UNTOUCHED_KEY;
  const vestibule_status status = vestibule_image_key(image, text, &key);
  if (key != UNTOUCHED_KEY) *handle = key;
  return status;
}

static looked_up look_up(tape *of, const subject *on, find *by, expect_name *back) {
  looked_up found;
  vestibule_status wanted;
  vestibule_text canonical;
  found.asked = tape_text(of);
  wanted = (vestibule_status)tape_u32(of);
  canonical = tape_text(of);
  found.handle = UNTOUCHED;
  found.status = by(&on->image, found.asked, &found.handle);
  expect_status(of, "looking up", found.status, wanted);
  if (found.status == VESTIBULE_OK) {
    back(of, on, found.handle, canonical);
  } else {
    expect_u64(of, "the handle of what was not found", found.handle, UNTOUCHED);
  }
  return found;
}

looked_up look_up_principal(tape *of, const subject *on) { return look_up(of, on, vestibule_image_principal, expect_principal); }

looked_up look_up_key(tape *of, const subject *on) { return look_up(of, on, find_key, expect_key); }

looked_up look_up_resource(tape *of, const subject *on) { return look_up(of, on, vestibule_image_resource, expect_resource); }

/* The handle of an organisation that acts is the one that it has as a resource. */
looked_up look_up_organisation(tape *of, const subject *on) { return look_up(of, on, vestibule_image_organisation, expect_resource); }

vestibule_status both(looked_up first, looked_up second) { return first.status != VESTIBULE_OK ? first.status : second.status; }

/* The text of a handle, in a buffer that takes any; in one that it just fits in; and not in one that is a byte shorter. */
static void expect_written(const tape *at, const subject *on, write_text *by, uint64_t handle, vestibule_text wanted) {
  char buffer[VESTIBULE_NAME_BUFFER];
  size_t length = 0;
  vestibule_text found;
  expect_status(at, "the text of a handle", by(&on->image, handle, buffer, sizeof buffer, &length), VESTIBULE_OK);
  found.data = buffer;
  found.length = length;
  expect_text(at, "the text of a handle", found, wanted);
  expect_u64(at, "the length of a text", strlen(buffer), length);

  memset(buffer, '#', sizeof buffer);
  expect_status(at, "a buffer that just fits", by(&on->image, handle, buffer, length + 1, NULL), VESTIBULE_OK);
  expect_text(at, "the text in a buffer that just fits", found, wanted);
  if (length + 1 < sizeof buffer) expect_u64(at, "the byte after the buffer", (uint8_t)buffer[length + 1], '#');

  memset(buffer, '#', sizeof buffer);
  length = 0;
  expect_status(at, "a buffer that is too short", by(&on->image, handle, buffer, wanted.length, &length), VESTIBULE_E_BUFFER);
  expect_u64(at, "the length that is needed", length, wanted.length);
  expect_u64(at, "a buffer that is too short, untouched", (uint8_t)buffer[0], '#');
}

void expect_principal(const tape *at, const subject *on, uint64_t handle, vestibule_text wanted) {
  expect_written(at, on, vestibule_image_principal_text, handle, wanted);
}

void expect_resource(const tape *at, const subject *on, uint64_t handle, vestibule_text wanted) {
  expect_written(at, on, vestibule_image_resource_text, handle, wanted);
}

void expect_key(const tape *at, const subject *on, uint64_t key, vestibule_text wanted) {
  vestibule_text found = {NULL, 0};
  expect_status(at, "the text of a key", vestibule_image_key_text(&on->image, key, &found), VESTIBULE_OK);
  expect_text(at, "the text of a key", found, wanted);
}
