/*
 * Plays a tape: the shared vectors (core/tests/vectors) as records that bindings-c/tape writes, whose documentation says what a
 * record is. The same sources run on Linux, where the tape is a file, and on a microcontroller, where it lies in flash.
 */
#ifndef PLAYER_H
#define PLAYER_H

#include <stddef.h>
#include <stdint.h>

#include "vestibule.h"

/* ---- The tape: tape.c ---- */

/* The kinds of records; the numbers are those of bindings-c/tape/src/tape.rs. */
enum {
  KIND_END = 0,
  KIND_IMAGE = 1,
  KIND_FRESHNESS = 2,
  KIND_DAMAGED = 3,
  KIND_DECISION = 4,
  KIND_LIST = 5,
  KIND_LOBBY = 6,
  KIND_ID = 7,
  KIND_LOAD = 8,
  KIND_COMMAND = 9,
  KIND_QUERY = 10,
  KIND_DIRECTORY_DECISION = 11,
  KIND_DIRECTORY_LIST = 12,
  KIND_RELOAD = 13,
  KIND_FREEZE = 14,
  KIND_NAMES = 15,
  KIND_EXPLAIN = 16,
  KIND_APPLY = 17,
  KINDS = 18
};

/* What is left of a tape, and of the record at which it stands. */
typedef struct tape {
  const uint8_t *next;
  const uint8_t *end;
  const uint8_t *field;
  const uint8_t *record_end;
  uint32_t record;
  uint32_t kind;
  vestibule_text name;
} tape;

/* Ends the program where the bytes are no tape. */
void tape_open(tape *of, const uint8_t *bytes, size_t length);
/* Goes on to the next record; its fields are then taken in order. */
void tape_next(tape *of);
/* Ends the program where fields of the record were not taken. */
void tape_taken(const tape *of);
uint32_t tape_u32(tape *of);
uint64_t tape_u64(tape *of);
int64_t tape_i64(tape *of);
vestibule_text tape_text(tape *of);

/* ---- Expectations: expect.c. The first difference ends the program, with the record where it is. ---- */

void expect_status(const tape *at, const char *what, vestibule_status found, vestibule_status wanted);
void expect_u64(const tape *at, const char *what, uint64_t found, uint64_t wanted);
void expect_i64(const tape *at, const char *what, int64_t found, int64_t wanted);
void expect_text(const tape *at, const char *what, vestibule_text found, vestibule_text wanted);
/* A text of C that ends with a NUL. */
void expect_word(const tape *at, const char *what, const char *found, vestibule_text wanted);
/* The program ends here. */
void differs(const tape *at, const char *what);

/* ---- Where bytes lie: place_hosted.c, place_bare.c ---- */

/* Puts bytes of the tape where a library that reads beyond them is caught, if the machine can do that. */
const uint8_t *place(const uint8_t *bytes, size_t length);
/* The same, to be changed: `length` bytes, of which the first are those given and the others 0. */
uint8_t *place_changed(const uint8_t *bytes, size_t given, size_t length);
/* Gives a place back; each before the next of its sort is taken. */
void unplace(const uint8_t *bytes);

/* ---- The families of records, each in its file ---- */

/* What is asked: an image that is open, and its bytes; a directory. */
typedef struct subject {
  vestibule_image image;
  const uint8_t *bytes;
  size_t length;
#if defined(VESTIBULE_HOST)
  vestibule_directory *directory;
#endif
} subject;

/* image.c */
void play_image(tape *of, subject *on);
void play_freshness(tape *of, const subject *on);
void close_image(tape *of, subject *on);
/* damaged.c */
void play_damaged(tape *of, const subject *on);
/* decision.c */
void play_decision(tape *of, const subject *on);
/* list.c */
void play_list(tape *of, const subject *on);
/* lobby.c */
void play_lobby(tape *of, const subject *on);
/* id.c */
void play_id(tape *of, const subject *on);

#if defined(VESTIBULE_HOST)
/* host/directory.c */
void play_load(tape *of, subject *on);
void play_reload(tape *of, subject *on);
void close_directory(tape *of, subject *on);
/* host/command.c */
void play_command(tape *of, subject *on);
void play_apply(tape *of, const subject *on);
/* host/query.c */
void play_query(tape *of, const subject *on);
/* host/ask.c */
void play_directory_decision(tape *of, const subject *on);
void play_directory_list(tape *of, const subject *on);
void play_explain(tape *of, const subject *on);
/* host/freeze.c */
void play_freeze(tape *of, const subject *on);
/* host/names.c */
void play_names(tape *of);
/* Notes that an operation was carried out, and not only refused. */
void carried_out(tape *of, int is_query, vestibule_text name);
void expect_all_carried_out(const tape *at);
#endif

/* ---- Looking up: lookup.c ---- */

/* A text that was looked up, and what came of it. */
typedef struct looked_up {
  vestibule_text asked;
  vestibule_status status;
  uint64_t handle;
} looked_up;

/* Each takes three fields, text, status and the text of the handle, looks the text up, and its handle back. */
looked_up look_up_principal(tape *of, const subject *on);
looked_up look_up_key(tape *of, const subject *on);
looked_up look_up_resource(tape *of, const subject *on);
looked_up look_up_organisation(tape *of, const subject *on);
/* The status of the first that was not found. */
vestibule_status both(looked_up first, looked_up second);
void expect_principal(const tape *at, const subject *on, uint64_t handle, vestibule_text wanted);
void expect_resource(const tape *at, const subject *on, uint64_t handle, vestibule_text wanted);
void expect_key(const tape *at, const subject *on, uint64_t key, vestibule_text wanted);

/* ---- All of it: player.c ---- */

/* Plays a tape to its end, and prints how many records of each kind there were. */
void play(const char *name, const uint8_t *bytes, size_t length);

#endif
