#include "base/base.h"
#include "clerk/intake.h"
#include "relance/import.h"
#include "relance/mail_files.h"
#include "relance/reading_source.h"
#include "report/display.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Past mail, taken in as if it passed now, with its own dates and in their order: an answer comes after its
 * invoice. What the envelope would say is taken from the header: a mail from one of the configured senders is
 * ours, and one from a colleague to somebody outside.
 */
struct past_mail {
	const struct mail_place *place; /* borrowed */
	instant_t at;			/* INSTANT_NONE: it has no date */
};

struct mail_run {
	struct session *session;
	struct reading_source source;
	struct import_counts *counts;
};

static void tell(struct mail_run *run, const struct error *error)
{
	session_tell(error);
	run->counts->bad++;
}

/* A descriptor of the bytes for the reader; -1 with ERROR. */
static int descriptor_of(GBytes *bytes, struct error *error)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	int file = memfd_create("mail", MFD_CLOEXEC);
	bool ok = file >= 0;
	while (ok && length > 0) {
		ssize_t written = write(file, data, length);
		ok = written > 0;
		data += ok ? written : 0;
		length -= ok ? (gsize)written : 0;
	}
	if (ok && lseek(file, 0, SEEK_SET) == 0)
		return file;
	error_set_errno(error, STATUS_IO, errno, "memory file");
	if (file >= 0)
		close(file);
	return -1;
}

/* Reads the mail at PLACE; BYTES, ANSWER and READING belong to the caller after true. */
static bool read_mail(struct mail_run *run, const struct mail_place *place, GBytes **bytes,
    struct reader_answer *answer, struct reading **reading, struct error *error)
{
	char *name = mail_files_name(place);
	*bytes = mail_files_bytes(place, error);
	int file = *bytes == NULL ? -1 : descriptor_of(*bytes, error);
	bool answered = file >= 0 && reading_source_read(&run->source, name, file, answer, error);
	if (file >= 0)
		close(file);
	bool ok = answered &&
		  (reading_from_json(answer->reading, reading, error) || error_prefix(error, "%s", name));
	if (answered && !ok)
		reader_answer_clear(answer);
	if (!ok && *bytes != NULL)
		g_bytes_unref(*bytes);
	g_free(name);
	return ok;
}

static int by_date(const void *a, const void *b)
{
	const struct past_mail *x = a;
	const struct past_mail *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* A clock that goes wrong, or none at all, dates no mail into the future. */
static instant_t date_of(const struct message *message, instant_t now)
{
	return message->date == INSTANT_NONE || message->date > now ? now : message->date;
}

/* The first look: what is a mail at all, and of when. */
static bool date_all(struct mail_run *run, const GPtrArray *places, GArray *mails, struct error *error)
{
	for (guint i = 0; i < places->len; i++) {
		struct past_mail mail = {.place = g_ptr_array_index(places, i), .at = INSTANT_NONE};
		struct reader_answer answer;
		struct reading *reading;
		struct error bad = {0};
		GBytes *bytes;
		if (!read_mail(run, mail.place, &bytes, &answer, &reading, &bad)) {
			if (bad.status != STATUS_DATA) {
				*error = bad;
				return false;
			}
			tell(run, &bad);
			continue;
		}
		if (reading->message != NULL && reading->error == NULL) {
			mail.at = date_of(reading->message, run->session->now);
			g_array_append_val(mails, mail);
		} else {
			error_set(&bad, STATUS_DATA, "%s: is no mail", mail.place->file);
			tell(run, &bad);
		}
		reading_free(reading);
		reader_answer_clear(&answer);
		g_bytes_unref(bytes);
	}
	g_array_sort(mails, by_date);
	return true;
}

static bool goes_outside(const struct session *session, const struct message *message)
{
	const GPtrArray *const lists[] = {message->to, message->cc};
	for (size_t l = 0; l < ARRAY_LENGTH(lists); l++)
		for (guint i = 0; i < lists[l]->len; i++)
			if (config_company_of_domain(&session->config,
				((const struct address *)lists[l]->pdata[i])->address) == NULL)
				return true;
	return false;
}

static bool is_outgoing(const struct session *session, const struct message *message, const char *from)
{
	if (from == NULL)
		return false;
	return config_company_of_sender(&session->config, from) != NULL ||
	       (config_company_of_domain(&session->config, from) != NULL && goes_outside(session, message));
}

static void fill_envelope(
    const struct session *session, const struct message *message, instant_t at, struct envelope *envelope)
{
	const char *from = message->from == NULL ? NULL : message->from->address;
	envelope_init(envelope, is_outgoing(session, message, from), at);
	if (from != NULL) {
		g_free(envelope->sender);
		envelope->sender = g_ascii_strdown(from, -1);
	}
	const GPtrArray *const lists[] = {message->to, message->cc};
	for (size_t l = 0; l < ARRAY_LENGTH(lists); l++)
		for (guint i = 0; i < lists[l]->len; i++) {
			char *lower =
			    g_ascii_strdown(((const struct address *)lists[l]->pdata[i])->address, -1);
			envelope_add_recipient(envelope, lower);
			g_free(lower);
		}
}

static bool take_in(struct session *session, const struct intake *intake, instant_t at,
    struct intake_result *result, struct error *error)
{
	struct ledger ledger;
	ledger_init(
	    &ledger, session->store, &session->config, session->actor, at, zone_date(session->zone, at));
	bool ok = store_begin(session->store, error) && intake_message(&ledger, intake, result, error);
	if (ok && !(plan_touched(&ledger, &session->site, error) && store_commit(session->store, error))) {
		intake_result_clear(result);
		ok = false;
	}
	session_rollback(session);
	ledger_clear(&ledger);
	return ok;
}

static void count(struct mail_run *run, const struct past_mail *mail, const struct intake_result *result)
{
	bool nothing = strcmp(result->what, "known") == 0 || strcmp(result->what, "unrelated") == 0;
	run->counts->known += nothing;
	run->counts->added += !nothing;
	if (!run->session->common.verbose)
		return;
	char *name = mail_files_name(mail->place);
	char *line =
	    g_strdup_printf("%s: %s %s", name, result->what, result->details != NULL ? result->details : "");
	char *safe = display_text(line);
	fprintf(stderr, "%s\n", g_strchomp(safe));
	free(safe);
	g_free(line);
	g_free(name);
}

static bool import_one(struct mail_run *run, const struct past_mail *mail, struct error *error)
{
	const struct import_options *options = run->session->options;
	struct reader_answer answer;
	struct reading *reading;
	struct envelope envelope;
	struct intake_result result;
	GBytes *bytes;
	if (!read_mail(run, mail->place, &bytes, &answer, &reading, error))
		return false;
	fill_envelope(run->session, reading->message, mail->at, &envelope);
	struct intake intake = {&envelope, reading, answer.reading, answer.documents, bytes};
	bool ok = options->dry_run || take_in(run->session, &intake, mail->at, &result, error);
	if (ok && !options->dry_run) {
		count(run, mail, &result);
		intake_result_clear(&result);
	}
	envelope_clear(&envelope);
	reading_free(reading);
	reader_answer_clear(&answer);
	g_bytes_unref(bytes);
	return ok;
}

/* The plans were made as of the mails' days: once more, as of now. */
static bool plan_now(struct session *session, struct error *error)
{
	return session_begin(session, error) && plan_all(&session->ledger, &session->site, NULL, error) &&
	       session_commit(session, error);
}

static bool import_all(struct mail_run *run, const GPtrArray *places, struct error *error)
{
	GArray *mails = g_array_new(FALSE, FALSE, sizeof(struct past_mail));
	bool ok = date_all(run, places, mails, error);
	for (guint i = 0; ok && i < mails->len; i++) {
		struct error bad = {0};
		if (import_one(run, &g_array_index(mails, struct past_mail, i), &bad))
			continue;
		ok = bad.status == STATUS_DATA;
		if (ok)
			tell(run, &bad);
		else
			*error = bad;
	}
	g_array_unref(mails);
	return ok && plan_now(run->session, error);
}

bool import_mail(struct session *session, const char *file, struct import_counts *counts, struct error *error)
{
	struct mail_run run = {.session = session, .counts = counts};
	GPtrArray *places = mail_files_list(file, error);
	if (places == NULL)
		return false;
	reading_source_init(&run.source, session);
	bool ok = import_all(&run, places, error);
	session_rollback(session);
	reading_source_clear(&run.source);
	g_ptr_array_unref(places);
	return ok;
}
