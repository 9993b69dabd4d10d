/* Plays a tape to its end. */
#include "player.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const NAMES[KINDS] = {"", "images", "freshness", "damaged", "decisions", "lists", "lobbies", "ids",
                                          "estates", "commands", "queries", "decisions of directories", "lists of directories",
                                          "reloads", "images made", "lists of names", "explanations of images", "changes"};

#if defined(VESTIBULE_HOST)
/* Whether it was a record of the host tier. */
static int play_host_record(tape *of, subject *on) {
  switch (of->kind) {
    case KIND_LOAD: play_load(of, on); return 1;
    case KIND_RELOAD: play_reload(of, on); return 1;
    case KIND_COMMAND: play_command(of, on); return 1;
    case KIND_APPLY: play_apply(of, on); return 1;
    case KIND_QUERY: play_query(of, on); return 1;
    case KIND_DIRECTORY_DECISION: play_directory_decision(of, on); return 1;
    case KIND_DIRECTORY_LIST: play_directory_list(of, on); return 1;
    case KIND_FREEZE: play_freeze(of, on); return 1;
    case KIND_NAMES: play_names(of); return 1;
    case KIND_EXPLAIN: play_explain(of, on); return 1;
    default: return 0;
  }
}

static void finish_host(tape *of, subject *on, const uint32_t *counts) {
  close_directory(of, on);
  if (counts[KIND_NAMES] != 0) expect_all_carried_out(of);
}
#else
static int play_host_record(tape *of, subject *on) {
  (void)of, (void)on;
  return 0;
}

static void finish_host(tape *of, subject *on, const uint32_t *counts) { (void)of, (void)on, (void)counts; }
#endif

static void play_record(tape *of, subject *on) {
  if (play_host_record(of, on)) return;
  if (of->kind != KIND_IMAGE && on->bytes == NULL) differs(of, "no image is in place");
  switch (of->kind) {
    case KIND_IMAGE: play_image(of, on); break;
    case KIND_FRESHNESS: play_freshness(of, on); break;
    case KIND_DAMAGED: play_damaged(of, on); break;
    case KIND_DECISION: play_decision(of, on); break;
    case KIND_LIST: play_list(of, on); break;
    case KIND_LOBBY: play_lobby(of, on); break;
    case KIND_ID: play_id(of, on); break;
    default: differs(of, "a kind that the player does not know");
  }
}

static void print_counts(const char *name, const uint32_t *counts) {
  int kind;
  printf("%s:", name);
  for (kind = 1; kind < KINDS; kind += 1) {
    if (counts[kind] != 0) printf(" %" PRIu32 " %s", counts[kind], NAMES[kind]);
  }
  printf("\n");
}

void play(const char *name, const uint8_t *bytes, size_t length) {
  uint32_t counts[KINDS] = {0};
  tape of;
  subject on;
  memset(&on, 0, sizeof on);
  tape_open(&of, bytes, length);
  for (tape_next(&of); of.kind != KIND_END; tape_next(&of)) {
    play_record(&of, &on);
    tape_taken(&of);
    counts[of.kind] += 1;
  }
  close_image(&of, &on);
  finish_host(&of, &on, counts);
  expect_u64(&of, "records", of.record - 1, tape_u32(&of));
  print_counts(name, counts);
}
