/*
 * The library that runs is the one that the header describes: versions, sizes, places of fields, and the numbers that it gives out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* Fields lie where a compiler of C puts them without padding between: nothing of a struct is unnamed. */
#define CHECK_FIELD(type, field, place) CHECK(offsetof(type, field) == (place))

static void versions(void) {
  CHECK(vestibule_abi_version() == VESTIBULE_ABI_VERSION);
  CHECK(strcmp(vestibule_version(), VESTIBULE_VERSION) == 0);
}

static void sizes(void) {
  const size_t pointer = sizeof(void *);
  CHECK(sizeof(vestibule_image) == vestibule_image_size());
  CHECK(sizeof(vestibule_image) == VESTIBULE_IMAGE_WORDS * pointer);
  CHECK(pointer % vestibule_image_align() == 0);
  CHECK(sizeof(vestibule_status) == 4);
  CHECK(sizeof(vestibule_text) == 2 * pointer);
  CHECK(sizeof(vestibule_decision) == 32);
  CHECK(sizeof(vestibule_image_header) == 96);
  CHECK(sizeof(vestibule_request) == 32 + 8 * pointer);
  CHECK(sizeof(vestibule_image_fault) == 8 + 3 * pointer);
  CHECK(sizeof(vestibule_lobby_unit) == 24 + 2 * pointer);
  CHECK(sizeof(vestibule_lobby_resident) == 24 + 2 * pointer);
}

static void fields(void) {
  const size_t pointer = sizeof(void *);
  CHECK_FIELD(vestibule_decision, reason, 4);
  CHECK_FIELD(vestibule_decision, effect, 6);
  CHECK_FIELD(vestibule_decision, basis, 7);
  CHECK_FIELD(vestibule_decision, obligations, 8);
  CHECK_FIELD(vestibule_decision, warnings, 12);
  CHECK_FIELD(vestibule_decision, until, 16);
  CHECK_FIELD(vestibule_decision, reserved, 24);
  CHECK_FIELD(vestibule_request, acting_for, 4);
  CHECK_FIELD(vestibule_request, principal, 8);
  CHECK_FIELD(vestibule_request, action, 8 + 2 * pointer);
  CHECK_FIELD(vestibule_request, resource, 8 + 4 * pointer);
  CHECK_FIELD(vestibule_request, acting_org, 8 + 6 * pointer);
  CHECK_FIELD(vestibule_request, at, 8 + 8 * pointer);
  CHECK_FIELD(vestibule_request, reserved, 16 + 8 * pointer);
  CHECK_FIELD(vestibule_image_header, subject, 8);
  CHECK_FIELD(vestibule_image_header, digest, 48);
}

#if defined(VESTIBULE_HOST)
static void host_structs(void) {
  const size_t pointer = sizeof(void *);
  const vestibule_freeze freeze = VESTIBULE_FREEZE_INIT;
  CHECK(sizeof(vestibule_buffer) == 2 * pointer);
  CHECK(sizeof(vestibule_freeze) == 48 + 2 * pointer);
  CHECK_FIELD(vestibule_freeze, slice, 4);
  CHECK_FIELD(vestibule_freeze, subject, 8);
  CHECK_FIELD(vestibule_freeze, issued_at, 8 + 2 * pointer);
  CHECK_FIELD(vestibule_freeze, reserved, 32 + 2 * pointer);
  CHECK(freeze.size == sizeof freeze && freeze.fresh_for == VESTIBULE_NO_LIMIT && freeze.max_stale == VESTIBULE_NO_LIMIT);
}
#endif

/* What the _INIT macros make is what the library takes. */
static void initial_values(void) {
  const vestibule_request request = VESTIBULE_REQUEST_INIT;
  const vestibule_decision decision = VESTIBULE_DECISION_INIT;
  const vestibule_image_fault fault = VESTIBULE_IMAGE_FAULT_INIT;
  const vestibule_image_header header = VESTIBULE_IMAGE_HEADER_INIT;
  CHECK(request.size == sizeof request && request.acting_for == VESTIBULE_ACTING_FOR_NOBODY && request.principal.data == NULL);
  CHECK(decision.size == sizeof decision && decision.effect == VESTIBULE_DENY);
  CHECK(fault.size == sizeof fault && fault.what == NULL);
  CHECK(header.size == sizeof header && header.slice == 0);
  CHECK(vestibule_text_of(NULL).data == NULL && vestibule_text_of(NULL).length == 0);
  CHECK(vestibule_text_of("door").length == 4);
}

/* A constant of the header, and the word that the library has for its number. */
typedef struct constant {
  uint16_t number;
  const char *word;
} constant;

static const constant REASONS[] = {
    {VESTIBULE_REASON_GRANTED, "granted"}, {VESTIBULE_REASON_PRINCIPAL_UNKNOWN, "principal_unknown"},
    {VESTIBULE_REASON_ACTION_UNKNOWN, "action_unknown"}, {VESTIBULE_REASON_RESOURCE_UNKNOWN, "resource_unknown"},
    {VESTIBULE_REASON_ACTING_ORG_UNKNOWN, "acting_org_unknown"}, {VESTIBULE_REASON_OUTSIDE_SLICE, "outside_slice"},
    {VESTIBULE_REASON_ACTION_NOT_APPLICABLE, "action_not_applicable"},
    {VESTIBULE_REASON_PRINCIPAL_DELETED, "principal_deleted"},
    {VESTIBULE_REASON_PRINCIPAL_BLOCKED, "principal_blocked"}, {VESTIBULE_REASON_ORG_DELETED, "org_deleted"},
    {VESTIBULE_REASON_DOOR_DISABLED, "door_disabled"}, {VESTIBULE_REASON_ORG_CONTEXT, "org_context"},
    {VESTIBULE_REASON_NO_GRANT, "no_grant"}, {VESTIBULE_REASON_GRANT_ORG_DELETED, "grant_org_deleted"},
    {VESTIBULE_REASON_UNIT_DISABLED, "unit_disabled"}, {VESTIBULE_REASON_NOT_YET_VALID, "not_yet_valid"},
    {VESTIBULE_REASON_EXPIRED, "expired"}, {VESTIBULE_REASON_DOOR_AUDIENCE, "door_audience"},
    {VESTIBULE_REASON_GUEST_DOOR, "guest_door"},
};

static const constant BASES[] = {
    {VESTIBULE_BASIS_NONE, "none"}, {VESTIBULE_BASIS_RESIDENCY, "residency"},
    {VESTIBULE_BASIS_UNIT_ADMINISTRATOR, "unit_administrator"}, {VESTIBULE_BASIS_UNIT_TOKEN, "unit_token"},
    {VESTIBULE_BASIS_SITE_ROLE, "site_role"}, {VESTIBULE_BASIS_PERMISSION_GROUP, "permission_group"},
    {VESTIBULE_BASIS_ORGANISATION_ROLE, "organisation_role"}, {VESTIBULE_BASIS_PLATFORM_ROLE, "platform_role"},
};

static const vestibule_status FAILURES[] = {
    VESTIBULE_E_NULL, VESTIBULE_E_SIZE, VESTIBULE_E_ALIGNMENT, VESTIBULE_E_VALUE, VESTIBULE_E_NOT_OPEN,
    VESTIBULE_E_PANIC, VESTIBULE_E_POISONED, VESTIBULE_E_BUFFER, VESTIBULE_E_IMAGE, VESTIBULE_E_PRINCIPAL,
    VESTIBULE_E_ACTION, VESTIBULE_E_RESOURCE, VESTIBULE_E_ACTING_ORG, VESTIBULE_E_UNKNOWN, VESTIBULE_E_HANDLE,
    VESTIBULE_E_OUTSIDE_SLICE, VESTIBULE_E_ESTATE, VESTIBULE_E_UNREADABLE, VESTIBULE_E_REFUSED, VESTIBULE_E_APPLY,
    VESTIBULE_E_FREEZE,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void words(void) {
  size_t at, other;
  for (at = 0; at < COUNT(REASONS); at += 1) CHECK(strcmp(vestibule_reason_text(REASONS[at].number), REASONS[at].word) == 0);
  for (at = 0; at < COUNT(BASES); at += 1) CHECK(strcmp(vestibule_basis_text((uint8_t)BASES[at].number), BASES[at].word) == 0);
  CHECK(strcmp(vestibule_status_text(VESTIBULE_OK), "ok") == 0);
  /* Every failure has a number and words of its own. */
  for (at = 0; at < COUNT(FAILURES); at += 1) {
    CHECK(FAILURES[at] != VESTIBULE_OK && strcmp(vestibule_status_text(FAILURES[at]), vestibule_status_text(INT32_MAX)) != 0);
    for (other = 0; other < at; other += 1) {
      CHECK(FAILURES[at] != FAILURES[other]);
      CHECK(strcmp(vestibule_status_text(FAILURES[at]), vestibule_status_text(FAILURES[other])) != 0);
    }
  }
}

/* How many words the library has is how many the header names: of every other number it knows nothing. */
static void nothing_beyond_the_header(void) {
  size_t reasons = 0, bases = 0, failures = 0;
  int32_t number;
  for (number = 0; number <= UINT16_MAX; number += 1) reasons += strcmp(vestibule_reason_text((uint16_t)number), "unknown") != 0;
  for (number = 0; number <= UINT8_MAX; number += 1) bases += strcmp(vestibule_basis_text((uint8_t)number), "unknown") != 0;
  for (number = 1; number < 1000; number += 1) {
    failures += strcmp(vestibule_status_text(number), vestibule_status_text(INT32_MAX)) != 0;
  }
  CHECK(reasons == COUNT(REASONS));
  CHECK(bases == COUNT(BASES));
  CHECK(failures == COUNT(FAILURES));
}

int main(void) {
  versions();
  sizes();
  fields();
#if defined(VESTIBULE_HOST)
  host_structs();
#endif
  initial_values();
  words();
  nothing_beyond_the_header();
  printf("abi: %lu checks, library %s, binary interface %lu\n", checks_done(), vestibule_version(), (unsigned long)vestibule_abi_version());
  return 0;
}
