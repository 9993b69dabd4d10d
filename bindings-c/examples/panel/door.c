#include "door.h"

#include <string.h>

#include "clock.h"
#include "print.h"
#include "slots.h"

#define KEY "doors:open"

/* Copies what fits, and ends it. */
static void copy(char *to, const char *text) {
  size_t length = strlen(text);
  if (length >= VESTIBULE_NAME_BUFFER) {
    length = VESTIBULE_NAME_BUFFER - 1;
  }
  memcpy(to, text, length);
  to[length] = '\0';
}

/* An event that says no, until somebody has decided. */
static event begin(event_kind kind, const char *door) {
  event happened;
  memset(&happened, 0, sizeof happened);
  happened.kind = (uint32_t)kind;
  happened.at = clock_now();
  happened.revision = slots_revision();
  happened.status = VESTIBULE_E_NOT_OPEN;
  happened.effect = VESTIBULE_DENY;
  copy(happened.resource, door);
  return happened;
}

static void take(event *happened, vestibule_status status, const vestibule_decision *decision) {
  happened->status = status;
  happened->reason = decision->reason;
  happened->effect = decision->effect;
  happened->basis = decision->basis;
}

/* As in `18:00:05 door:mc-front      person:chidi-okafor    OPEN    granted (residency)`. */
static void log_event(const event *happened) {
  print_time(happened->at);
  print_text(" ");
  print_text(happened->resource);
  print_to_column(26);
  print_text(happened->principal);
  print_to_column(54);
  print_text(happened->effect == VESTIBULE_ALLOW ? "OPEN    " : "closed  ");
  if (happened->status != VESTIBULE_OK) {
    print_text(vestibule_status_text(happened->status));
  } else {
    print_text(vestibule_reason_text(happened->reason));
  }
  if (happened->effect == VESTIBULE_ALLOW) {
    print_text(" (");
    print_text(vestibule_basis_text(happened->basis));
    print_text(")");
  }
  if (happened->kind == EVENT_CALL) {
    print_text(", by a call");
  }
  print_line();
}

static void end(const event *happened) {
  log_event(happened);
  events_record(happened);
}

event door_credential(const char *principal, const char *door) {
  event happened = begin(EVENT_CREDENTIAL, door);
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  copy(happened.principal, principal);
  request.principal = vestibule_text_of(principal);
  request.action = vestibule_text_of(KEY);
  request.resource = vestibule_text_of(door);
  request.at = happened.at;
  if (slots_present() != NULL) {
    vestibule_status status = vestibule_image_decide(slots_present(), &request, &decision);
    take(&happened, status, &decision);
  }
  end(&happened);
  return happened;
}

/* Who is listed in the directory has a handle already: nothing is looked up but the door. */
event door_call(uint64_t resident, const char *door) {
  event happened = begin(EVENT_CALL, door);
  const vestibule_image *image = slots_present();
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  vestibule_status status = vestibule_image_principal_text(image, resident, happened.principal, sizeof happened.principal, NULL);
  uint64_t resource = 0;
  uint64_t key = 0;
  if (status == VESTIBULE_OK) {
    status = vestibule_image_key(image, vestibule_text_of(KEY), &key);
  }
  if (status == VESTIBULE_OK) {
    status = vestibule_image_resource(image, vestibule_text_of(door), &resource);
  }
  if (status == VESTIBULE_OK) {
    status = vestibule_image_decide_handles(image, resident, key, resource, VESTIBULE_NO_ORGANISATION, happened.at, &decision);
  }
  take(&happened, status, &decision);
  end(&happened);
  return happened;
}
