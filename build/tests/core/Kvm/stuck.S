/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A guest whose first jump goes to a device's memory: KVM cannot run
 * instructions there, and stops it with an internal error. It is an ELF with
 * the PVH note, which QEMU starts in 32-bit mode.
 */
#define PHYS32_ENTRY 18
#define HPET 0xfed00000

	.section .note.pvh, "a", @note
	.balign 4
	.long 4, 4, PHYS32_ENTRY
	.asciz "Xen"
	.long start

	.text
	.code32
	.globl start
start:
	movl $HPET, %eax
	jmp *%eax

	.section .note.GNU-stack, "", @progbits
