/* Lines of the log, without printf and its heap. What is too long for a line is cut off. */

#ifndef PRINT_H
#define PRINT_H

#include <stdint.h>

#include "vestibule.h"

void print_text(const char *string);
/** A text of the library, which has no NUL at its end. */
void print_view(vestibule_text text);
/** Spaces up to a column, and one at least. */
void print_to_column(unsigned column);
void print_number(uint64_t number);
/** The time of the day of an instant, as in 18:00:05. */
void print_time(int64_t at);
/** Ends the line and writes it. */
void print_line(void);

#endif
