#include "buffers.h"

#include <string.h>

#define NOISE 0xA5

vestibule_buffer prepared_buffer(void) {
  vestibule_buffer buffer;
  memset(&buffer, NOISE, sizeof buffer);
  return buffer;
}

void expect_given(const tape *at, const char *what, vestibule_buffer *buffer, vestibule_text wanted) {
  vestibule_text found;
  found.data = (const char *)buffer->data;
  found.length = buffer->length;
  expect_text(at, what, found, wanted);
  if (buffer->data[buffer->length] != 0) differs(at, "no NUL after the bytes of a buffer");
  vestibule_buffer_free(buffer);
  if (buffer->data != NULL || buffer->length != 0) differs(at, "a buffer is not empty after it was freed");
  vestibule_buffer_free(buffer);
}

void expect_left(const tape *at, const char *what, const vestibule_buffer *buffer) {
  const vestibule_buffer before = prepared_buffer();
  if (memcmp(buffer, &before, sizeof before) != 0) differs(at, what);
}

void expect_told(const tape *at, vestibule_status status, vestibule_buffer *given, vestibule_buffer *refusal, vestibule_text wanted) {
  if (status == VESTIBULE_OK) {
    expect_given(at, "what came of it", given, wanted);
    expect_left(at, "a refusal of what was not refused", refusal);
  } else {
    expect_given(at, "the refusal", refusal, wanted);
    expect_left(at, "a result of what was refused", given);
  }
}

state state_of(const tape *at, const vestibule_directory *directory) {
  state found;
  expect_status(at, "the digest", vestibule_directory_digest(directory, found.digest), VESTIBULE_OK);
  expect_status(at, "the revision", vestibule_directory_revision(directory, &found.revision), VESTIBULE_OK);
  return found;
}

state take_state(tape *of) {
  state taken;
  const vestibule_text digest = tape_text(of);
  if (digest.length != sizeof taken.digest) differs(of, "a digest of another length");
  memcpy(taken.digest, digest.data, sizeof taken.digest);
  taken.revision = tape_u64(of);
  return taken;
}

void expect_state(const tape *at, const char *what, const vestibule_directory *directory, const state *wanted) {
  const state found = state_of(at, directory);
  expect_u64(at, what, found.revision, wanted->revision);
  if (memcmp(found.digest, wanted->digest, sizeof found.digest) != 0) differs(at, what);
}

vestibule_request take_request(tape *of) {
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  request.principal = tape_text(of);
  request.action = tape_text(of);
  request.resource = tape_text(of);
  request.acting_for = tape_u32(of);
  request.acting_org = tape_text(of);
  request.at = tape_i64(of);
  return request;
}
