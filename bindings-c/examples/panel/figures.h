/* What this firmware takes of the board. */

#ifndef FIGURES_H
#define FIGURES_H

/** Writes to the log how much flash the firmware has, and how many instructions a decision takes on the present image. */
void figures_report(void);

#endif
