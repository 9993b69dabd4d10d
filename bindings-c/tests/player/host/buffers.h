/* Buffers of the library: what is in them, and that nothing is where nothing was given. */
#ifndef BUFFERS_H
#define BUFFERS_H

#include "../player.h"

/* A buffer before a call: neither empty nor what the library could have made. */
vestibule_buffer prepared_buffer(void);
/* What a call gave; frees it. */
void expect_given(const tape *at, const char *what, vestibule_buffer *buffer, vestibule_text wanted);
/* What a call left alone. */
void expect_left(const tape *at, const char *what, const vestibule_buffer *buffer);
/* One or the other: what was given where the call succeeded, why not where it did not. */
void expect_told(const tape *at, vestibule_status status, vestibule_buffer *given, vestibule_buffer *refusal, vestibule_text wanted);

/* The state of a directory. */
typedef struct state {
  uint8_t digest[32];
  uint64_t revision;
} state;

state state_of(const tape *at, const vestibule_directory *directory);
/* Takes the two fields of a state. */
state take_state(tape *of);
void expect_state(const tape *at, const char *what, const vestibule_directory *directory, const state *wanted);
/* Takes the fields of a request that is asked with ids. */
vestibule_request take_request(tape *of);

#endif
