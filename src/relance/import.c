#include "base/base.h"
#include "relance/import.h"
#include "host/installation.h"
#include "host/watchlist.h"
#include "ledger/act.h"

const struct option_row import_option_rows[] = {
    {0, "partial", OPTION_FLAG, offsetof(struct import_options, partial), NULL,
	"keep the good rows of a bad file", NULL},
    {'n', "dry-run", OPTION_FLAG, offsetof(struct import_options, dry_run), NULL,
	"only say what would be done", NULL},
    OPTIONS_END,
};

static const struct {
	const char *word;
	bool (*import)(
	    struct session *session, const char *file, struct import_counts *counts, struct error *error);
	bool transaction; /* one for the file */
} kinds[] = {
    {"invoices", import_invoices, true},
    {"customers", import_customers, true},
    {"mail", import_mail, false},
};

static const struct field count_fields[] = {
    {"file", "File", FIELD_TEXT, FIELD_ELASTIC},
    {"added", "New", FIELD_NUMBER, 0},
    {"changed", "Changed", FIELD_NUMBER, 0},
    {"known", "Known", FIELD_NUMBER, 0},
    {"bad", "Bad", FIELD_NUMBER, 0},
    {"kept", "Kept", FIELD_BOOLEAN, 0},
};

bool import_contacts(struct session *session, int64_t customer, const char *text, struct error *error)
{
	char **addresses = g_strsplit_set(text, ";, ", -1);
	bool ok = true;
	for (char **address = addresses; ok && *address != NULL; address++) {
		if (**address == '\0')
			continue;
		char *lower = g_ascii_strdown(*address, -1);
		const char *at = strchr(lower, '@');
		if (at == NULL || at == lower || at[1] == '\0' || strchr(at + 1, '@') != NULL)
			ok = error_set(error, STATUS_DATA, "%s is not a mail address", *address);
		else
			ok = act_learn_contact(&session->ledger, customer, lower, NULL, "imported", error);
		g_free(lower);
	}
	g_strfreev(addresses);
	return ok;
}

static void print_counts(
    struct session *session, const char *file, const struct import_counts *counts, bool kept)
{
	struct printer *printer = session_printer(session);
	printer_text(printer, file);
	printer_number(printer, counts->added);
	printer_number(printer, counts->changed);
	printer_number(printer, counts->known);
	printer_number(printer, counts->bad);
	printer_boolean(printer, kept);
	printer_end_row(printer);
}

static void collect_id(const char *message_id, void *data)
{
	g_ptr_array_add(data, g_strdup(message_id));
}

/* Message-IDs that came with the file must be known to the front; the clerk's next start would do it, too.
 * Before its first one there is no watchlist: one that root made here could not be written by the daemon's
 * user. */
static void watch(const struct session *session)
{
	struct error error = {0};
	char *path = installation_place(session->config.run_dir, PLACE_WATCHLIST);
	if (access(path, F_OK) != 0) {
		free(path);
		return;
	}
	struct watchlist *watchlist = watchlist_create(path, &error);
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	free(path);
	bool ok = watchlist != NULL && message_id_each(session->store, 0, collect_id, ids, &error) &&
		  watchlist_add(watchlist, (const char *const *)ids->pdata, ids->len, &error);
	if (!ok && session->common.verbose)
		fprintf(stderr, "relance: watchlist: %s\n", error.text);
	if (watchlist != NULL)
		watchlist_close(watchlist);
	g_ptr_array_unref(ids);
}

static bool import_file(
    struct session *session, size_t kind, const char *file, int64_t *bad, struct error *error)
{
	const struct import_options *options = session->options;
	struct import_counts counts = {0};
	if (kinds[kind].transaction && !session_begin(session, error))
		return false;
	bool ok = kinds[kind].import(session, file, &counts, error);
	bool keep = ok && !options->dry_run && (counts.bad == 0 || options->partial);
	if (kinds[kind].transaction && keep)
		ok = session_commit(session, error);
	else
		session_rollback(session);
	if (ok && !session->common.quiet)
		print_counts(session, file, &counts, keep || !kinds[kind].transaction);
	*bad += counts.bad;
	return ok;
}

bool run_import(struct session *session, struct error *error)
{
	size_t kind = 0;
	int64_t bad = 0;
	while (kind < ARRAY_LENGTH(kinds) && strcmp(kinds[kind].word, session->arguments[0]) != 0)
		kind++;
	if (kind == ARRAY_LENGTH(kinds))
		return error_set(error, STATUS_USAGE, "import: %s: not one of invoices, customers, mail",
		    session->arguments[0]);
	if (!session->common.quiet)
		printer_begin_list(
		    session_printer(session), NULL, NULL, count_fields, ARRAY_LENGTH(count_fields));
	for (int i = 1; i < session->argument_count; i++)
		if (!import_file(session, kind, session->arguments[i], &bad, error))
			return false;
	if (!session->common.quiet)
		printer_end_list(session_printer(session));
	watch(session);
	if (bad > 0)
		session->status = STATUS_DATA; /* each was told */
	return true;
}
