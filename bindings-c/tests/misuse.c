/*
 * The panel tier, used wrongly: NULL, memory that is askew or too small, images that are not open, fields and texts that mean nothing,
 * handles that are none or of nobody, buffers that are too short. Each call says so, and leaves what it could have written as it was.
 *
 *   misuse core/tests/vectors/images/v1-everything.image core/tests/vectors/images/v1-person.image
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* 2026-11-22T18:00:00Z, when the image was issued. */
#define NOW INT64_C(1795370400000)

/* The image of everything, which is open all the time, and what is in it. */
static const uint8_t *bytes;
static size_t length;
static vestibule_image image;
static uint64_t ana, front, unit, panel;
static uint32_t doors_open;

static vestibule_text text_of(const char *string) { return vestibule_text_of(string); }

static vestibule_text text(const void *data, size_t size) {
  vestibule_text made;
  made.data = (const char *)data;
  made.length = size;
  return made;
}

static vestibule_request question(void) {
  vestibule_request asked = VESTIBULE_REQUEST_INIT;
  asked.principal = text_of("person:ana");
  asked.action = text_of("doors:open");
  asked.resource = text_of("door:front");
  asked.at = NOW;
  return asked;
}

/* An output struct: nothing of it is written but its size. */
#define PREPARE(object) (FILL(object), (object).size = (uint32_t)sizeof(object))
#define CHECK_PREPARED(object)                                                               \
  do {                                                                                       \
    CHECK((object).size == sizeof(object));                                                  \
    CHECK(is_filled((const uint8_t *)&(object) + sizeof(uint32_t), sizeof(object) - sizeof(uint32_t))); \
  } while (0)

/* ---- Visitors ---- */

static int32_t count_items(void *context, uint64_t item) {
  (void)item;
  *(int *)context += 1;
  return 0;
}

static int32_t count_units(void *context, const vestibule_lobby_unit *seen) {
  (void)seen;
  *(int *)context += 1;
  return 0;
}

static int32_t count_residents(void *context, const vestibule_lobby_resident *seen) {
  (void)seen;
  *(int *)context += 1;
  return 0;
}

/* ---- Every function on something that is no open image ---- */

/* Calls everything that takes an image, with arguments that are right but for the image. */
static void check_all_functions(const vestibule_image *of, vestibule_status wanted) {
  const vestibule_request asked = question();
  vestibule_decision decision;
  vestibule_image_header header;
  vestibule_text key_text;
  uint64_t handle;
  uint32_t number;
  char buffer[VESTIBULE_NAME_BUFFER];
  size_t size;
  int items = 0;

  PREPARE(decision);
  CHECK_STATUS(vestibule_image_decide(of, &asked, &decision), wanted);
  CHECK_STATUS(vestibule_image_decide_handles(of, ana, doors_open, front, VESTIBULE_NO_ORGANISATION, NOW, &decision), wanted);
  CHECK_PREPARED(decision);

  FILL(handle), FILL(number);
  CHECK_STATUS(vestibule_image_principal(of, asked.principal, &handle), wanted);
  CHECK_STATUS(vestibule_image_resource(of, asked.resource, &handle), wanted);
  CHECK_STATUS(vestibule_image_organisation(of, text_of("hq"), &handle), wanted);
  CHECK_STATUS(vestibule_image_key(of, asked.action, &number), wanted);
  CHECK_STATUS(vestibule_image_freshness(of, NOW, &number), wanted);
  CHECK_UNTOUCHED(handle);
  CHECK_UNTOUCHED(number);

  FILL(buffer), FILL(size), FILL(key_text);
  CHECK_STATUS(vestibule_image_principal_text(of, ana, buffer, sizeof buffer, &size), wanted);
  CHECK_STATUS(vestibule_image_resource_text(of, front, buffer, sizeof buffer, &size), wanted);
  CHECK_STATUS(vestibule_image_key_text(of, doors_open, &key_text), wanted);
  CHECK_UNTOUCHED(buffer);
  CHECK_UNTOUCHED(size);
  CHECK_UNTOUCHED(key_text);

  PREPARE(header);
  CHECK_STATUS(vestibule_image_header_of(of, &header), wanted);
  CHECK_PREPARED(header);

  CHECK_STATUS(vestibule_image_who_can(of, doors_open, front, NOW, count_items, &items), wanted);
  CHECK_STATUS(vestibule_image_what_can(of, ana, doors_open, NOW, count_items, &items), wanted);
  CHECK_STATUS(vestibule_image_permissions(of, ana, front, NOW, count_items, &items), wanted);
  CHECK_STATUS(vestibule_image_lobby(of, panel, NOW, count_units, &items), wanted);
  CHECK_STATUS(vestibule_image_lobby_residents(of, unit, NOW, count_residents, &items), wanted);
  CHECK(items == 0);
}

static void images_that_are_not_open(void) {
  vestibule_image other;
  /* Room for an image that is askew by every number of bytes that is not a whole alignment. */
  union {
    vestibule_image aligned;
    uint8_t memory[sizeof(vestibule_image) + 16];
  } room;
  size_t askew;

  check_all_functions(NULL, VESTIBULE_E_NULL);
  memset(&other, 0, sizeof other);
  check_all_functions(&other, VESTIBULE_E_NOT_OPEN);
  FILL(other);
  check_all_functions(&other, VESTIBULE_E_NOT_OPEN);
  CHECK_UNTOUCHED(other);

  FILL(room);
  for (askew = 1; askew < vestibule_image_align(); askew += 1) {
    vestibule_image *off = (vestibule_image *)(void *)(room.memory + askew);
    check_all_functions(off, VESTIBULE_E_ALIGNMENT);
    CHECK_STATUS(vestibule_image_open(off, sizeof *off, bytes, length, NULL), VESTIBULE_E_ALIGNMENT);
    CHECK_STATUS(vestibule_image_close(off), VESTIBULE_E_ALIGNMENT);
  }
  CHECK_UNTOUCHED(room);
}

static void images_that_were_closed(void) {
  vestibule_image other;
  CHECK_STATUS(vestibule_image_close(NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
  check_all_functions(&other, VESTIBULE_E_NOT_OPEN);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
  memset(&other, 0, sizeof other);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
  /* The same memory again. */
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
}

/* ---- Opening ---- */

static void opening(void) {
  vestibule_image other;
  vestibule_image_fault fault;
  FILL(other);
  PREPARE(fault);
  CHECK_STATUS(vestibule_image_open(NULL, sizeof other, bytes, length, &fault), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other - 1, bytes, length, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, 0, bytes, length, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, NULL, length, &fault), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, NULL, 0, &fault), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, SIZE_MAX, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, SIZE_MAX / 2 + 1, &fault), VESTIBULE_E_SIZE);
  CHECK_PREPARED(fault);
  fault.size = (uint32_t)sizeof fault - 1;
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length - 1, &fault), VESTIBULE_E_SIZE);
  fault.size = 0;
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length, &fault), VESTIBULE_E_SIZE);
  fault.size = (uint32_t)sizeof fault;
  CHECK_PREPARED(fault);
  CHECK_UNTOUCHED(other);
}

static void faults(void) {
  vestibule_image other;
  /* What a later header may know of a fault comes after what this library knows. */
  struct {
    vestibule_image_fault known;
    uint64_t more;
  } fault;
  FILL(other), FILL(fault);
  fault.known.size = (uint32_t)sizeof fault;
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length - 1, NULL), VESTIBULE_E_IMAGE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length - 1, &fault.known), VESTIBULE_E_IMAGE);
  CHECK(fault.known.size == sizeof fault.known && fault.known.reserved == 0);
  CHECK(strcmp(fault.known.fault, "length") == 0 && strcmp(fault.known.section, "header") == 0);
  CHECK_UNTOUCHED(fault.more);
  CHECK_UNTOUCHED(other);

  /* An image that is open stays open when another is refused in its place. */
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, bytes, length - 1, NULL), VESTIBULE_E_IMAGE);
  CHECK(vestibule_image_key(&other, text_of("doors:open"), &doors_open) == VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
}

/* An image may lie anywhere, and be copied. */
static void copies(void) {
  vestibule_image copy = image;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  const vestibule_request asked = question();
  CHECK_STATUS(vestibule_image_decide(&copy, &asked, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_ALLOW && decision.reason == VESTIBULE_REASON_GRANTED);
  CHECK_STATUS(vestibule_image_close(&copy), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_decide(&image, &asked, &decision), VESTIBULE_OK);
}

/* ---- Questions ---- */

static void refused(const vestibule_request *asked, vestibule_status wanted) {
  vestibule_decision decision;
  PREPARE(decision);
  CHECK_STATUS(vestibule_image_decide(&image, asked, &decision), wanted);
  CHECK_PREPARED(decision);
}

static void pointers_of_questions(void) {
  const vestibule_request asked = question();
  vestibule_decision decision;
  /* A request and a decision fit in at every address of it. */
  uint64_t room[(sizeof(vestibule_request) + sizeof(vestibule_decision)) / sizeof(uint64_t) + 2];
  uint8_t *askew = (uint8_t *)room + 1;

  refused(NULL, VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_decide(&image, &asked, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_decide_handles(&image, ana, doors_open, front, VESTIBULE_NO_ORGANISATION, NOW, NULL), VESTIBULE_E_NULL);

  memcpy(askew, &asked, sizeof asked);
  refused((const vestibule_request *)(const void *)askew, VESTIBULE_E_ALIGNMENT);
  PREPARE(decision);
  memcpy(askew, &decision, sizeof decision);
  CHECK_STATUS(vestibule_image_decide(&image, &asked, (vestibule_decision *)(void *)askew), VESTIBULE_E_ALIGNMENT);
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

  small.size = (uint32_t)sizeof small - 1;
  refused(&small, VESTIBULE_E_SIZE);
  small.size = 0;
  refused(&small, VESTIBULE_E_SIZE);
  /* A larger one is of a later header. */
  small.size = (uint32_t)sizeof small + 8;
  decision.size = (uint32_t)sizeof decision;
  CHECK_STATUS(vestibule_image_decide(&image, &small, &decision), VESTIBULE_OK);

  FILL(decision);
  decision.size = (uint32_t)sizeof decision - 1;
  CHECK_STATUS(vestibule_image_decide(&image, &asked, &decision), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_decide_handles(&image, ana, doors_open, front, VESTIBULE_NO_ORGANISATION, NOW, &decision), VESTIBULE_E_SIZE);
  CHECK(decision.size == sizeof decision - 1);
  decision.size = (uint32_t)sizeof decision;
  CHECK_PREPARED(decision);

  FILL(large);
  large.known.size = (uint32_t)sizeof large;
  CHECK_STATUS(vestibule_image_decide(&image, &asked, &large.known), VESTIBULE_OK);
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
  CHECK_STATUS(vestibule_image_decide(&image, &asked, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY && decision.reason == VESTIBULE_REASON_ACTION_UNKNOWN);
}

/* ---- Looking up ---- */

static void look_ups(void) {
  uint64_t handle;
  uint64_t room[2];
  uint64_t *askew = (uint64_t *)(void *)((uint8_t *)room + 1);
  uint32_t key;
  FILL(handle), FILL(key), FILL(room);
  CHECK_STATUS(vestibule_image_principal(&image, text(NULL, 0), &handle), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource(&image, text(NULL, 4), &handle), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_organisation(&image, text(NULL, SIZE_MAX), &handle), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_key(&image, text(NULL, 0), &key), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_principal(&image, text("\xFF", 1), &handle), VESTIBULE_E_PRINCIPAL);
  CHECK_STATUS(vestibule_image_resource(&image, text("\xFF", 1), &handle), VESTIBULE_E_RESOURCE);
  CHECK_STATUS(vestibule_image_organisation(&image, text("\xFF", 1), &handle), VESTIBULE_E_ACTING_ORG);
  CHECK_STATUS(vestibule_image_key(&image, text("\xFF", 1), &key), VESTIBULE_E_ACTION);
  CHECK_STATUS(vestibule_image_principal(&image, text_of("person:stranger"), &handle), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_resource(&image, text_of("door:none"), &handle), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_organisation(&image, text_of("none"), &handle), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_key(&image, text_of("doors:paint"), &key), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_principal(&image, text_of("person:ana"), askew), VESTIBULE_E_ALIGNMENT);
  CHECK_UNTOUCHED(handle);
  CHECK_UNTOUCHED(key);
  CHECK_UNTOUCHED(room);
  CHECK_STATUS(vestibule_image_principal(&image, text_of("person:ana"), NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource(&image, text_of("door:front"), NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_organisation(&image, text_of("hq"), NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_key(&image, text_of("doors:open"), NULL), VESTIBULE_E_NULL);
}

static void names(void) {
  char buffer[VESTIBULE_NAME_BUFFER];
  size_t size, room[2];
  size_t *askew = (size_t *)(void *)((uint8_t *)room + 1);
  vestibule_text found;
  FILL(buffer), FILL(size), FILL(room), FILL(found);
  CHECK_STATUS(vestibule_image_principal_text(&image, ana, NULL, sizeof buffer, &size), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource_text(&image, front, NULL, 0, &size), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource_text(&image, front, buffer, sizeof buffer, askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_image_principal_text(&image, 0, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_resource_text(&image, 0, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_principal_text(&image, front, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_resource_text(&image, front + 1000, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_key_text(&image, 60000, &found), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_key_text(&image, 65536 + doors_open, &found), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_key_text(&image, UINT32_MAX, &found), VESTIBULE_E_HANDLE);
  CHECK_UNTOUCHED(size);
  CHECK_UNTOUCHED(room);
  CHECK_UNTOUCHED(found);
  CHECK_STATUS(vestibule_image_key_text(&image, doors_open, NULL), VESTIBULE_E_NULL);
  /* The length is written though the text is not. */
  CHECK_STATUS(vestibule_image_principal_text(&image, ana, buffer, 0, &size), VESTIBULE_E_BUFFER);
  CHECK(size == strlen("person:ana"));
  CHECK_STATUS(vestibule_image_principal_text(&image, ana, buffer, size, NULL), VESTIBULE_E_BUFFER);
  CHECK_UNTOUCHED(buffer);
}

/* ---- Handles ---- */

static vestibule_status decide(uint64_t principal, uint32_t key, uint64_t resource, uint64_t acting_org, vestibule_decision *decision) {
  return vestibule_image_decide_handles(&image, principal, key, resource, acting_org, NOW, decision);
}

static void numbers_that_are_no_handles(void) {
  const uint64_t none[] = {0, 1, UINT32_MAX, UINT64_C(7) << 32, UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_C(0xA5A5A5A5A5A5A5A5)};
  vestibule_decision decision;
  size_t at;
  int items = 0;
  PREPARE(decision);
  for (at = 0; at < sizeof none / sizeof none[0]; at += 1) {
    CHECK_STATUS(decide(none[at], doors_open, front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
    CHECK_STATUS(decide(ana, doors_open, none[at], VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
    CHECK_STATUS(decide(ana, doors_open, front, none[at], &decision), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_who_can(&image, doors_open, none[at], NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_what_can(&image, none[at], doors_open, NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_permissions(&image, none[at], front, NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_permissions(&image, ana, none[at], NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_lobby(&image, none[at], NOW, count_units, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_lobby_residents(&image, none[at], NOW, count_residents, &items), VESTIBULE_E_HANDLE);
  }
  /* That of a resource of another kind acts for nobody; neither does the highest of all positions. */
  CHECK_STATUS(decide(ana, doors_open, front, front, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(ana, doors_open, front, (UINT64_C(2) << 32) | UINT32_MAX, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(ana, 65536, front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(ana, UINT32_MAX, front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_lobby_residents(&image, front, NOW, count_residents, &items), VESTIBULE_E_HANDLE);
  CHECK_PREPARED(decision);
  CHECK(items == 0);
}

/* A handle of another image names nobody here, or somebody else; nobody may do anything. */
static void handles_of_nobody(void) {
  const uint64_t nobody = (UINT64_C(1) << 32) | 0xFFFFF0, no_token = (UINT64_C(2) << 32) | 0xFFFFF0;
  const uint64_t nowhere = (front & ~(uint64_t)UINT32_MAX) | UINT32_MAX, no_unit = (UINT64_C(5) << 32) | UINT32_MAX;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  int items = 0;
  CHECK_STATUS(decide(nobody, doors_open, front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(decide(no_token, doors_open, front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(decide(ana, doors_open, nowhere, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(decide(ana, doors_open, front, (UINT64_C(2) << 32) | 0xFFFFF0, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(vestibule_image_what_can(&image, nobody, doors_open, NOW, count_items, &items), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_permissions(&image, nobody, front, NOW, count_items, &items), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_lobby_residents(&image, no_unit, NOW, count_residents, &items), VESTIBULE_OK);
  CHECK(items == 0);
}

/* Any numbers at all: an answer, or no handle; and no list has more than the image. */
static void numbers_by_chance(void) {
  uint64_t state = UINT64_C(0x9E3779B97F4A7C15);
  int round;
  for (round = 0; round < 20000; round += 1) {
    uint64_t numbers[4];
    vestibule_decision decision = VESTIBULE_DECISION_INIT;
    vestibule_status status;
    int at, items = 0;
    for (at = 0; at < 4; at += 1) {
      /* xorshift; most of the time the number of some handle, and a position that may be there. */
      state ^= state << 13, state ^= state >> 7, state ^= state << 17;
      numbers[at] = state % 5 == 0 ? state : ((state >> 8) % 8) << 32 | (state >> 16) % 24;
    }
    status = decide(numbers[0], (uint32_t)(numbers[1] % 90), numbers[2], numbers[3], &decision);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE);
    status = vestibule_image_who_can(&image, (uint32_t)(numbers[1] % 90), numbers[2], NOW, count_items, &items);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE || status == VESTIBULE_E_OUTSIDE_SLICE);
    status = vestibule_image_permissions(&image, numbers[0], numbers[2], NOW, count_items, &items);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE || status == VESTIBULE_E_OUTSIDE_SLICE);
    status = vestibule_image_lobby(&image, numbers[2], NOW, count_units, &items);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE || status == VESTIBULE_E_OUTSIDE_SLICE);
    CHECK(items < 1000);
  }
}

/* ---- Lists, headers, words ---- */

static void visitors_and_structs(void) {
  vestibule_image_header header;
  uint32_t freshness;
  uint8_t room[8] = {PATTERN, PATTERN, PATTERN, PATTERN, PATTERN, PATTERN, PATTERN, PATTERN};
  CHECK_STATUS(vestibule_image_who_can(&image, doors_open, front, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_what_can(&image, ana, doors_open, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_permissions(&image, ana, front, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_lobby(&image, panel, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_lobby_residents(&image, unit, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_header_of(&image, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_freshness(&image, NOW, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_freshness(&image, NOW, (uint32_t *)(void *)(room + 1)), VESTIBULE_E_ALIGNMENT);
  CHECK_UNTOUCHED(room);
  FILL(header);
  header.size = (uint32_t)sizeof header - 1;
  CHECK_STATUS(vestibule_image_header_of(&image, &header), VESTIBULE_E_SIZE);
  header.size = (uint32_t)sizeof header;
  CHECK_PREPARED(header);
  CHECK_STATUS(vestibule_image_freshness(&image, NOW, &freshness), VESTIBULE_OK);
  CHECK(freshness == VESTIBULE_FRESH);
}

/* The image of a person has nobody else: lists of people are outside it. */
static void lists_that_a_slice_has_not(const char *path) {
  size_t size;
  uint8_t *person = read_file(path, &size);
  vestibule_image slice;
  uint64_t door, integration;
  uint32_t key;
  int items = 0;
  CHECK_STATUS(vestibule_image_open(&slice, sizeof slice, person, size, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&slice, text_of("door:front"), &door), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&slice, text_of("integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"), &integration), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_key(&slice, text_of("doors:open"), &key), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_who_can(&slice, key, door, NOW, count_items, &items), VESTIBULE_E_OUTSIDE_SLICE);
  CHECK_STATUS(vestibule_image_lobby(&slice, integration, NOW, count_units, &items), VESTIBULE_E_OUTSIDE_SLICE);
  CHECK_STATUS(vestibule_image_lobby_residents(&slice, UINT64_C(5) << 32, NOW, count_residents, &items), VESTIBULE_E_OUTSIDE_SLICE);
  CHECK(items == 0);
  CHECK_STATUS(vestibule_image_close(&slice), VESTIBULE_OK);
  free(person);
}

static void words_for_everything(void) {
  int32_t status;
  uint32_t number;
  for (status = -2; status < 300; status += 1) CHECK(strlen(vestibule_status_text(status)) > 0);
  CHECK(strlen(vestibule_status_text(INT32_MIN)) > 0 && strlen(vestibule_status_text(INT32_MAX)) > 0);
  for (number = 0; number <= UINT16_MAX; number += 1) CHECK(strlen(vestibule_reason_text((uint16_t)number)) > 0);
  for (number = 0; number <= UINT8_MAX; number += 1) CHECK(strlen(vestibule_basis_text((uint8_t)number)) > 0);
  CHECK(strcmp(vestibule_reason_text(1), "unknown") == 0 && strcmp(vestibule_basis_text(99), "unknown") == 0);
}

static void open_image(const char *path) {
  bytes = read_file(path, &length);
  CHECK_STATUS(vestibule_image_open(&image, sizeof image, bytes, length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_principal(&image, text_of("person:ana"), &ana), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&image, text_of("door:front"), &front), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&image, text_of("unit:u1"), &unit), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&image, text_of("integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"), &panel), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_key(&image, text_of("doors:open"), &doors_open), VESTIBULE_OK);
}

int main(int count, char **arguments) {
  if (count != 3) {
    printf("usage: misuse EVERYTHING.image PERSON.image\n");
    return 2;
  }
  open_image(arguments[1]);
  images_that_are_not_open();
  images_that_were_closed();
  opening();
  faults();
  copies();
  pointers_of_questions();
  sizes_of_questions();
  fields_of_questions();
  texts_of_questions();
  texts_without_a_form();
  look_ups();
  names();
  numbers_that_are_no_handles();
  handles_of_nobody();
  numbers_by_chance();
  visitors_and_structs();
  lists_that_a_slice_has_not(arguments[2]);
  words_for_everything();
  CHECK_STATUS(vestibule_image_close(&image), VESTIBULE_OK);
  free((void *)(uintptr_t)bytes);
  printf("misuse: %lu checks\n", checks_done());
  return 0;
}
