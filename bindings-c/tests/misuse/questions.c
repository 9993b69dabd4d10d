/* Questions that are none. */
#include "misuse.h"

#include <string.h>

static void refused(const vestibule_request *asked, vestibule_status wanted) {
  vestibule_decision decision;
  PREPARE(decision);
  CHECK_STATUS(vestibule_image_decide(&all.image, asked, &decision), wanted);
  CHECK_PREPARED(decision);
}

static void pointers_of_questions(void) {
  const vestibule_request asked = question();
  vestibule_decision decision;
  /* A request and a decision fit in at every address of it. */
  uint64_t room[(sizeof(vestibule_request) + sizeof(vestibule_decision)) / sizeof(uint64_t) + 2];
  uint8_t *askew = (uint8_t *)room + 1;

  refused(NULL, VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_decide(&all.image, &asked, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_decide_handles(&all.image, all.ana, all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, NOW, NULL), VESTIBULE_E_NULL);

  memcpy(askew, &asked, sizeof asked);
  refused((const vestibule_request *)(const void *)askew, VESTIBULE_E_ALIGNMENT);
  PREPARE(decision);
  memcpy(askew, &decision, sizeof decision);
  CHECK_STATUS(vestibule_image_decide(&all.image, &asked, (vestibule_decision *)(void *)askew), VESTIBULE_E_ALIGNMENT);
  CHECK(memcmp(askew, &decision, sizeof decision) == 0);
}

static void sizes_of_questions(void) {
  const vestibule_request asked = question();
  vestibule_request small = asked;
  vestibule_decision decision;
  struct {
    vestibule_decision known;
    uint64_t more;
  } large;
  struct {
    vestibule_request known;
    uint64_t more;
  } later;

  small.size = (uint32_t)sizeof small - 1;
  refused(&small, VESTIBULE_E_SIZE);
  small.size = 0;
  refused(&small, VESTIBULE_E_SIZE);
  /* A larger one is of a later header; what is new in it might narrow the question, and must be 0. */
  later.known = asked;
  later.known.size = (uint32_t)sizeof later;
  later.more = 0;
  decision.size = (uint32_t)sizeof decision;
  CHECK_STATUS(vestibule_image_decide(&all.image, &later.known, &decision), VESTIBULE_OK);
  later.more = UINT64_C(1) << 63;
  refused(&later.known, VESTIBULE_E_VALUE);
  later.known.size = UINT32_MAX;
  refused(&later.known, VESTIBULE_E_SIZE);

  FILL(decision);
  decision.size = (uint32_t)sizeof decision - 1;
  CHECK_STATUS(vestibule_image_decide(&all.image, &asked, &decision), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_decide_handles(&all.image, all.ana, all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, NOW, &decision), VESTIBULE_E_SIZE);
  CHECK(decision.size == sizeof decision - 1);
  decision.size = (uint32_t)sizeof decision;
  CHECK_PREPARED(decision);

  FILL(large);
  large.known.size = (uint32_t)sizeof large;
  CHECK_STATUS(vestibule_image_decide(&all.image, &asked, &large.known), VESTIBULE_OK);
  CHECK(large.known.size == sizeof large.known && large.known.effect == VESTIBULE_ALLOW);
  CHECK_UNTOUCHED(large.more);
}

static void fields_of_questions(void) {
  vestibule_request asked = question();
  uint32_t acting_for;
  asked.reserved[0] = 1;
  refused(&asked, VESTIBULE_E_VALUE);
  asked = question();
  asked.reserved[1] = UINT64_C(1) << 63;
  refused(&asked, VESTIBULE_E_VALUE);
  for (acting_for = 0; acting_for < 5; acting_for += 1) {
    asked = question();
    asked.acting_for = acting_for;
    if (acting_for == VESTIBULE_ACTING_FOR_NOBODY) continue;
    refused(&asked, acting_for == VESTIBULE_ACTING_FOR_ORGANISATION ? VESTIBULE_E_NULL : VESTIBULE_E_VALUE);
  }
  /* Zeros ask nothing. */
  memset(&asked, 0, sizeof asked);
  refused(&asked, VESTIBULE_E_SIZE);
  asked.size = (uint32_t)sizeof asked;
  refused(&asked, VESTIBULE_E_NULL);
}

/* Each text of a question, wrong in every way that a text can be. */
static void texts_of_questions(void) {
  static char long_text[VESTIBULE_MAX_TEXT + 2];
  const vestibule_text wrong[] = {text(long_text, VESTIBULE_MAX_TEXT + 1), text(long_text, SIZE_MAX), text("\xFF\xFE", 2),
                                  text("person:\xC3", 8), text("\xED\xA0\x80", 3), text("\xF8\x88\x80\x80\x80", 5)};
  size_t at;
  memset(long_text, 'a', sizeof long_text);
  for (at = 0; at < sizeof wrong / sizeof wrong[0]; at += 1) {
    vestibule_request asked = question();
    asked.principal = wrong[at];
    refused(&asked, VESTIBULE_E_PRINCIPAL);
    asked = question();
    asked.action = wrong[at];
    refused(&asked, VESTIBULE_E_ACTION);
    asked = question();
    asked.resource = wrong[at];
    refused(&asked, VESTIBULE_E_RESOURCE);
    asked = question();
    asked.acting_for = VESTIBULE_ACTING_FOR_ORGANISATION;
    asked.acting_org = wrong[at];
    refused(&asked, VESTIBULE_E_ACTING_ORG);
  }
}

static void texts_without_a_form(void) {
  static const char *const principals[] = {"", "ana", "person", "person:", "people:ana", "Person:ana", " person:ana", "person:a b"};
  static const char *const resources[] = {"", "front", "door:", "platform:x", "window:front", "door:front ", "door::front"};
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  vestibule_request asked;
  size_t at;
  for (at = 0; at < sizeof principals / sizeof principals[0]; at += 1) {
    asked = question();
    asked.principal = text_of(principals[at]);
    refused(&asked, VESTIBULE_E_PRINCIPAL);
  }
  for (at = 0; at < sizeof resources / sizeof resources[0]; at += 1) {
    asked = question();
    asked.resource = text_of(resources[at]);
    refused(&asked, VESTIBULE_E_RESOURCE);
  }
  asked = question();
  asked.acting_for = VESTIBULE_ACTING_FOR_ORGANISATION;
  asked.acting_org = text_of("");
  refused(&asked, VESTIBULE_E_ACTING_ORG);
  /* A NUL ends nothing here. */
  asked = question();
  asked.principal = text("person:ana\0", 11);
  refused(&asked, VESTIBULE_E_PRINCIPAL);
  /* An action is a key or not; it has no other form. */
  asked = question();
  asked.action = text("", 0);
  CHECK_STATUS(vestibule_image_decide(&all.image, &asked, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY && decision.reason == VESTIBULE_REASON_ACTION_UNKNOWN);
}

void misuse_questions(void) {
  pointers_of_questions();
  sizes_of_questions();
  fields_of_questions();
  texts_of_questions();
  texts_without_a_form();
}
