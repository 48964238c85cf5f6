/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From where QEMU enters a PVH guest (32 bits, flat segments, no paging, %ebx
 * at struct hvm_start_info) to C in 64 bits.
 */
#include "layout.h"

#define CR0_PE	       (1 << 0)
#define CR0_MP	       (1 << 1)
#define CR0_NE	       (1 << 5)
#define CR0_WP	       (1 << 16)
#define CR0_PG	       (1 << 31)
#define CR4_PAE	       (1 << 5)
#define CR4_OSFXSR     (1 << 9)
#define CR4_OSXMMEXCPT (1 << 10)
#define EFER_SCE       (1 << 0)
#define EFER_LME       (1 << 8)

#define PRESENT (1 << 0)
#define WRITE	(1 << 1)
#define USER	(1 << 2)
#define LARGE	(1 << 7)

#define XEN_ELFNOTE_PHYS32_ENTRY 18

	.section .note.pvh, "a", @note
	.p2align 2
	.long	4			/* length of the name */
	.long	4			/* length of the value */
	.long	XEN_ELFNOTE_PHYS32_ENTRY
	.asciz	"Xen"
	.long	pvh_start

	.text
	.code32
	.globl	pvh_start
pvh_start:
	cli
	cld

	/* SSE for programs that a compiler uses it in. */
	movl	$(CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT), %eax
	movl	%eax, %cr4
	movl	$page_level4, %eax
	movl	%eax, %cr3

	movl	$MSR_EFER, %ecx
	rdmsr
	orl	$(EFER_SCE | EFER_LME), %eax
	wrmsr

	/* Paging on with EFER.LME set: long mode, still in a 32-bit segment. */
	movl	$(CR0_PE | CR0_MP | CR0_NE | CR0_WP | CR0_PG), %eax
	movl	%eax, %cr0
	lgdt	gdt_pointer
	ljmp	$KERNEL_CODE, $start64

	.code64
start64:
	xorl	%eax, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %fs
	movl	%eax, %gs
	movl	$KERNEL_DATA, %eax
	movl	%eax, %ss
	/* Upper halves are undefined so far: both moves clear them. */
	movl	$kernel_stack_top, %esp
	movl	%ebx, %edi		/* struct hvm_start_info */
	xorl	%ebp, %ebp
	call	floor_main
	ud2				/* it does not return */

	.data
	.p2align 3
	.globl	gdt
gdt:
	.quad	0
	.quad	0x00209b0000000000	/* KERNEL_CODE: 64 bits, ring 0 */
	.quad	0x0000930000000000	/* KERNEL_DATA */
	.quad	0			/* SYSRET_BASE: SYSRET adds 8 and 16 */
	.quad	0x0000f30000000000	/* USER_DATA: ring 3 */
	.quad	0x0020fb0000000000	/* USER_CODE: 64 bits, ring 3 */
	.quad	0, 0			/* TASK: tables.c fills it in */
gdt_pointer:
	.word	. - gdt - 1
	.quad	gdt

/*
 * 4 GiB, one to one. Page tables that need no code to set them up: an entry
 * allows ring 3 if all levels above do, so only the last level says who may.
 */
	.p2align 12
page_level4:
	.quad	page_level3 + PRESENT + WRITE + USER
	.fill	511, 8, 0
page_level3:
	.set	n, 0
	.rept	4
	.quad	page_level2 + n * 4096 + PRESENT + WRITE + USER
	.set	n, n + 1
	.endr
	.fill	508, 8, 0
page_level2:
	.set	n, 0
	.rept	4 * 512
	.if	n * LARGE_PAGE >= PROGRAM_START && n * LARGE_PAGE < PROGRAM_END
	.quad	n * LARGE_PAGE + PRESENT + WRITE + LARGE + USER
	.else
	.quad	n * LARGE_PAGE + PRESENT + WRITE + LARGE
	.endif
	.set	n, n + 1
	.endr

	.bss
	.p2align 12
	.skip	16384
	.globl	kernel_stack_top
kernel_stack_top:

	.section .note.GNU-stack, "", @progbits
