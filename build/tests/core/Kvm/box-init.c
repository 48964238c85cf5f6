// SPDX-License-Identifier: BSD-3-Clause
/*
 * PID 1 of the box (see box-qemu): loads KVM, runs QEMU with the words of
 * /args, and ends the machine with QEMU's exit code. All files lie in the
 * root folder, so that the archive needs no others.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define DEBUG_EXIT 0xf4
#define MOST_WORDS 256

static void mount_on(const char *type, const char *folder)
{
	mkdir(folder, 0755);
	mount(type, folder, type, 0, NULL);
}

static void load(const char *module)
{
	int file = open(module, O_RDONLY);

	if (file >= 0)
		syscall(SYS_finit_module, file, "", 0);
}

/* Both ways byte for byte, as the pipe outside is. */
static int open_serial(const char *device)
{
	int file = open(device, O_RDWR | O_NOCTTY);
	struct termios settings;

	if (file >= 0 && tcgetattr(file, &settings) == 0) {
		cfmakeraw(&settings);
		tcsetattr(file, TCSANOW, &settings);
	}
	return file;
}

/* Words that end with a NUL each, behind what starts QEMU from here. */
static char **read_words(void)
{
	static char text[1 << 16];
	static char *words[MOST_WORDS] = {
		"/ld-linux-x86-64.so.2", "--library-path", "/", "/qemu",
		"-L", "/",
	};
	int file = open("/args", O_RDONLY);
	ssize_t length = read(file, text, sizeof(text) - 1);
	int count = 6;

	for (ssize_t at = 0; at < length && count < MOST_WORDS - 1; at++)
		if (at == 0 || text[at - 1] == '\0')
			words[count++] = text + at;
	return words;
}

int main(void)
{
	char **words = read_words();
	int errors, status, code;
	pid_t qemu;

	mount_on("proc", "/proc");
	mount_on("sysfs", "/sys");
	mount_on("devtmpfs", "/dev");
	mount_on("tmpfs", "/tmp");
	load("/irqbypass.ko");
	load("/kvm.ko");
	load("/kvm-amd.ko");
	open_serial("/dev/ttyS0");
	open_serial("/dev/ttyS1");
	errors = open_serial("/dev/ttyS2");

	qemu = fork();
	if (qemu == 0) {
		dup2(open("/dev/null", O_RDWR), STDIN_FILENO);
		dup2(errors, STDOUT_FILENO);
		dup2(errors, STDERR_FILENO);
		execv(words[0], words);
		_exit(127);
	}
	while (waitpid(qemu, &status, 0) != qemu)
		;
	tcdrain(errors);

	/*
	 * The device ends the machine with twice the value plus one, and never
	 * with an even number: those become 255.
	 */
	code = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
	if (code != 0 && ioperm(DEBUG_EXIT, 1, 1) == 0)
		outb(code & 1 ? code >> 1 : 127, DEBUG_EXIT);
	reboot(RB_POWER_OFF);
	return 0;
}
