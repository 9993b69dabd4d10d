/* What the tests in C share: checks that end the program at the first that fails, patterns, and files. */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "vestibule.h"

/* What memory is filled with that a call must not write. */
#define PATTERN 0xA5

#define CHECK(condition) check_that((condition) != 0, __FILE__, __LINE__, #condition)
#define CHECK_STATUS(call, wanted) check_status((call), (wanted), __FILE__, __LINE__, #call)
#define FILL(object) fill(&(object), sizeof(object))
#define CHECK_UNTOUCHED(object) check_that(is_filled(&(object), sizeof(object)), __FILE__, __LINE__, #object " is as it was")

void check_that(int holds, const char *file, int line, const char *what);
void check_status(vestibule_status found, vestibule_status wanted, const char *file, int line, const char *call);
/* How many checks held so far. */
unsigned long checks_done(void);

void fill(void *memory, size_t length);
int is_filled(const void *memory, size_t length);

/* The whole of a file, in a block of its own that `free` gives back; the program ends where it cannot be read. */
uint8_t *read_file(const char *path, size_t *length);

#endif
