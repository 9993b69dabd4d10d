#include "print.h"

#include <stddef.h>

#include "semihosting.h"

#define LONGEST_LINE 158u
#define SECOND 1000
#define DAY (24 * 60 * 60)

/* The line that is being made; room for its newline and NUL. */
static char line[LONGEST_LINE + 2];
static size_t length;

static void put(char character) {
  if (length < LONGEST_LINE) {
    line[length++] = character;
  }
}

void print_text(const char *string) {
  while (*string != '\0') {
    put(*string++);
  }
}

void print_view(vestibule_text text) {
  size_t at;
  for (at = 0; at < text.length; at++) {
    put(text.data[at]);
  }
}

void print_to_column(unsigned column) {
  do {
    put(' ');
  } while (length < column && length < LONGEST_LINE);
}

void print_number(uint64_t number) {
  char digits[20];
  size_t count = 0;
  do {
    digits[count++] = (char)('0' + (int)(number % 10));
    number /= 10;
  } while (number != 0);
  while (count > 0) {
    put(digits[--count]);
  }
}

static void two_digits(unsigned number) {
  put((char)('0' + (int)(number / 10 % 10)));
  put((char)('0' + (int)(number % 10)));
}

void print_time(int64_t at) {
  unsigned second = (unsigned)(at / SECOND % DAY);
  two_digits(second / 3600);
  put(':');
  two_digits(second / 60 % 60);
  put(':');
  two_digits(second % 60);
}

void print_line(void) {
  line[length] = '\n';
  line[length + 1] = '\0';
  semihosting_write(line);
  length = 0;
}
