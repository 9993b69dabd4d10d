/*
 * What the budgets of flash and memory are about, and nothing else: opens the image of a panel, decides, lists the lobby. Prints the
 * stack that each call takes.
 */

#include "meter.h"
#include "network.h"
#include "print.h"
#include "vestibule.h"

#define NOW INT64_C(1795370400000) /* 2026-11-22T18:00:00Z */
#define RESIDENTS 74u

/* Whatever is measured works on these, so that no frame of this program is counted with the library's. */
static struct {
  vestibule_image image;
  vestibule_image_fault fault;
  vestibule_request request;
  vestibule_decision decision;
  uint64_t integration;
  size_t residents;
  vestibule_status status;
} panel;

static void open_image(void *unused) {
  (void)unused;
  panel.status = vestibule_image_open(&panel.image, sizeof panel.image, network_present, network_present_length, &panel.fault);
}

static void decide(void *unused) {
  (void)unused;
  panel.status = vestibule_image_decide(&panel.image, &panel.request, &panel.decision);
}

static int32_t count_resident(void *unused, const vestibule_lobby_resident *resident) {
  (void)unused;
  (void)resident;
  panel.residents++;
  return 0;
}

static int32_t list_unit(void *unused, const vestibule_lobby_unit *unit) {
  (void)unused;
  return vestibule_image_lobby_residents(&panel.image, unit->unit, NOW, count_resident, NULL);
}

static void list_lobby(void *unused) {
  (void)unused;
  panel.residents = 0;
  panel.status = vestibule_image_lobby(&panel.image, panel.integration, NOW, list_unit, NULL);
}

/* Measures a call, prints its stack, and says whether it went well. */
static int measure(const char *name, meter_act act) {
  size_t stack = meter_stack(act, NULL);
  print_text("stack ");
  print_text(name);
  print_text(" ");
  print_number(stack);
  print_line();
  if (panel.status != VESTIBULE_OK) {
    print_text("  failed with status ");
    print_number((uint64_t)panel.status);
    print_line();
  }
  return panel.status == VESTIBULE_OK;
}

static int measure_decision(const char *name, const char *principal, const char *door, uint16_t reason) {
  int done;
  panel.request = (vestibule_request)VESTIBULE_REQUEST_INIT;
  panel.request.principal = vestibule_text_of(principal);
  panel.request.action = vestibule_text_of("doors:open");
  panel.request.resource = vestibule_text_of(door);
  panel.request.at = NOW;
  panel.decision = (vestibule_decision)VESTIBULE_DECISION_INIT;
  done = measure(name, decide);
  if (done && panel.decision.reason != reason) {
    print_text("  another reason: ");
    print_number(panel.decision.reason);
    print_line();
  }
  return done && panel.decision.reason == reason;
}

static int measure_lobby(void) {
  panel.status = vestibule_image_resource(&panel.image, vestibule_text_of("integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"),
                                          &panel.integration);
  return panel.status == VESTIBULE_OK && measure("list_lobby", list_lobby) && panel.residents == RESIDENTS;
}

int main(void) {
  int right;
  panel.fault = (vestibule_image_fault)VESTIBULE_IMAGE_FAULT_INIT;
  print_text("sizeof(vestibule_image) ");
  print_number(sizeof(vestibule_image));
  print_line();
  right = measure("open", open_image) &&
          measure_decision("decide_allow", "person:chidi-okafor", "door:mc-bike", VESTIBULE_REASON_GRANTED) &&
          measure_decision("decide_deny", "person:rhys-morgan", "door:mc-bike", VESTIBULE_REASON_DOOR_AUDIENCE) &&
          measure_decision("decide_by_role", "person:carlos-mendes", "door:mc-front", VESTIBULE_REASON_GRANTED) &&
          measure_lobby();
  return right ? 0 : 1;
}
