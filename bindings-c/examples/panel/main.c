/*
 * The panel of Maple Court, for one evening. It lives twice: from the factory to a reset, and from there on with what the reset has
 * left. Ends with 0 where all was as the script expects, else with 1.
 */

#include <stdint.h>

#include "check.h"
#include "events.h"
#include "meter.h"
#include "print.h"
#include "slots.h"
#include "visitors.h"

#define PANEL "integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"

#define AIRCR (*(volatile uint32_t *)0xE000ED0Cu)
#define AIRCR_RESET 0x05FA0004u

/* How often a question is asked to tell the instructions of one. */
#define ASKED_TIMES 1000u

/* A constant text. */
#define TEXT(string) {string, sizeof(string) - 1}

/* The linker script puts it where the flash that is used ends; it begins at 0. */
extern const uint8_t __flash_end[];

static void before_reset(void *unused) {
  (void)unused;
  visitors_before_reset();
}

static void after_reset(void *unused) {
  (void)unused;
  visitors_after_reset();
}

static void ask(void *unused) {
  static const vestibule_request request = {sizeof request, VESTIBULE_ACTING_FOR_NOBODY, TEXT("person:chidi-okafor"),
                                            TEXT("doors:open"), TEXT("door:mc-front"), {NULL, 0}, 0, {0, 0}};
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  (void)unused;
  vestibule_image_decide(slots_present(), &request, &decision);
}

static void live(meter_act life) {
  size_t stack = meter_stack(life, NULL);
  print_text("stack of all this: ");
  print_number(stack);
  print_text(" bytes");
  print_line();
}

/* What a reader of the log would like to know of the firmware itself. */
static void print_figures(void) {
  print_text("flash of the firmware: ");
  print_number((uintptr_t)__flash_end);
  print_text(" bytes; instructions of a decision: ");
  print_number(meter_instructions(ask, NULL, ASKED_TIMES));
  print_line();
}

static void reset(void) {
  print_text("the processor resets");
  print_line();
  AIRCR = AIRCR_RESET;
  for (;;) {
  }
}

/* The library must be the one that the header is of. */
static int is_right_library(void) {
  return vestibule_abi_version() == VESTIBULE_ABI_VERSION && vestibule_image_size() == sizeof(vestibule_image);
}

int main(void) {
  check(is_right_library(), "the library of this header");
  slots_boot(PANEL);
  if (events_boot() > 0) {
    live(after_reset);
    print_figures();
  } else {
    live(before_reset);
    if (check_failures() == 0) {
      reset();
    }
  }
  print_text(check_failures() == 0 ? "all as expected" : "not as expected");
  print_line();
  return check_failures() == 0 ? 0 : 1;
}
