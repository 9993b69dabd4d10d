/* Loading an estate, and writing it. */
#include "buffers.h"

#include <string.h>

void close_directory(tape *of, subject *on) {
  vestibule_directory_free(&on->directory);
  if (on->directory != NULL) differs(of, "the pointer to a directory that was freed is not NULL");
  /* A second time nothing happens. */
  vestibule_directory_free(&on->directory);
}

/* A refused estate leaves the pointer as it was. */
static void expect_refused(tape *of, const uint8_t *json, size_t length, vestibule_status wanted, vestibule_text told) {
  vestibule_directory *const before = (vestibule_directory *)(void *)of;
  vestibule_directory *directory = before;
  vestibule_buffer refusal = prepared_buffer();
  expect_status(of, "loading", vestibule_directory_load(json, length, &directory, &refusal), wanted);
  expect_given(of, "the refusal", &refusal, told);
  expect_status(of, "loading, without asking why not", vestibule_directory_load(json, length, &directory, NULL), wanted);
  if (directory != before) differs(of, "a directory of an estate that was refused");
}

static void load(tape *of, subject *on, const uint8_t *json, size_t length) {
  vestibule_buffer refusal = prepared_buffer();
  close_directory(of, on);
  expect_status(of, "loading", vestibule_directory_load(json, length, &on->directory, &refusal), VESTIBULE_OK);
  expect_left(of, "a refusal of what was loaded", &refusal);
}

void play_load(tape *of, subject *on) {
  const vestibule_text json = tape_text(of);
  const vestibule_status wanted = (vestibule_status)tape_u32(of);
  const vestibule_text refusal = tape_text(of);
  const state after = take_state(of);
  const uint8_t *placed = place((const uint8_t *)json.data, json.length);
  if (wanted == VESTIBULE_OK) {
    load(of, on, placed, json.length);
  } else {
    expect_refused(of, placed, json.length, wanted, refusal);
  }
  /* Nothing of the JSON is kept. */
  unplace(placed);
  if (wanted == VESTIBULE_OK) expect_state(of, "the state of what was loaded", on->directory, &after);
}

void play_reload(tape *of, subject *on) {
  const vestibule_text wanted = tape_text(of);
  const state before = state_of(of, on->directory);
  vestibule_buffer estate = prepared_buffer();
  expect_status(of, "writing", vestibule_directory_estate(on->directory, &estate), VESTIBULE_OK);
  load(of, on, estate.data, estate.length);
  expect_given(of, "the estate", &estate, wanted);
  expect_state(of, "the state of what was written and loaded", on->directory, &before);
}
