#include "base/base.h"
#include "host/spool.h"
#include "relance/session.h"

#define MOST 10000

static bool retry_all(const struct spool *spool, int64_t *count, struct error *error)
{
	char(*stems)[SPOOL_STEM_SIZE] = g_malloc(MOST * sizeof *stems);
	int found = spool_list(spool->failed, stems, MOST, error);
	bool ok = found >= 0;
	for (int i = 0; ok && i < found; i++)
		ok = spool_retry(spool, stems[i], error);
	*count = ok ? found : 0;
	g_free(stems);
	return ok;
}

/* IDs are the stems that status lists. */
bool run_retry(struct session *session, struct error *error)
{
	struct spool spool;
	int64_t count = session->argument_count;
	if (!spool_open(session->config.spool_dir, &spool, error))
		return false;
	bool ok = session->argument_count > 0 || retry_all(&spool, &count, error);
	for (int i = 0; ok && i < session->argument_count; i++)
		ok = spool_retry(&spool, session->arguments[i], error);
	spool_close(&spool);
	if (ok && count == 0)
		return error_set(error, STATUS_NO, "retry: no message has failed");
	return ok;
}
