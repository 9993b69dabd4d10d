#include "lobby.h"

#include <string.h>

#include "clock.h"
#include "print.h"
#include "slots.h"

#define NAME_COLUMN 16

/* The handle of the integration of the present image; 0, which is no handle, where there is none. */
static uint64_t integration(void) {
  vestibule_image_header header = VESTIBULE_IMAGE_HEADER_INIT;
  return vestibule_image_header_of(slots_present(), &header) == VESTIBULE_OK ? header.subject : 0;
}

static int32_t browse_resident(void *context, const vestibule_lobby_resident *resident) {
  lobby_count *count = context;
  if (count->residents++ > 0) {
    print_text(", ");
  }
  print_view(resident->name);
  return 0;
}

static int32_t browse_unit(void *context, const vestibule_lobby_unit *unit) {
  lobby_count *count = context;
  lobby_count here = {0, 0, 0};
  print_text("         ");
  print_view(unit->number);
  print_to_column(NAME_COLUMN);
  if (vestibule_image_lobby_residents(slots_present(), unit->unit, clock_now(), browse_resident, &here) != VESTIBULE_OK) {
    return 1;
  }
  print_text(unit->callable ? "" : " (no calls)");
  print_line();
  count->units++;
  count->residents += here.residents;
  count->units_without_calls += unit->callable ? 0 : 1;
  return 0;
}

lobby_count lobby_browse(void) {
  lobby_count count = {0, 0, 0};
  vestibule_status status;
  print_time(clock_now());
  print_text(" directory");
  print_line();
  status = vestibule_image_lobby(slots_present(), integration(), clock_now(), browse_unit, &count);
  if (status != VESTIBULE_OK) {
    print_text(vestibule_status_text(status));
    print_line();
  }
  return count;
}

/* A unit that is looked for by its number; 0 until it is found. */
typedef struct wanted {
  const char *number;
  uint64_t unit;
} wanted;

static int32_t find_unit(void *context, const vestibule_lobby_unit *unit) {
  wanted *looked_for = context;
  if (unit->number.length == strlen(looked_for->number) &&
      memcmp(unit->number.data, looked_for->number, unit->number.length) == 0) {
    looked_for->unit = unit->unit;
  }
  return looked_for->unit != 0;
}

/* Who is called. */
typedef struct ringing {
  uint64_t *called;
  unsigned capacity;
  unsigned count;
} ringing;

static int32_t ring_resident(void *context, const vestibule_lobby_resident *resident) {
  ringing *call = context;
  if (!resident->callable) {
    return 0;
  }
  if (call->count < call->capacity) {
    call->called[call->count] = resident->person;
  }
  print_text(call->count++ > 0 ? ", " : "");
  print_view(resident->name);
  return 0;
}

unsigned lobby_ring(const char *number, uint64_t *called, unsigned capacity) {
  wanted looked_for = {number, 0};
  ringing call = {called, capacity, 0};
  print_time(clock_now());
  print_text(" call to ");
  print_text(number);
  print_to_column(26);
  if (vestibule_image_lobby(slots_present(), integration(), clock_now(), find_unit, &looked_for) == VESTIBULE_OK &&
      looked_for.unit != 0) {
    vestibule_image_lobby_residents(slots_present(), looked_for.unit, clock_now(), ring_resident, &call);
  }
  print_text(call.count > 0 ? ": ringing" : "nobody takes calls there");
  print_line();
  return call.count;
}
