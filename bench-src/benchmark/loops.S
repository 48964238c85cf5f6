/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The timed regions. In assembly, so that no compiler decides what is timed:
 * the three loops are the same bytes at the same alignment but for one
 * instruction, and what differs between two of them is that instruction and
 * what it leads to.
 *
 *	empty			scall			fcall
 *	mov  %r12, %rax		mov  %r12, %rax		mov  %r12, %rax
 *				syscall			call function_noop
 *	dec  %rbx		dec  %rbx		dec  %rbx
 *	jnz			jnz			jnz
 *
 * The number is loaded in each, so `empty` costs 3 instructions an iteration,
 * and `fcall` 3 more: call, mov, ret.
 *
 * A call with arguments has loops of its own, which set %rdx after the clock was
 * read into it: one instruction more in each region, and none in a loop.
 *
 * With via=function, `scall` is a call to a function that makes the system
 * call, as a C program makes it through its library: call, mov, ret, 3 more.
 *
 * The clock
 * ---------
 * RDTSC is not ordered with the instructions around it (Intel SDM volume 2,
 * "RDTSC"; AMD APM volume 3, the same), so it is fenced:
 *
 *   LFENCE before the first RDTSC: it does not execute until every earlier
 *	instruction has completed locally, so preparing is not timed.
 *   LFENCE after it: no later instruction begins before it has completed, so
 *	the first iteration does not start ahead of the clock read.
 *   RDTSCP at the end: it waits for every earlier instruction to have executed
 *	and every earlier load to be globally visible, so the last iteration is
 *	in.
 *   LFENCE after it: nothing later starts before the clock is read.
 *
 * CPUID would serialise too, but always exits to a hypervisor (Intel SDM volume
 * 3, "Instructions That Cause VM Exits Unconditionally"): thousands of cycles
 * inside the timed region. On AMD, LFENCE waits as described if
 * DE_CFG[LFENCE_SERIALIZE] is set, as Linux does at boot.
 *
 * The two reads and the moves between them are the same in each region, so that
 * `tsc` is what the clock costs every other one.
 *
 * Interrupts
 * ----------
 * %es holds a null selector with RPL 1 during a region in user mode. IRET to an
 * outer ring replaces a null selector in a data segment register by 0 (Intel
 * SDM volume 2, "IRET": RETURN-TO-OUTER-PRIVILEGE-LEVEL); SYSCALL and SYSRET
 * leave %es alone, and so does a system call handler. So when %es is 0
 * afterwards, an interrupt returned to user mode meanwhile. In 64-bit mode %es
 * takes no part in addressing: it costs nothing. The technique is SegScope's
 * (Zhang et al., HPCA 2024). What it cannot see is an interrupt that arrives in
 * the kernel and returns to the kernel; ticks.c has a sign for some of those.
 * Nor does it see an interrupt that returns by ERETU, which a kernel may use on
 * a CPU that has FRED (Intel's specification of it, "ERETU").
 *
 * CPU
 * ---
 * RDTSCP also reads IA32_TSC_AUX into %ecx, in which Linux keeps the number of
 * the CPU. So the region's last clock read says where it ended, at no cost, and
 * another one before the region where it began.
 */

/* Bytes of CLOCK_START, which runs up to the 64-byte boundary of a loop. */
#define CLOCK_START_BYTES     14
#define THIRD_ARGUMENT_BYTES 3

.macro CLOCK_START third:req
	lfence
	rdtsc
	lfence
	movl	%eax, %r14d
	movl	%edx, %r15d
	.if	\third
	movq	%rcx, %rdx
	.endif
.endm

.macro CLOCK_END
	movq	%rax, %rbp		/* the last call's return value */
	rdtscp
	lfence
.endm

/*
 * void time_<call>(%rdi iters, %rsi nr, %edx selector, %rcx out)
 *
 * All that the loop needs is in registers that a system call and a function
 * call keep. The call's argument registers hold timed.arguments, the same in
 * each loop.
 */
.macro PROLOGUE call:req, third:req
	.text
	.globl	time_\call
	.hidden	time_\call
	.type	time_\call, @function
	.p2align 6
time_\call:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rdi, %rbx
	movq	%rsi, %r12
	movq	%rcx, %r13
	movl	%edx, %es
	rdtscp
	movl	%ecx, 32(%r13)		/* timed.cpu_before */
	xorl	%ebp, %ebp
	movq	40(%r13), %rdi		/* timed.arguments */
	movq	48(%r13), %rsi
	movq	56(%r13), %rcx		/* to %rdx after the clock */
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	/* The padding runs before the clock does. */
	.p2align 6
	.nops	64 - CLOCK_START_BYTES - \third * THIRD_ARGUMENT_BYTES
.Lclock_\call:
	CLOCK_START \third
	.if	. - .Lclock_\call - CLOCK_START_BYTES - \third * THIRD_ARGUMENT_BYTES
	.error	"CLOCK_START_BYTES is not the size of CLOCK_START"
	.endif
.endm

.macro EPILOGUE call:req
	/*
	 * %rbp has the last call's return value, %edx:%eax the clock and %ecx
	 * the CPU.
	 */
	movl	%ecx, 36(%r13)		/* timed.cpu_after */
	shlq	$32, %r15
	orq	%r14, %r15
	movq	%r15, 0(%r13)		/* timed.start */
	shlq	$32, %rdx
	orq	%rax, %rdx
	movq	%rdx, 8(%r13)		/* timed.end */
	movq	%rbp, 16(%r13)		/* timed.last */
	xorl	%eax, %eax
	movl	%es, %ecx
	movl	%eax, %es		/* null, as a program starts with */
	movzwl	%cx, %ecx
	movq	%rcx, 24(%r13)		/* timed.selector */
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret
	.size	time_\call, . - time_\call
.endm

.macro TIMED_LOOP call:req, third:req, instruction:vararg
	PROLOGUE \call, \third
.Lloop_\call:
	movq	%r12, %rax
	\instruction
	decq	%rbx
	jnz	.Lloop_\call
	CLOCK_END
	EPILOGUE \call
.endm

.macro TIMED_LOOPS third:req, suffix
	PROLOGUE tsc\suffix, \third
	CLOCK_END
	EPILOGUE tsc\suffix

	TIMED_LOOP empty\suffix, \third
	TIMED_LOOP scall\suffix, \third, syscall
	TIMED_LOOP fcall\suffix, \third, call function_noop
	TIMED_LOOP scall_function\suffix, \third, call function_syscall
.endm

	TIMED_LOOPS 0
	TIMED_LOOPS 1, _with

	.p2align 6
	.type	function_noop, @function
function_noop:
	movl	$0xc0ffee, %eax
	ret
	.size	function_noop, . - function_noop

	.p2align 6
	.type	function_syscall, @function
function_syscall:
	movq	%r12, %rax
	syscall
	ret
	.size	function_syscall, . - function_syscall

	.section .note.GNU-stack, "", @progbits
