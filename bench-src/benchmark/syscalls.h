/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef SYSCALLS_H
#define SYSCALLS_H

#include <stddef.h>
#include <stdint.h>

#define NR_READ	      0
#define NR_WRITE      1
#define NR_OPEN	      2
#define NR_CLOSE      3
#define NR_PREAD64    17
#define NR_GETITIMER  36
#define NR_SETITIMER  38
#define NR_EXIT	      60
#define NR_MKDIR      83
#define NR_GETRUSAGE  98
#define NR_SYSLOG     103
#define NR_MKNOD      133
#define NR_MOUNT      165
#define NR_GETDENTS64 217

#define O_RDONLY 0
#define O_RDWR	 2

/* A pointer as a system call argument. */
static inline int64_t as_arg(const void *pointer)
{
	return (int64_t)(uintptr_t)pointer;
}

static inline int64_t syscall5(int64_t nr, int64_t a, int64_t b, int64_t c,
			       int64_t d, int64_t e)
{
	register int64_t r10 __asm__("r10") = d;
	register int64_t r8 __asm__("r8") = e;
	int64_t ret;

	/* SYSCALL itself overwrites rcx and r11. */
	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline int64_t syscall3(int64_t nr, int64_t a, int64_t b, int64_t c)
{
	return syscall5(nr, a, b, c, 0, 0);
}

static inline int64_t sys_open(const char *path, int flags)
{
	return syscall3(NR_OPEN, as_arg(path), flags, 0);
}

static inline int64_t sys_write(int fd, const void *bytes, size_t count)
{
	return syscall3(NR_WRITE, fd, as_arg(bytes), (int64_t)count);
}

static inline __attribute__((noreturn)) void sys_exit(int status)
{
	syscall3(NR_EXIT, status, 0, 0);
	__builtin_trap();
}

#endif
