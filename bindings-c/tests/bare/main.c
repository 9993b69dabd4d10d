/* Plays the tape that lies in flash. */
#include "../player/player.h"

extern const uint8_t tape_begin[], tape_finish[];

int main(void) {
  play("the tape in flash", tape_begin, (size_t)(tape_finish - tape_begin));
  return 0;
}
