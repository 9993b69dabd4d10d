/* Questions about a generated estate, and their answers. questions.mjs makes the table. */

#ifndef QUESTIONS_H
#define QUESTIONS_H

#include <stdint.h>

/** May this person open this door? Both are texts as a request has them. */
typedef struct question {
  char person[sizeof "person:01JBMC7Q2ZK4N8VX3TRWAHE5DG"];
  char door[sizeof "door:01JBMC7Q2ZK4N8VX3TRWAHE5DG"];
  uint8_t is_allowed;
} question;

extern const question questions[];
extern const uint32_t questions_count;

/** The image of everything that they are about. */
extern const uint8_t questions_image[];
extern const uint32_t questions_image_length;

#endif
