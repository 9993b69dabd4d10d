/* What the parts of the tests of misuse share. Each part is a file; `misuse.c` says what all of it is. */
#ifndef MISUSE_H
#define MISUSE_H

#include "../check.h"

/* 2026-11-22T18:00:00Z, when the image was issued. */
#define NOW INT64_C(1795370400000)

/* An output struct: nothing of it is written but its size. */
#define PREPARE(object) (FILL(object), (object).size = (uint32_t)sizeof(object))
#define CHECK_PREPARED(object)                                                                          \
  do {                                                                                                  \
    CHECK((object).size == sizeof(object));                                                             \
    CHECK(is_filled((const uint8_t *)&(object) + sizeof(uint32_t), sizeof(object) - sizeof(uint32_t))); \
  } while (0)

/* The image of everything, which is open all the time, its bytes, and what is in it. */
typedef struct known {
  vestibule_image image;
  const uint8_t *bytes;
  size_t length;
  uint64_t ana;
  uint64_t front;
  uint64_t unit;
  uint64_t panel;
  uint64_t doors_open;
} known;
extern known all;

/* A question that is allowed. */
vestibule_request question(void);
vestibule_text text(const void *data, size_t size);
vestibule_text text_of(const char *string);

/* Each counts the items of a list into the `int` that it is given. */
int32_t count_items(void *context, uint64_t item);
int32_t count_units(void *context, const vestibule_lobby_unit *seen);
int32_t count_residents(void *context, const vestibule_lobby_resident *seen);

/* The parts. */
void misuse_images(void);
void misuse_opening(void);
void misuse_questions(void);
void misuse_names(void);
void misuse_handles(void);
void misuse_lists(const char *person);
void misuse_words(void);

#endif
