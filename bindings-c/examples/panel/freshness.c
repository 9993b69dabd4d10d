#include "freshness.h"

#include "clock.h"
#include "print.h"
#include "slots.h"

static const char *word(uint32_t freshness) {
  switch (freshness) {
    case VESTIBULE_BEFORE_ISSUE:
      return "issued later than now: the clock is wrong";
    case VESTIBULE_FRESH:
      return "fresh";
    case VESTIBULE_STALE:
      return "stale: a newer one should be here";
    case VESTIBULE_TOO_OLD:
      return "too old to be relied on";
    default:
      return "none";
  }
}

uint32_t freshness_report(void) {
  uint32_t freshness = 0;
  if (slots_present() != NULL) {
    (void)vestibule_image_freshness(slots_present(), clock_now(), &freshness);
  }
  print_time(clock_now());
  print_text(" image of slot ");
  print_text(slots_name());
  print_text(", revision ");
  print_number(slots_revision());
  print_text(": ");
  print_text(word(freshness));
  print_line();
  return freshness;
}
