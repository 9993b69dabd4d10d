/* The assembler finds the file in the folder that -I names; scripts/c-panel.sh freezes it. */

  .section .network, "a"
  .global questions_image
  .byte 0 /* an image needs no alignment */
questions_image:
  .incbin "10000.image"
questions_image_end:

  .section .rodata.questions_image, "a"
  .global questions_image_length
  .balign 4
questions_image_length:
  .word questions_image_end - questions_image
