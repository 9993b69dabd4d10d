#include "check.h"

#include "print.h"

static unsigned failures;

void check(int holds, const char *expected) {
  if (!holds) {
    failures++;
    print_text("UNEXPECTED: expected ");
    print_text(expected);
    print_line();
  }
}

unsigned check_failures(void) { return failures; }
