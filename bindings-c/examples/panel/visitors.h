/* The script: who comes to Maple Court this evening, what the network brings, and what is expected of the panel. */

#ifndef VISITORS_H
#define VISITORS_H

/** From the factory to the reset that is asked for in the evening. */
void visitors_before_reset(void);

/** From that reset on. */
void visitors_after_reset(void);

#endif
