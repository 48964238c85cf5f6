/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ways in and out: system calls, faults, and the start of the program.
 *
 * The two system call entries are the measuring stick. What one noop executes,
 * counted by hand:
 *
 *	ring 3				ring 0
 *	syscall	(the program's)		syscall	(the program's)
 *	cmp				cmp
 *	jne, not taken			jne, not taken
 *	mov				mov
 *	sysret				jmp
 *	------				------
 *	5				5
 *
 * README.md says why nothing else has to be there.
 */
#include "layout.h"

/* Everything that a system call keeps and a C function may not. */
.macro CALL_C
	movq	%rsp, program_stack(%rip)
	leaq	kernel_stack_top(%rip), %rsp
	pushq	%rcx			/* where to return to */
	pushq	%r11			/* the program's flags */
	pushq	%rdi
	pushq	%rsi
	pushq	%rdx
	pushq	%r8
	pushq	%r9
	pushq	%r10
	movq	%rdx, %rcx		/* (number, first, second, third) */
	movq	%rsi, %rdx
	movq	%rdi, %rsi
	movq	%rax, %rdi
	call	floor_syscall
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rdx
	popq	%rsi
	popq	%rdi
	popq	%r11
	popq	%rcx
	movq	program_stack(%rip), %rsp
.endm

	.text
	.globl	syscall_from_ring3
	.p2align 6
syscall_from_ring3:
	cmpq	$NR_NOOP, %rax
	jne	.Lother_ring3
	movl	$NOOP_RETURNS, %eax
	sysretq

	/*
	 * No cache line is shared with what is not measured. SYSRET to a
	 * non-canonical address would fault in ring 0 on Intel; the program
	 * has no page up there to make a system call from.
	 */
	.p2align 6
.Lother_ring3:
	CALL_C
	sysretq

	.globl	syscall_from_ring0
	.p2align 6
syscall_from_ring0:
	cmpq	$NR_NOOP, %rax
	jne	.Lother_ring0
	movl	$NOOP_RETURNS, %eax
	jmp	*%rcx

	.p2align 6
.Lother_ring0:
	CALL_C
	jmp	*%rcx

/* void enter_ring3(%rdi entry, %rsi stack), and never back. */
	.globl	enter_ring3
enter_ring3:
	pushq	$USER_DATA
	pushq	%rsi
	pushq	$2			/* flags: the bit that is always set */
	pushq	$USER_CODE
	pushq	%rdi
	call	clear_registers
	iretq

/* void enter_ring0(%rdi entry, %rsi stack), and never back. */
	.globl	enter_ring0
enter_ring0:
	movq	%rdi, program_entry(%rip)
	movq	%rsi, program_stack(%rip)
	call	clear_registers
	movq	program_stack(%rip), %rsp
	jmp	*program_entry(%rip)

clear_registers:
	xorl	%eax, %eax
	xorl	%ebx, %ebx
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%esi, %esi
	xorl	%edi, %edi
	xorl	%ebp, %ebp
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	xorl	%r11d, %r11d
	xorl	%r12d, %r12d
	xorl	%r13d, %r13d
	xorl	%r14d, %r14d
	xorl	%r15d, %r15d
	ret

/*
 * One stub for each vector, FAULT_STUB_BYTES apart. Those for which the
 * processor pushes no error code push a zero, so that struct fault always fits.
 */
	.globl	fault_stubs
	.p2align 4
fault_stubs:
	.set	vector, 0
	.rept	VECTORS
	.p2align 4
	.if	!((vector == 8) || (vector >= 10 && vector <= 14) || \
		  (vector == 17) || (vector == 21) || (vector == 29) || \
		  (vector == 30))
	pushq	$0
	.endif
	pushq	$vector
	jmp	.Lfault
	.set	vector, vector + 1
	.endr
.Lfault:
	movq	%rsp, %rdi
	movq	%cr2, %rsi
	andq	$-16, %rsp
	call	floor_fault
	ud2				/* it does not return */

	.bss
	.p2align 3
program_stack:
	.skip	8
program_entry:
	.skip	8

	.section .note.GNU-stack, "", @progbits
