#include "base/base.h"
#include "host/clock.h"

#include "base/buffer.h"
#include "host/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t shift;

void clock_shift(int64_t seconds)
{
	atomic_store(&shift, seconds);
}

static int64_t machine_microseconds(void)
{
	struct timespec now;
	if (clock_gettime(CLOCK_REALTIME, &now) < 0)
		abort();
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

instant_t clock_now(void)
{
	return machine_microseconds() / 1000000 + atomic_load(&shift);
}

int64_t clock_now_microseconds(void)
{
	return machine_microseconds() + atomic_load(&shift) * 1000000;
}

bool clock_load(const char *run_dir, struct error *error)
{
	struct buffer path = BUFFER_EMPTY, text = BUFFER_EMPTY;
	buffer_printf(&path, "%s/clock", run_dir);
	bool loaded = true;
	if (file_read(path.bytes, 64, &text, error)) {
		char *end;
		errno = 0;
		int64_t seconds = strtoimax(text.bytes, &end, 10);
		loaded = !errno && end != text.bytes && (*end == '\n' || !*end) &&
			 seconds > -INT64_C(10000000000) && seconds < INT64_C(10000000000);
		if (loaded)
			clock_shift(seconds);
		else
			error_set(error, STATUS_DATA, "%s: is no number of seconds", path.bytes);
	} else if (errno == ENOENT) {
		clock_shift(0);
	} else {
		loaded = false;
	}
	buffer_clear(&text);
	buffer_clear(&path);
	return loaded;
}

bool clock_save(const char *run_dir, instant_t now, struct error *error)
{
	struct buffer path = BUFFER_EMPTY, text = BUFFER_EMPTY;
	buffer_printf(&path, "%s/clock", run_dir);
	int64_t seconds = now - machine_microseconds() / 1000000;
	buffer_printf(&text, "%" PRId64 "\n", seconds);
	bool saved = file_replace(path.bytes, text.bytes, text.length, 0644, error);
	if (saved)
		clock_shift(seconds);
	buffer_clear(&text);
	buffer_clear(&path);
	return saved;
}
