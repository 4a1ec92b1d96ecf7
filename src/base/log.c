#include "base/base.h"
#include "base/log.h"

#include "base/buffer.h"

#include <inttypes.h>
#include <syslog.h>
#include <unistd.h>

#define THROTTLE_SECONDS 60

static struct {
	const char *program;
	bool to_syslog;
	bool verbose;
} target = {"relance", false, false};

void log_open(const char *program, bool to_syslog, bool verbose)
{
	target.program = program;
	target.to_syslog = to_syslog;
	target.verbose = verbose;
	if (to_syslog)
		openlog(program, LOG_PID | LOG_NDELAY, LOG_MAIL);
}

static void log_line(enum log_level level, const char *queue_id, const char *what, const char *details)
{
	static const int priorities[] = {[LOG_IS_ERROR] = LOG_ERR,
	    [LOG_IS_WARNING] = LOG_WARNING,
	    [LOG_IS_EVENT] = LOG_INFO,
	    [LOG_IS_DETAIL] = LOG_DEBUG};
	if (level == LOG_IS_DETAIL && !target.verbose)
		return;
	struct buffer line = BUFFER_EMPTY;
	if (!target.to_syslog)
		buffer_printf(&line, "%s[%d]: ", target.program, (int)getpid());
	if (queue_id && *queue_id)
		buffer_printf(&line, "%s: ", queue_id);
	buffer_append_text(&line, what);
	if (*details)
		buffer_printf(&line, ": %s", details);
	for (size_t i = 0; i < line.length; i++)
		if ((unsigned char)line.bytes[i] < 0x20 || line.bytes[i] == 0x7f)
			line.bytes[i] = '?';
	if (target.to_syslog) {
		syslog(priorities[level], "%s", line.bytes);
	} else {
		buffer_append_char(&line, '\n');
		/* One write, so that lines of several threads and programs do not mix. Where it fails, nobody
		 * can be told. */
		ssize_t written = write(STDERR_FILENO, line.bytes, line.length);
		(void)written;
	}
	buffer_clear(&line);
}

void log_event(enum log_level level, const char *queue_id, const char *what, const char *format, ...)
{
	struct buffer details = BUFFER_EMPTY;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&details, format, arguments);
	va_end(arguments);
	log_line(level, queue_id, what, details.bytes);
	buffer_clear(&details);
}

void log_error(const char *what, const struct error *error)
{
	log_line(LOG_IS_ERROR, NULL, what, error->text);
}

void log_throttled(struct log_throttle *throttle, enum log_level level, const char *queue_id,
    const char *what, const char *format, ...)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	int64_t second = now.tv_sec + 1; /* so that 0 is "never" also right after boot */
	int64_t last = atomic_load(&throttle->last);
	if ((last && second - last < THROTTLE_SECONDS) ||
	    !atomic_compare_exchange_strong(&throttle->last, &last, second)) {
		atomic_fetch_add(&throttle->suppressed, 1);
		return;
	}
	int64_t suppressed = atomic_exchange(&throttle->suppressed, 0);
	struct buffer details = BUFFER_EMPTY;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&details, format, arguments);
	va_end(arguments);
	if (suppressed)
		buffer_printf(&details, " suppressed=%" PRId64, suppressed);
	log_line(level, queue_id, what, details.bytes);
	buffer_clear(&details);
}
