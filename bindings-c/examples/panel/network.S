/* The assembler finds the files in the folder that -I names; scripts/c-panel.sh freezes them. */

.macro image name, file
  .section .network, "a"
  .global network_\name
  .byte 0 /* an image needs no alignment */
network_\name:
  .incbin "\file"
network_\name\()_end:
  .section .rodata.network_\name, "a"
  .global network_\name\()_length
  .balign 4
network_\name\()_length:
  .word network_\name\()_end - network_\name
.endm

image present, "412.image"
image older, "411.image"
image newer, "413.image"
image elsewhere, "413-garage.image"
