#include "base/base.h"
#include "dunning/plan.h"
#include "host/installation.h"
#include "ledger/journal.h"
#include "ledger/rebuild.h"
#include "relance/findings.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* check, rebuild, migrate: whether the store and the books are what the journal says. */

static void check_store(struct session *session, struct findings *findings)
{
	struct error error = {0};
	if (store_check(session->store, &error))
		findings_add(findings, "store", VERDICT_GOOD, NULL, "the files are sound, schema %d",
		    store_schema_version());
	else
		findings_add(findings, "store", VERDICT_BAD, NULL, "%s", error.text);
}

static void check_journal(struct session *session, struct findings *findings)
{
	struct error error = {0};
	int64_t count = 0;
	if (journal_verify(session->store, &count, &error))
		findings_add(findings, "journal", VERDICT_GOOD, NULL, "%lld events, the chain holds",
		    (long long)count);
	else
		findings_add(findings, "journal", VERDICT_BAD, NULL, "%s", error.text);
}

/* Adds DIFFERENCES (freed) under the name CHECK. */
static void add_differences(
    struct findings *findings, const char *check, GPtrArray *differences, const char *good)
{
	for (guint i = 0; i < differences->len; i++)
		findings_add(findings, check, VERDICT_BAD, NULL, "%s",
		    (const char *)g_ptr_array_index(differences, i));
	if (differences->len == 0)
		findings_add(findings, check, VERDICT_GOOD, NULL, "%s", good);
	g_ptr_array_unref(differences);
}

static void check_books(struct session *session, struct findings *findings)
{
	struct error error = {0};
	GPtrArray *differences;
	if (books_check(session->store, &differences, &error))
		add_differences(
		    findings, "books", differences, "every open amount is the sum of its entries");
	else
		findings_add(findings, "books", VERDICT_BAD, NULL, "%s", error.text);
}

/* Replays the journal in a folder of its own beside nothing of ours. */
static void check_replay(struct session *session, struct findings *findings)
{
	struct error error = {0};
	GPtrArray *differences;
	int64_t events;
	char *folder = g_dir_make_tmp("relance-XXXXXX", NULL);
	if (folder == NULL) {
		findings_add(findings, "rebuild", VERDICT_BAD, NULL, "no temporary folder can be made");
		return;
	}
	char *scratch = g_build_filename(folder, "scratch.db", NULL);
	if (rebuild_compare(session->store, scratch, &differences, &events, &error)) {
		char *good = g_strdup_printf("%lld events replayed, no difference", (long long)events);
		add_differences(findings, "rebuild", differences, good);
		g_free(good);
	} else {
		findings_add(findings, "rebuild", VERDICT_BAD, NULL, "%s", error.text);
	}
	unlink(scratch);
	rmdir(folder);
	g_free(scratch);
	g_free(folder);
}

bool run_check(struct session *session, struct error *error)
{
	struct findings findings;
	if (!session_open(session, ACCESS_READ, error))
		return false;
	findings_init(&findings);
	check_store(session, &findings);
	check_journal(session, &findings);
	check_books(session, &findings);
	check_replay(session, &findings);
	findings_print(session, &findings, session->common.verbose);
	findings_clear(&findings);
	return true;
}

struct rebuild_options {
	bool adopt;
};
const struct option_row rebuild_option_rows[] = {
    {0, "adopt", OPTION_FLAG, offsetof(struct rebuild_options, adopt), NULL,
	"put the books right by the journal", NULL},
    OPTIONS_END,
};

static bool adopt(struct session *session, int64_t *events, struct error *error)
{
	struct dunning_site *site = &session->site;
	if (!rebuild_adopt(session->store, events, error) || !session_begin(session, error))
		return false;
	if (plan_all(&session->ledger, site, NULL, error))
		return session_commit(session, error);
	session_rollback(session);
	return false;
}

bool run_rebuild(struct session *session, struct error *error)
{
	const struct rebuild_options *options = session->options;
	struct findings findings;
	int64_t events;
	if (options->adopt) {
		if (!adopt(session, &events, error))
			return false;
		if (!session->common.quiet)
			printf("%lld events replayed\n", (long long)events);
		return true;
	}
	findings_init(&findings);
	check_replay(session, &findings);
	findings_print(session, &findings, !session->common.quiet);
	findings_clear(&findings);
	return true;
}

/* A script cannot give every row what the journal gives it under the rules of this version: they are derived
 * anew. */
bool run_migrate(struct session *session, struct error *error)
{
	int64_t events;
	char *location = session_store_location(session);
	bool ok = session_daemon_is_down(session, error) && store_migrate(location, error);
	free(location);
	return ok && session_open(session, ACCESS_OWN, error) && adopt(session, &events, error);
}
