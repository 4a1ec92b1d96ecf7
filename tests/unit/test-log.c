#include "unit.h"
#include "base/log.h"

#include "base/buffer.h"

#include <fcntl.h>
#include <unistd.h>

/* Runs LOGS with standard error caught, and gives what was written. */
static char *caught(void (*logs)(void))
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	int kept = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	logs();
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(ends[1]);
	static char text[4096];
	ssize_t length = read(ends[0], text, sizeof(text) - 1);
	assert_true(length >= 0);
	text[length] = '\0';
	close(ends[0]);
	return text;
}

static void an_event(void)
{
	log_event(LOG_IS_EVENT, "4ABC", "spooled", "direction=%s size=%d", "outgoing", 7);
	log_event(LOG_IS_DETAIL, "4ABC", "gate", "not shown");
}

static void a_line_starts_with_the_queue_id(void **state)
{
	(void)state;
	log_open("front", false, false);
	char expected[128];
	snprintf(expected, sizeof(expected), "front[%d]: 4ABC: spooled: direction=outgoing size=7\n",
	    (int)getpid());
	assert_string_equal(caught(an_event), expected);
}

static void a_forgery(void)
{
	log_event(LOG_IS_EVENT, "", "x", "sender=%s", "a\nfront[1]: 4ABC: forged\r\x1b[31m");
}

static void no_value_can_forge_a_line(void **state)
{
	(void)state;
	char *text = caught(a_forgery);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	assert_null(strchr(text, '\x1b'));
	assert_null(strchr(text, '\r'));
}

static void many_failures(void)
{
	static struct log_throttle throttle;
	for (int i = 0; i < 1000; i++)
		log_throttled(&throttle, LOG_IS_ERROR, NULL, "spool", "n=%d", i);
	atomic_store(&throttle.last, atomic_load(&throttle.last) - 61);
	log_throttled(&throttle, LOG_IS_ERROR, NULL, "spool", "n=%d", 1000);
}

static void repeated_failures_are_counted_not_written(void **state)
{
	(void)state;
	char *text = caught(many_failures);
	assert_non_null(strstr(text, ": spool: n=0\n"));
	assert_non_null(strstr(text, ": spool: n=1000 suppressed=999\n"));
	assert_null(strstr(text, "n=1\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_starts_with_the_queue_id),
	    cmocka_unit_test(no_value_can_forge_a_line),
	    cmocka_unit_test(repeated_failures_are_counted_not_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
