/* SPDX-License-Identifier: BSD-3-Clause */
#include "args.h"
#include "loops.h"
#include "text.h"

static bool number_within(const char *text, int64_t min, int64_t max,
			  int64_t *number)
{
	return text_to_i64(text, number) && *number >= min && *number <= max;
}

static bool read_expect(const char *value, struct args *args)
{
	args->expect_any = text_equal(value, "any");
	return args->expect_any || text_to_i64(value, &args->expect);
}

static bool read_state(const char *value, struct args *args)
{
	args->state_linux = text_equal(value, "linux");
	args->watch_linux = args->state_linux || text_equal(value, "process");
	return args->watch_linux || text_equal(value, "none");
}

static bool read_via(const char *value, struct args *args)
{
	args->via_function = text_equal(value, "function");
	return args->via_function || text_equal(value, "loop");
}

static bool read_one(const char *argument, struct args *args)
{
	const char *value;

	if ((value = text_after(argument, "rounds=")))
		return number_within(value, 1, MAX_ROUNDS, &args->rounds);
	if ((value = text_after(argument, "iters=")))
		return number_within(value, 1, 1000000000, &args->iters);
	if ((value = text_after(argument, "warmup=")))
		return number_within(value, 0, 1000, &args->warmup);
	if ((value = text_after(argument, "nr=")))
		return number_within(value, 0, INT32_MAX, &args->nr);
	if ((value = text_after(argument, "expect=")))
		return read_expect(value, args);
	if ((value = text_after(argument, "state=")))
		return read_state(value, args);
	if ((value = text_after(argument, "via=")))
		return read_via(value, args);
	return false;
}

static bool is_assignment(const char *argument)
{
	while (*argument != '\0' && *argument != '=')
		argument++;
	return *argument == '=';
}

const char *args_read(int count, char *const *arguments, struct args *args)
{
	int i;

	args->rounds = 20;
	args->iters = 1000;
	args->warmup = 1;
	args->nr = 500;
	args->expect = NOOP_RETURNS;
	args->expect_any = false;
	args->state_linux = false;
	args->watch_linux = false;
	args->via_function = false;

	/* A kernel passes words it does not know on to its first program. */
	for (i = 0; i < count; i++)
		if (is_assignment(arguments[i]) &&
		    !read_one(arguments[i], args))
			return arguments[i];
	return NULL;
}
