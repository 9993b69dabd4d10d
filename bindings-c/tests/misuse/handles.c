/* Numbers that are no handles, or those of nobody. */
#include "misuse.h"

static vestibule_status decide(uint64_t principal, uint64_t key, uint64_t resource, uint64_t acting_org, vestibule_decision *decision) {
  return vestibule_image_decide_handles(&all.image, principal, key, resource, acting_org, NOW, decision);
}

static void numbers_that_are_no_handles(void) {
  const uint64_t none[] = {0, 1, UINT32_MAX, UINT64_C(7) << 32, UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_C(0xA5A5A5A5A5A5A5A5)};
  vestibule_decision decision;
  size_t at;
  int items = 0;
  PREPARE(decision);
  for (at = 0; at < sizeof none / sizeof none[0]; at += 1) {
    CHECK_STATUS(decide(none[at], all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
    CHECK_STATUS(decide(all.ana, all.doors_open, none[at], VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
    CHECK_STATUS(decide(all.ana, all.doors_open, all.front, none[at], &decision), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_who_can(&all.image, all.doors_open, none[at], NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_what_can(&all.image, none[at], all.doors_open, NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_permissions(&all.image, none[at], all.front, NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_permissions(&all.image, all.ana, none[at], NOW, count_items, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_lobby(&all.image, none[at], NOW, count_units, &items), VESTIBULE_E_HANDLE);
    CHECK_STATUS(vestibule_image_lobby_residents(&all.image, none[at], NOW, count_residents, &items), VESTIBULE_E_HANDLE);
  }
  /* That of a resource of another kind acts for nobody; neither does the highest of all positions. */
  CHECK_STATUS(decide(all.ana, all.doors_open, all.front, all.front, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(all.ana, all.doors_open, all.front, (UINT64_C(2) << 32) | UINT32_MAX, &decision), VESTIBULE_E_HANDLE);
  /* Nor is a key what is cut short, or of another kind. */
  CHECK_STATUS(decide(all.ana, all.doors_open & UINT32_MAX, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(all.ana, all.front, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(all.doors_open, all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_lobby(&all.image, all.front, NOW, count_units, &items), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(all.ana, 65536, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(decide(all.ana, UINT32_MAX, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_lobby_residents(&all.image, all.front, NOW, count_residents, &items), VESTIBULE_E_HANDLE);
  CHECK_PREPARED(decision);
  CHECK(items == 0);
}

/* A handle of another image names nobody here, or somebody else; nobody may do anything. */
static void handles_of_nobody(void) {
  const uint64_t nobody = (UINT64_C(1) << 32) | 0xFFFFF0, no_token = (UINT64_C(2) << 32) | 0xFFFFF0;
  const uint64_t nowhere = (all.front & ~(uint64_t)UINT32_MAX) | UINT32_MAX, no_unit = (UINT64_C(5) << 32) | UINT32_MAX;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  int items = 0;
  CHECK_STATUS(decide(nobody, all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(decide(no_token, all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(decide(all.ana, all.doors_open, nowhere, VESTIBULE_NO_ORGANISATION, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(decide(all.ana, all.doors_open, all.front, (UINT64_C(2) << 32) | 0xFFFFF0, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_DENY);
  CHECK_STATUS(vestibule_image_what_can(&all.image, nobody, all.doors_open, NOW, count_items, &items), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_permissions(&all.image, nobody, all.front, NOW, count_items, &items), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_lobby_residents(&all.image, no_unit, NOW, count_residents, &items), VESTIBULE_OK);
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
    status = decide(numbers[0], UINT64_C(7) << 32 | numbers[1] % 90, numbers[2], numbers[3], &decision);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE);
    status = vestibule_image_who_can(&all.image, UINT64_C(7) << 32 | numbers[1] % 90, numbers[2], NOW, count_items, &items);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE || status == VESTIBULE_E_OUTSIDE_SLICE);
    status = vestibule_image_permissions(&all.image, numbers[0], numbers[2], NOW, count_items, &items);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE || status == VESTIBULE_E_OUTSIDE_SLICE);
    status = vestibule_image_lobby(&all.image, numbers[2], NOW, count_units, &items);
    CHECK(status == VESTIBULE_OK || status == VESTIBULE_E_HANDLE || status == VESTIBULE_E_OUTSIDE_SLICE);
    CHECK(items < 1000);
  }
}

void misuse_handles(void) {
  numbers_that_are_no_handles();
  handles_of_nobody();
  numbers_by_chance();
}
