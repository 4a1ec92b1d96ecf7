#include "base/base.h"
#include "relance/session.h"

bool run_clock(struct session *session, struct error *error)
{
	char stamp[INSTANT_TEXT_SIZE];
	instant_t instant;
	if (session->argument_count == 0) {
		instant_format(session->now, zone_offset(session->zone, session->now), stamp);
		return puts(stamp) >= 0;
	}
	if (!session->config.test_clock)
		return error_set(
		    error, STATUS_USAGE, "clock: only with test_clock = yes in the configuration");
	return session_instant(session, session->arguments[0], &instant, error) &&
	       clock_save(session->config.run_dir, instant, error);
}
