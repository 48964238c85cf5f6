/* SPDX-License-Identifier: BSD-3-Clause */
#include "guest_state.h"
#include "protocol.h"
#include "syscalls.h"
#include "text.h"

#define O_DIRECTORY 0200000

/* syslog(2): copy the newest messages, as many as fit. */
#define SYSLOG_ACTION_READ_ALL 3

#define VULNERABILITIES "/sys/devices/system/cpu/vulnerabilities/"
#define CLOCKSOURCE	"/sys/devices/system/clocksource/clocksource0/"

/* struct linux_dirent64 up to its name, which a zero byte ends. */
#define DIRENT_LENGTH 16
#define DIRENT_NAME   19

static char contents[MAX_VALUE];
static char listing[8192];
static char messages[256 * 1024];

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of a file, at most sizeof(contents); negative when there is none. */
static int64_t read_file(const char *path)
{
	int64_t fd = sys_open(path, O_RDONLY);
	int64_t count = 0;
	int64_t ret;

	if (fd < 0)
		return fd;
	do {
		ret = syscall3(NR_READ, fd, as_arg(contents + count),
			       (int64_t)sizeof(contents) - count);
		if (ret > 0)
			count += ret;
	} while (ret > 0);
	syscall3(NR_CLOSE, fd, 0, 0);
	return ret < 0 ? ret : count;
}

static void send_fact(const char *name, const char *value, size_t count)
{
	while (count > 0 && is_space(value[count - 1]))
		count--;
	record_start("state");
	record_text("name", name);
	record_bytes("value", value, count);
	record_send();
}

static void send_file(const char *name, const char *path)
{
	int64_t count = read_file(path);

	if (count >= 0)
		send_fact(name, contents, (size_t)count);
}

static size_t line_length(const char *line, const char *end)
{
	const char *at = line;

	while (at < end && *at != '\n')
		at++;
	return (size_t)(at - line);
}

/* Where `label` is in the line that ends at `end`, or NULL. */
static const char *find_in_line(const char *line, const char *end,
				const char *label)
{
	size_t wanted = text_length(label);

	for (; (size_t)(end - line) >= wanted; line++) {
		size_t i = 0;

		while (i < wanted && line[i] == label[i])
			i++;
		if (i == wanted)
			return line;
	}
	return NULL;
}

static void send_cpu_model(void)
{
	int64_t count = read_file("/proc/cpuinfo");
	const char *line = contents;
	const char *end;

	if (count < 0)
		return;
	end = contents + count;
	while (line < end) {
		const char *line_end = line + line_length(line, end);

		if (find_in_line(line, line_end, "model name")) {
			while (line < line_end && *line++ != ':')
				;
			while (line < line_end && is_space(*line))
				line++;
			send_fact("cpuinfo.model", line,
				  (size_t)(line_end - line));
			return;
		}
		line = line_end + 1;
	}
}

/* The kernel's last word on the frequency: a refined value comes late. */
static void send_tsc_message(void)
{
	int64_t count = syscall3(NR_SYSLOG, SYSLOG_ACTION_READ_ALL,
				 as_arg(messages), sizeof(messages));
	const char *found = NULL;
	const char *line = messages;
	const char *end;
	size_t found_length = 0;

	if (count <= 0)
		return;
	end = messages + count;
	while (line < end) {
		const char *line_end = line + line_length(line, end);
		const char *text = find_in_line(line, line_end, "tsc: ");

		if (text && find_in_line(text, line_end, " MHz")) {
			found = text;
			found_length = (size_t)(line_end - text);
		}
		line = line_end + 1;
	}
	if (found)
		send_fact("tsc", found, found_length);
}

static char *append(char *to, const char *text)
{
	while (*text != '\0')
		*to++ = *text++;
	*to = '\0';
	return to;
}

static void send_vulnerability(const char *file)
{
	/* A file name has at most 255 bytes. */
	char path[sizeof(VULNERABILITIES) + 256];
	char name[sizeof("vulnerability.") + 256];

	append(append(path, VULNERABILITIES), file);
	append(append(name, "vulnerability."), file);
	send_file(name, path);
}

static void send_vulnerabilities(void)
{
	int64_t fd = sys_open(VULNERABILITIES, O_RDONLY | O_DIRECTORY);
	int64_t count;

	if (fd < 0)
		return;
	while ((count = syscall3(NR_GETDENTS64, fd, as_arg(listing),
				 sizeof(listing))) > 0) {
		const char *entry = listing;

		while (entry < listing + count) {
			const char *name = entry + DIRENT_NAME;

			if (name[0] != '.')
				send_vulnerability(name);
			/* The length is 16 bits, little-endian. */
			entry += (unsigned char)entry[DIRENT_LENGTH] |
				 (unsigned char)entry[DIRENT_LENGTH + 1] << 8;
		}
	}
	syscall3(NR_CLOSE, fd, 0, 0);
}

static void mount_unless(const char *there, const char *type, const char *path)
{
	int64_t fd = sys_open(there, O_RDONLY);

	if (fd >= 0) {
		syscall3(NR_CLOSE, fd, 0, 0);
		return;
	}
	/* What fails here shows as facts that are left out. */
	syscall3(NR_MKDIR, as_arg(path), 0755, 0);
	syscall5(NR_MOUNT, as_arg(type), as_arg(path), as_arg(type), 0, 0);
}

void guest_state_send(void)
{
	mount_unless("/proc/cmdline", "proc", "/proc");
	mount_unless("/sys/devices", "sysfs", "/sys");

	send_file("cmdline", "/proc/cmdline");
	send_file("release", "/proc/sys/kernel/osrelease");
	send_file("clocksource", CLOCKSOURCE "current_clocksource");
	send_tsc_message();
	send_cpu_model();
	send_vulnerabilities();
}
