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
  CHECK(fault.size == sizeof fault && fault.fault == NULL);
  CHECK(header.size == sizeof header && header.slice == 0);
  CHECK(vestibule_text_of(NULL).data == NULL && vestibule_text_of(NULL).length == 0);
  CHECK(vestibule_text_of("door").length == 4);
}

/* The constants of the header are the numbers for which the library has these words. */
static void words(void) {
  CHECK(strcmp(vestibule_reason_text(VESTIBULE_REASON_GRANTED), "granted") == 0);
  CHECK(strcmp(vestibule_reason_text(VESTIBULE_REASON_PRINCIPAL_UNKNOWN), "principal_unknown") == 0);
  CHECK(strcmp(vestibule_reason_text(VESTIBULE_REASON_OUTSIDE_SLICE), "outside_slice") == 0);
  CHECK(strcmp(vestibule_reason_text(VESTIBULE_REASON_NO_GRANT), "no_grant") == 0);
  CHECK(strcmp(vestibule_reason_text(VESTIBULE_REASON_GUEST_DOOR), "guest_door") == 0);
  CHECK(strcmp(vestibule_basis_text(VESTIBULE_BASIS_NONE), "none") == 0);
  CHECK(strcmp(vestibule_basis_text(VESTIBULE_BASIS_RESIDENCY), "residency") == 0);
  CHECK(strcmp(vestibule_basis_text(VESTIBULE_BASIS_PLATFORM_ROLE), "platform_role") == 0);
  CHECK(strcmp(vestibule_status_text(VESTIBULE_OK), "ok") == 0);
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
  printf("abi: %lu checks, library %s, binary interface %lu\n", checks_done(), vestibule_version(), (unsigned long)vestibule_abi_version());
  return 0;
}
