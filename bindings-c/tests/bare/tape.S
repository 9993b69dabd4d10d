/* The tape, in flash; TAPE is its file. It may lie at any address: this one is odd. */
  .syntax unified
  .section .rodata.tape, "a"
  .byte 0
  .global tape_begin
  .global tape_finish
tape_begin:
  .incbin TAPE
tape_finish:
  .byte 0
