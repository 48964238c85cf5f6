/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where every loader of a static ELF enters: the stack pointer is at argc,
 * followed by argv, the environment and the auxiliary vector.
 */
	.text
	.globl	_start
	.hidden	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp		/* the outermost frame */
	movq	%rsp, %rdi
	andq	$-16, %rsp		/* the ABI's alignment at a call */
	call	benchmark_main
	ud2				/* it does not return */
	.size	_start, . - _start

	.section .note.GNU-stack, "", @progbits
