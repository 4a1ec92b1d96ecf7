#include "base/base.h"
#include "dunning/notice.h"

#include "dunning/mail_parts.h"
#include "dunning/outbox.h"
#include "dunning/reminder.h"
#include "dunning/submission.h"
#include "host/fault.h"
#include "ledger/body.h"
#include "ledger/journal.h"
#include "store/rows_message.h"
#include "store/rows_plan.h"

#include <unistd.h>

#define SENDMAIL_SECONDS 60
/* With waits of 1, 2, 4, … minutes about two hours: an older digest is worth nothing. */
#define ATTEMPTS_MOST 7
/* Seconds after which a submission whose end nobody saw is given up. */
#define DOUBT_SECONDS 86400

/* ---- writing ---- */

static void add_recipients(GMimeMessage *message, const char *recipients)
{
	g_auto(GStrv) addresses = g_strsplit(recipients, " ", -1);
	for (char **address = addresses; *address; address++)
		if (**address)
			g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, *address);
}

static GMimeObject *body_of(const struct notice_draft *draft)
{
	GMimeObject *text = mail_text_part("plain", draft->text);
	if (!draft->html)
		return text;
	GMimeMultipart *alternative = mail_multipart("alternative", draft->message_id, 1);
	mail_add_part(alternative, text);
	mail_add_part(alternative, mail_text_part("html", draft->html));
	return GMIME_OBJECT(alternative);
}

GBytes *notice_compose(
    const struct ledger *ledger, const struct dunning_site *site, const struct notice_draft *draft)
{
	g_mime_init();
	GMimeMessage *message = g_mime_message_new(TRUE);
	g_autofree char *name = NULL, *address = NULL;
	mailbox_split(draft->company->from, &name, &address);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, "Relance", address);
	add_recipients(message, draft->recipients);
	g_mime_message_set_subject(message, draft->subject, "utf-8");
	mail_set_date(message, site->zone, ledger->now);
	mail_set_header(message, "Message-ID", draft->message_id);
	if (draft->in_reply_to) {
		mail_set_header(message, "In-Reply-To", draft->in_reply_to);
		mail_set_header(message, "References", draft->in_reply_to);
	}
	mail_set_header(message, "Auto-Submitted", draft->in_reply_to ? "auto-replied" : "auto-generated");
	mail_set_header(message, "X-Relance-Id", draft->message_id);
	GMimeObject *body = body_of(draft);
	g_mime_message_set_mime_part(message, body);
	g_object_unref(body);
	GBytes *bytes = mail_bytes(message);
	g_object_unref(message);
	return bytes;
}

char *notice_message_id(const struct company_config *company, const char *kind, const char *what)
{
	char hash[SHA256_TEXT_SIZE];
	g_autofree char *name = NULL, *address = NULL;
	g_autofree char *whole = g_strdup_printf("%s\n%s\n%s", company->name, kind, what);
	sha256_text(whole, strlen(whole), hash);
	mailbox_split(company->from, &name, &address);
	const char *at = strchr(address, '@');
	return g_strdup_printf("<relance.%s.%.32s@%s>", kind, hash, at ? at + 1 : "localhost");
}

bool notice_put(struct ledger *ledger, const struct dunning_site *site, const struct notice_draft *draft,
    struct error *error)
{
	gsize length;
	char sha256[SHA256_TEXT_SIZE];
	g_autofree char *name = NULL, *sender = NULL;
	GBytes *bytes = notice_compose(ledger, site, draft);
	const void *content = g_bytes_get_data(bytes, &length);
	bool kept = blob_put(ledger->store, content, length, sha256, error);
	g_bytes_unref(bytes);
	if (!kept)
		return false;
	mailbox_split(draft->company->from, &name, &sender);
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s}", "company", draft->company->name,
	    "kind", draft->kind, "message_id", draft->message_id, "sender", sender, "recipients",
	    draft->recipients, "subject", json_text(draft->subject), "sha256", sha256);
	g_autofree char *dedupe = g_strdup_printf("notice:%s", draft->message_id);
	return journal_append(
	    ledger, EVENT_NOTICE_COMPOSED, (struct event_about){.dedupe = dedupe}, body, NULL, error);
}

/* ---- sending ---- */

struct work {
	struct store *store;
	const struct config *config;
	const struct dunning_site *site;
	instant_t now;
	int64_t *submitted;
};

/* One notice and what is known about its submission, for a transaction. */
struct outcome {
	const struct notice *notice;
	struct submission_result result;
	bool claimed;
};

static bool transaction(
    const struct work *work, dunning_work *what, struct outcome *outcome, struct error *error)
{
	return dunning_transaction(work->store, work->config, work->site, work->now, what, outcome, error);
}

static bool note(struct ledger *ledger, enum event_kind kind, int64_t notice, struct error *error)
{
	return journal_append(ledger, kind, (struct event_about){0},
	    json_pack("{s:I}", "notice", (json_int_t)notice), NULL, error);
}

static bool note_failure(
    struct ledger *ledger, const struct notice *notice, const char *why, bool again, struct error *error)
{
	json_t *body = json_pack("{s:I, s:o}", "notice", (json_int_t)notice->id, "failure", json_text(why));
	if (again)
		json_object_set_new(body, "again", json_string("yes"));
	return journal_append(ledger, EVENT_NOTICE_FAILED, (struct event_about){0}, body, NULL, error);
}

/* STATE is what the notice must be in for the transaction to go on. */
static bool is_still(
    struct ledger *ledger, const struct notice *notice, const char *state, bool *still, struct error *error)
{
	struct notice row;
	bool found;
	if (!notice_get(ledger->store, notice->id, &row, &found, error))
		return false;
	*still = found && strcmp(row.state, state) == 0;
	if (found)
		row_clear(&notice_table, &row);
	return true;
}

static bool claim(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	struct outcome *outcome = data;
	if (!is_still(ledger, outcome->notice, "ready", &outcome->claimed, error))
		return false;
	return !outcome->claimed || note(ledger, EVENT_NOTICE_SUBMITTING, outcome->notice->id, error);
}

static bool note_exit(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	bool still;
	struct outcome *outcome = data;
	const struct submission_result *result = &outcome->result;
	if (!is_still(ledger, outcome->notice, "submitting", &still, error))
		return false;
	if (!still)
		return true;
	if (result->status == 0)
		return note(ledger, EVENT_NOTICE_SUBMITTED, outcome->notice->id, error);
	char why[320];
	snprintf(why, sizeof why, "%s: exit status %d%s%s", ledger->config->sendmail, result->status,
	    *result->text ? ": " : "", result->text);
	return note_failure(ledger, outcome->notice, why, outcome->notice->attempts < ATTEMPTS_MOST, error);
}

/* Nobody saw the end of it: the receipt decides. Without one it is given up after a day rather than sent
 * twice. */
static bool give_up(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	bool still;
	struct outcome *outcome = data;
	if (!is_still(ledger, outcome->notice, "submitting", &still, error))
		return false;
	if (!still || ledger->now < outcome->notice->submitted_at + DOUBT_SECONDS)
		return true;
	return note_failure(ledger, outcome->notice, "whether it left is not known", false, error);
}

static char *folder_of(const struct config *config)
{
	return g_build_filename(config->state_dir, "submit", NULL);
}

static char *key_of(const struct notice *notice, int64_t attempt)
{
	return g_strdup_printf("notice-%lld.%lld", (long long)notice->id, (long long)attempt);
}

/* In place of sendmail(1), for simulations. */
static int submit_elsewhere(const struct work *work, const struct notice *notice, GBytes *bytes)
{
	const struct outbox mail = {.id = notice->id,
	    .company = notice->company,
	    .step = notice->kind,
	    .channel = (char *)"mail",
	    .message_id = notice->message_id,
	    .sender = notice->sender,
	    .recipients = notice->recipients,
	    .subject = notice->subject,
	    .sha256 = notice->sha256,
	    .state = notice->state};
	return work->site->submit(work->site->submit_data, &mail, bytes);
}

/* Runs sendmail(1); DESCRIPTOR is the submission's file. */
static bool run(const struct work *work, const struct notice *notice, int descriptor, const char *key,
    struct error *error)
{
	struct outcome outcome = {.notice = notice};
	GBytes *bytes = blob_get(work->store, notice->sha256, error);
	if (!bytes) {
		close(descriptor);
		return false;
	}
	gsize length;
	g_autofree char *envelope_id =
	    g_strndup(notice->message_id + 1, strcspn(notice->message_id + 1, ">"));
	struct submission submission = {
	    .sendmail = work->config->sendmail,
	    .sender = notice->sender,
	    .recipients = notice->recipients,
	    .envelope_id = envelope_id,
	    .notify = "failure",
	    .mail = g_bytes_get_data(bytes, &length),
	    .seconds = SENDMAIL_SECONDS,
	};
	submission.length = length;
	bool done = true;
	if (work->site->submit) {
		outcome.result = (struct submission_result){
		    .state = SUBMISSION_EXITED, .status = submit_elsewhere(work, notice, bytes)};
		close(descriptor);
	} else {
		done = submission_run(descriptor, &submission, &outcome.result, error);
	}
	g_bytes_unref(bytes);
	if (!done || outcome.result.state != SUBMISSION_EXITED)
		return done;
	fault_point("notice.exec-done");
	if (!transaction(work, note_exit, &outcome, error))
		return false;
	*work->submitted += outcome.result.status == 0;
	g_autofree char *folder = folder_of(work->config);
	submission_forget(folder, key);
	return true;
}

static bool is_backing_off(const struct notice *notice, instant_t now)
{
	return notice->attempts > 0 && now < notice->submitted_at + (INT64_C(60) << (notice->attempts - 1));
}

static bool submit(const struct work *work, const struct notice *notice, struct error *error)
{
	if (is_backing_off(notice, work->now))
		return true;
	struct outcome outcome = {.notice = notice};
	struct error failure = {0};
	struct notice next = *notice; /* as it is once it is claimed; texts borrowed */
	next.attempts++;
	g_autofree char *folder = folder_of(work->config), *key = key_of(notice, next.attempts);
	int descriptor = submission_prepare(folder, key, &failure);
	if (descriptor < 0) {
		if (failure.status != STATUS_TRY_AGAIN && error)
			*error = failure;
		return failure.status == STATUS_TRY_AGAIN;
	}
	bool done = transaction(work, claim, &outcome, error);
	if (done && outcome.claimed) {
		fault_point("notice.submitting");
		return run(work, &next, descriptor, key, error);
	}
	submission_forget(folder, key);
	close(descriptor);
	return done;
}

static bool recover(const struct work *work, const struct notice *notice, struct error *error)
{
	struct outcome outcome = {.notice = notice};
	g_autofree char *folder = folder_of(work->config), *key = key_of(notice, notice->attempts);
	if (!submission_look(folder, key, &outcome.result, error))
		return false;
	int descriptor;
	switch (outcome.result.state) {
	case SUBMISSION_RUNNING:
		break;
	case SUBMISSION_EXITED:
		if (!transaction(work, note_exit, &outcome, error))
			return false;
		submission_forget(folder, key);
		break;
	case SUBMISSION_NEVER_STARTED:
		if ((descriptor = submission_take(folder, key)) >= 0)
			return run(work, notice, descriptor, key, error);
		break;
	case SUBMISSION_ABSENT:
	case SUBMISSION_DOUBTFUL:
		return transaction(work, give_up, &outcome, error);
	}
	return true;
}

static bool each(const struct work *work, const char *state,
    bool (*what)(const struct work *work, const struct notice *notice, struct error *error),
    struct error *error)
{
	GPtrArray *notices = notice_list_of_state(work->store, state, error);
	bool done = notices;
	for (guint i = 0; done && i < notices->len; i++)
		done = what(work, notices->pdata[i], error);
	rows_free(&notice_table, notices);
	return done;
}

static bool may_send(const struct work *work, bool *may, struct error *error)
{
	char *paused = NULL;
	if (!setting_get(work->store, "sending.paused", &paused, error))
		return false;
	*may = work->config->sending != SENDING_OFF && (!paused || strcmp(paused, "yes") != 0);
	g_free(paused);
	return true;
}

bool notice_tick(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t *done, struct error *error)
{
	bool may;
	struct work work = {store, config, site, now, done};
	return each(&work, "submitting", recover, error) && may_send(&work, &may, error) &&
	       (!may || each(&work, "ready", submit, error));
}

bool notice_seen(struct ledger *ledger, const char *message_id, bool *is_ours, struct error *error)
{
	struct notice notice;
	if (!notice_of_message_id(ledger->store, message_id, &notice, is_ours, error))
		return false;
	if (!*is_ours)
		return true;
	bool news = notice.attempts && strcmp(notice.state, "seen") != 0;
	bool done = !news || note(ledger, EVENT_NOTICE_SEEN, notice.id, error);
	row_clear(&notice_table, &notice);
	return done;
}
