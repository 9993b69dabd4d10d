/* The console and the end of the program, as a debugger or QEMU offers them to a Cortex-M. A product has a UART, and no end. */

#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

/** Writes a string to the console of the host. */
void semihosting_write(const char *string);

/** Ends QEMU with a status; 0 is success. */
__attribute__((noreturn)) void semihosting_exit(int status);

#endif
