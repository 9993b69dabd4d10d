#include "visitors.h"

#include <stdint.h>
#include <string.h>

#include "check.h"
#include "clock.h"
#include "door.h"
#include "freshness.h"
#include "lobby.h"
#include "network.h"
#include "print.h"
#include "slots.h"
#include "update.h"

#define EVENING INT64_C(1795370400000) /* 2026-11-22T18:00:00Z */
#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* What the lobby of Maple Court shows on that evening. */
static const lobby_count LOBBY = {51, 74, 1};

/* A credential at a door, at so many seconds after six, and the answer that examples/maple-court/expected.jsonl has for it. */
typedef struct visit {
  int64_t second;
  const char *principal;
  const char *door;
  uint16_t reason;
  uint8_t basis;
} visit;

static const visit at_six[] = {
    {5, "person:chidi-okafor", "door:mc-front", VESTIBULE_REASON_GRANTED, VESTIBULE_BASIS_RESIDENCY},
    {12, "person:carlos-mendes", "door:mc-front", VESTIBULE_REASON_GRANTED, VESTIBULE_BASIS_PERMISSION_GROUP},
    {20, "person:rhys-morgan", "door:mc-bike", VESTIBULE_REASON_DOOR_AUDIENCE, VESTIBULE_BASIS_NONE},
    {25, "person:rhys-morgan", "door:mc-side", VESTIBULE_REASON_DOOR_DISABLED, VESTIBULE_BASIS_NONE},
};

static const visit while_the_network_is_gone[] = {
    {65, "person:chidi-okafor", "door:mc-door-204", VESTIBULE_REASON_NO_GRANT, VESTIBULE_BASIS_NONE},
    {70, "person:nkechi-eze", "door:mc-back", VESTIBULE_REASON_GUEST_DOOR, VESTIBULE_BASIS_NONE},
    {75, "person:stefan-ilic", "door:mc-plant", VESTIBULE_REASON_PRINCIPAL_BLOCKED, VESTIBULE_BASIS_NONE},
    {80, "person:bjorn-halvorsen", "door:mc-front", VESTIBULE_REASON_EXPIRED, VESTIBULE_BASIS_NONE},
    {85, "unit_token:mc-203", "door:mc-door-203", VESTIBULE_REASON_NO_GRANT, VESTIBULE_BASIS_NONE},
    {90, "person:chidi-okafor", "door:bm-front", VESTIBULE_REASON_OUTSIDE_SLICE, VESTIBULE_BASIS_NONE},
};

/* Comes by while the slots are being written; the second time round, the side entrance is in service. */
static const visit during_updates = {185, "person:chidi-okafor", "door:mc-front", VESTIBULE_REASON_GRANTED,
                                     VESTIBULE_BASIS_RESIDENCY};
static const visit before_newer = {195, "person:rhys-morgan", "door:mc-side", VESTIBULE_REASON_DOOR_DISABLED,
                                   VESTIBULE_BASIS_NONE};
static const visit after_newer = {205, "person:rhys-morgan", "door:mc-side", VESTIBULE_REASON_GRANTED, VESTIBULE_BASIS_RESIDENCY};
static const visit after_reset = {305, "person:rhys-morgan", "door:mc-side", VESTIBULE_REASON_GRANTED, VESTIBULE_BASIS_RESIDENCY};

static void at_second(int64_t second) { clock_set(EVENING + second * SECOND); }

static void come(const visit *visitor) {
  event happened;
  at_second(visitor->second);
  happened = door_credential(visitor->principal, visitor->door);
  check(happened.status == VESTIBULE_OK && happened.reason == visitor->reason && happened.basis == visitor->basis,
        vestibule_reason_text(visitor->reason));
}

static void come_all(const visit *visitors, size_t count) {
  size_t at;
  for (at = 0; at < count; at++) {
    come(&visitors[at]);
  }
}

/* A reader that gives nonsense: no question comes of it, and no door opens. */
static void present_nonsense(void) {
  event happened;
  at_second(30);
  happened = door_credential("badge 0x1F", "door:mc-front");
  check(happened.status == VESTIBULE_E_PRINCIPAL && happened.effect == VESTIBULE_DENY, "no principal, and a closed door");
}

static void browse_directory(void) {
  lobby_count count;
  at_second(40);
  count = lobby_browse();
  check(memcmp(&count, &LOBBY, sizeof count) == 0, "51 units, 74 residents, one unit without calls");
}

/* Who asks for the door is the resident who answered, not the visitor. */
static void call_a_unit(void) {
  uint64_t called[2];
  event happened;
  at_second(95);
  check(lobby_ring("203", called, 2) == 2, "two phones to ring in 203");
  at_second(100);
  happened = door_call(called[1], "door:mc-front");
  check(happened.status == VESTIBULE_OK && happened.effect == VESTIBULE_ALLOW, "a resident who may open");
  check(strcmp(happened.principal, "person:chidi-okafor") == 0, "person:chidi-okafor to have answered");
  at_second(110);
  check(lobby_ring("703", called, 2) == 0, "nobody who takes calls in 703");
}

/* The server that events are sent to: it is gone for some of the evening, and wants the sequence without a step back. */
static uint32_t last_arrived;

static int send(const event *happened) {
  print_text("         event ");
  print_number(happened->sequence);
  print_to_column(26);
  print_time(happened->at);
  print_text(" ");
  print_text(happened->principal);
  print_text(" ");
  print_text(happened->resource);
  print_text(" ");
  print_text(happened->status == VESTIBULE_OK ? vestibule_reason_text(happened->reason) : "not asked");
  print_text(", revision ");
  print_number(happened->revision);
  print_line();
  check(happened->sequence > last_arrived, "events in the order of their sequence");
  last_arrived = happened->sequence;
  return 1;
}

static void upload(uint32_t lost, uint32_t last) {
  uint32_t missing;
  print_time(clock_now());
  print_text(" upload");
  print_line();
  missing = events_upload(send);
  print_text("         up to ");
  print_number(last_arrived);
  print_text(", overwritten before: ");
  print_number(missing);
  print_line();
  check(missing == lost, "as many events overwritten as did not fit");
  check(last_arrived == last, "the last event to have arrived");
}

static void leave_the_factory(void) {
  at_second(0);
  check(slots_present() == NULL, "empty slots");
  check(update_receive(network_present, network_present_length, UPDATE_SOUND) == SLOTS_TAKEN, "the first image taken");
}

static void receive_what_is_refused(void) {
  at_second(180);
  check(update_receive(network_newer, network_newer_length, UPDATE_NOISY) == SLOTS_DAMAGED, "one bit noticed");
  check(update_receive(network_newer, network_newer_length, UPDATE_BROKEN) == SLOTS_DAMAGED, "half an image noticed");
  come(&during_updates);
  at_second(190);
  check(update_receive(network_older, network_older_length, UPDATE_SOUND) == SLOTS_NOT_NEWER, "an older image refused");
  check(update_receive(network_present, network_present_length, UPDATE_SOUND) == SLOTS_NOT_NEWER, "the same revision refused");
  check(update_receive(network_elsewhere, network_elsewhere_length, UPDATE_SOUND) == SLOTS_OTHER_PANEL, "the garage's image refused");
  come(&before_newer);
}

static void receive_what_is_newer(void) {
  at_second(200);
  check(update_receive(network_newer, network_newer_length, UPDATE_SOUND) == SLOTS_TAKEN, "a newer image taken");
  come(&after_newer);
}

/* No decision reads how fresh the image is: what follows from it is for the product to say. */
static void grow_old(void) {
  at_second(210);
  check(freshness_report() == VESTIBULE_FRESH, "a fresh image");
  clock_set(EVENING + 37 * HOUR);
  check(freshness_report() == VESTIBULE_STALE, "a stale image");
  clock_set(EVENING + 31 * DAY);
  check(freshness_report() == VESTIBULE_TOO_OLD, "an image that is too old");
  clock_set(EVENING - MINUTE);
  check(freshness_report() == VESTIBULE_BEFORE_ISSUE, "a clock that is wrong");
}

void visitors_before_reset(void) {
  leave_the_factory();
  come_all(at_six, sizeof at_six / sizeof at_six[0]);
  present_nonsense();
  browse_directory();
  upload(0, 5);
  come_all(while_the_network_is_gone, sizeof while_the_network_is_gone / sizeof while_the_network_is_gone[0]);
  call_a_unit();
  receive_what_is_refused();
  receive_what_is_newer();
  grow_old();
}

void visitors_after_reset(void) {
  /* The server remembers how far it is. */
  last_arrived = 5;
  at_second(300);
  check(slots_revision() == 413, "the newer image to have stayed");
  upload(2, 15);
  come(&after_reset);
  upload(0, 16);
}
