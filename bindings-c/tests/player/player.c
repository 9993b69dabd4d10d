/* Plays a tape to its end. */
#include "player.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const NAMES[KINDS] = {"", "images", "freshness", "damaged", "decisions", "lists", "lobbies", "ids"};

static void play_record(tape *of, subject *on) {
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
  expect_u64(&of, "records", of.record - 1, tape_u32(&of));
  print_counts(name, counts);
}
