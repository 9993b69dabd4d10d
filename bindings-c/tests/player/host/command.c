/* Commands, three ways: prepared, applied on a copy, executed. */
#include "buffers.h"

/* What a record says of a command. */
typedef struct command {
  vestibule_text context;
  vestibule_text json;
  vestibule_text name;
  vestibule_status status;
  vestibule_text told;
  vestibule_text change;
  state after;
} command;

static command take_command(tape *of) {
  command taken;
  taken.context = tape_text(of);
  taken.json = tape_text(of);
  taken.name = tape_text(of);
  taken.status = (vestibule_status)tape_u32(of);
  taken.told = tape_text(of);
  taken.change = tape_text(of);
  taken.after = take_state(of);
  return taken;
}

static void prepare(const tape *at, const vestibule_directory *directory, const command *asked) {
  const state before = state_of(at, directory);
  vestibule_buffer outcome = prepared_buffer(), refusal = prepared_buffer();
  vestibule_status status = vestibule_directory_prepare(directory, asked->context, asked->json, &outcome, &refusal);
  expect_status(at, "preparing", status, asked->status);
  expect_told(at, status, &outcome, &refusal, asked->told);
  if (status != VESTIBULE_OK) {
    outcome = prepared_buffer();
    status = vestibule_directory_prepare(directory, asked->context, asked->json, &outcome, NULL);
    expect_status(at, "preparing, without asking why not", status, asked->status);
    expect_left(at, "an outcome of what was refused", &outcome);
  }
  expect_state(at, "the state after preparing", directory, &before);
}

/* The change of the outcome makes the same of a copy. */
static void apply_to_copy(const tape *at, const vestibule_directory *directory, const command *asked) {
  const state before = state_of(at, directory);
  vestibule_directory *copy = NULL;
  expect_status(at, "copying", vestibule_directory_clone(directory, &copy), VESTIBULE_OK);
  expect_state(at, "the state of a copy", copy, &before);
  expect_status(at, "applying", vestibule_directory_apply(copy, asked->change, NULL), VESTIBULE_OK);
  expect_state(at, "the state after applying", copy, &asked->after);
  vestibule_directory_free(&copy);
  expect_state(at, "the state of what was copied", directory, &before);
}

static void execute(const tape *at, vestibule_directory *directory, const command *asked) {
  vestibule_buffer outcome = prepared_buffer(), refusal = prepared_buffer();
  const vestibule_status status = vestibule_directory_execute(directory, asked->context, asked->json, &outcome, &refusal);
  expect_status(at, "executing", status, asked->status);
  expect_told(at, status, &outcome, &refusal, asked->told);
  expect_state(at, "the state after executing", directory, &asked->after);
}

void play_command(tape *of, subject *on) {
  const command asked = take_command(of);
  prepare(of, on->directory, &asked);
  if (asked.change.length != 0) apply_to_copy(of, on->directory, &asked);
  execute(of, on->directory, &asked);
  if (asked.status == VESTIBULE_OK) carried_out(of, 0, asked.name);
}

/* A directory of which a change was applied in part answers no more, and can be freed. */
static void expect_poisoned(const tape *at, const vestibule_directory *directory) {
  vestibule_buffer estate = prepared_buffer();
  expect_status(at, "a directory of no use", vestibule_directory_estate(directory, &estate), VESTIBULE_E_POISONED);
  expect_left(at, "an estate of a directory of no use", &estate);
}

void play_apply(tape *of, const subject *on) {
  const vestibule_text change = tape_text(of);
  const vestibule_status wanted = (vestibule_status)tape_u32(of);
  const vestibule_text told = tape_text(of);
  const uint32_t is_poisoned = tape_u32(of);
  const state after = take_state(of);
  const state before = state_of(of, on->directory);
  vestibule_buffer refusal = prepared_buffer();
  vestibule_directory *copy = NULL;
  expect_status(of, "copying", vestibule_directory_clone(on->directory, &copy), VESTIBULE_OK);
  expect_status(of, "applying", vestibule_directory_apply(copy, change, &refusal), wanted);
  if (wanted == VESTIBULE_OK) {
    expect_left(of, "a refusal of what was applied", &refusal);
  } else {
    expect_given(of, "the refusal", &refusal, told);
  }
  if (is_poisoned) {
    expect_poisoned(of, copy);
  } else {
    expect_state(of, "the state of the copy", copy, &after);
  }
  vestibule_directory_free(&copy);
  expect_state(of, "the state of what was copied", on->directory, &before);
}
