/* From "ready" to "submitted": the part that runs sendmail(1), and what is done about it after a crash. */
#include "base/base.h"
#include "dunning/outbox.h"

#include "dunning/confirm.h"
#include "dunning/submission.h"
#include "host/fault.h"
#include "ledger/act.h"
#include "ledger/body.h"

#include <unistd.h>

/* Seconds that sendmail(1) may take. */
#define SENDMAIL_SECONDS 60
/* Attempts before a person is asked: with waits of 1, 2, 4, … minutes about four hours. */
#define ATTEMPTS_MOST 8
/* Seconds after which a doubtful submission becomes a task. */
#define DOUBT_SECONDS 86400

static char *folder_of(const struct config *config)
{
	return g_build_filename(config->state_dir, "submit", NULL);
}

static char *key_of(const struct outbox *mail, int64_t attempt)
{
	return g_strdup_printf("%lld.%lld", (long long)mail->id, (long long)attempt);
}

static bool load_mail(struct store *store, int64_t id, struct outbox *mail, struct error *error)
{
	bool found;
	if (!outbox_get(store, id, mail, &found, error))
		return false;
	return found || error_set(error, STATUS_SOFTWARE, "mail %lld is not in the outbox", (long long)id);
}

/* Exit statuses after which the same mail may go through later. */
static bool is_passing(int status)
{
	static const int passing[] = {
	    STATUS_TRY_AGAIN, STATUS_IO, 71 /* EX_OSERR */, SUBMISSION_CANNOT_EXECUTE};
	for (size_t i = 0; i < ARRAY_LENGTH(passing); i++)
		if (passing[i] == status)
			return true;
	return false;
}

static bool open_failure_task(struct ledger *ledger, const struct outbox *mail, const char *kind,
    const char *title, struct error *error)
{
	GPtrArray *items = outbox_item_list(ledger->store, mail->id, error);
	if (!items)
		return false;
	const struct outbox_item *first = items->len ? items->pdata[0] : NULL;
	struct task_draft draft = {
	    .company = mail->company,
	    .kind = kind,
	    .customer = mail->customer,
	    .receivable = first ? first->receivable : 0,
	    .title = title,
	    .detail = mail->message_id,
	    .due_on = ledger->today,
	};
	bool done = act_open_task(ledger, &draft, NULL, error);
	rows_free(&outbox_item_table, items);
	return done;
}

static bool note_failure(
    struct ledger *ledger, const struct outbox *mail, const char *why, bool again, struct error *error)
{
	json_t *body = json_pack("{s:I, s:o}", "outbox", (json_int_t)mail->id, "failure", json_text(why));
	if (again)
		json_object_set_new(body, "again", json_string("yes"));
	return journal_append(ledger, EVENT_REMINDER_FAILED, (struct event_about){.customer = mail->customer},
	    body, NULL, error);
}

/* What is known about one attempt, for the transaction that notes it. */
struct outcome {
	int64_t mail;
	struct submission_result result;
	struct dunning_tick *tick;
};

static bool note_exit(
    struct ledger *ledger, const struct outbox *mail, struct outcome *outcome, struct error *error)
{
	const struct submission_result *result = &outcome->result;
	if (result->status == 0) {
		outcome->tick->submitted++;
		return outbox_note(ledger, EVENT_REMINDER_SUBMITTED, mail, NULL, NULL, error);
	}
	char why[320];
	if (result->status == SUBMISSION_CANNOT_EXECUTE)
		snprintf(why, sizeof why, "%s could not be run", ledger->config->sendmail);
	else
		snprintf(why, sizeof why, "%s: exit status %d%s%s", ledger->config->sendmail, result->status,
		    *result->text ? ": " : "", result->text);
	outcome->tick->failed++;
	if (is_passing(result->status) && mail->attempts < ATTEMPTS_MOST)
		return note_failure(ledger, mail, why, true, error);
	return note_failure(ledger, mail, why, false, error) &&
	       open_failure_task(ledger, mail, "failed", "A reminder could not be submitted", error);
}

/* In a transaction: only what is still "submitting" is moved on; a receipt may have come before. */
static bool note_outcome(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	struct outcome *outcome = data;
	struct outbox mail;
	if (!load_mail(ledger->store, outcome->mail, &mail, error))
		return false;
	bool done = strcmp(mail.state, "submitting") != 0 || note_exit(ledger, &mail, outcome, error);
	row_clear(&outbox_table, &mail);
	return done;
}

/* Runs sendmail for MAIL, whose file is DESCRIPTOR's, and notes the end. A doubtful end is left for later. */
static bool run(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, const struct outbox *mail, int descriptor, const char *key, struct dunning_tick *tick,
    struct error *error)
{
	GBytes *bytes = blob_get(store, mail->sha256, error);
	if (!bytes) {
		close(descriptor);
		return false;
	}
	gsize length;
	g_autofree char *envelope_id = g_strndup(mail->message_id + 1, strcspn(mail->message_id + 1, ">"));
	struct submission submission = {
	    .sendmail = config->sendmail,
	    .sender = mail->sender,
	    .recipients = mail->recipients,
	    .envelope_id = envelope_id,
	    .mail = g_bytes_get_data(bytes, &length),
	    .seconds = SENDMAIL_SECONDS,
	};
	submission.length = length;
	struct outcome outcome = {.mail = mail->id, .tick = tick};
	bool done = true;
	if (site->submit) {
		outcome.result = (struct submission_result){
		    .state = SUBMISSION_EXITED, .status = site->submit(site->submit_data, mail, bytes)};
		close(descriptor);
	} else {
		done = submission_run(descriptor, &submission, &outcome.result, error);
	}
	g_bytes_unref(bytes);
	if (!done || outcome.result.state != SUBMISSION_EXITED)
		return done;
	fault_point("dunning.exec-done");
	if (!dunning_transaction(store, config, site, now, note_outcome, &outcome, error))
		return false;
	fault_point("dunning.submitted");
	g_autofree char *folder = folder_of(config);
	submission_forget(folder, key);
	return true;
}

/* The claim of a mail that is ready. */
struct claim {
	int64_t mail;
	int64_t attempt; /* the one that is going to be made */
	bool claimed;
};

static bool is_backing_off(const struct outbox *mail, instant_t now)
{
	if (mail->attempts == 0)
		return false;
	int64_t doublings = mail->attempts - 1 < 8 ? mail->attempts - 1 : 8;
	return now < mail->submitted_at + (INT64_C(60) << doublings);
}

static bool claim(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	struct claim *claim = data;
	struct outbox mail;
	enum outbox_verdict verdict = OUTBOX_WAITS;
	char why[256];
	if (!load_mail(ledger->store, claim->mail, &mail, error))
		return false;
	bool done = true, mine = strcmp(mail.state, "ready") == 0 && mail.attempts + 1 == claim->attempt;
	bool waiting = strcmp(mail.state, "waiting") == 0;
	if (mine || waiting)
		done = outbox_judge(ledger, site, &mail, &verdict, why, error);
	if (done && verdict == OUTBOX_VOID)
		done = outbox_note(ledger, EVENT_REMINDER_CANCELLED, &mail, "reason", why, error) &&
		       (strcmp(mail.step, "copy") != 0 ||
			   open_failure_task(ledger, &mail, "request",
			       "The copy of the invoice that was asked for did not go out", error));
	else if (done && verdict == OUTBOX_STALE)
		done = outbox_note(ledger, EVENT_REMINDER_CANCELLED, &mail, "reason", why, error) &&
		       confirm_payment_anew(ledger, site, &mail, error);
	else if (done && verdict == OUTBOX_FREE && mine && !is_backing_off(&mail, ledger->now)) {
		done = outbox_note(ledger, EVENT_REMINDER_SUBMITTING, &mail, NULL, NULL, error);
		claim->claimed = done;
	}
	row_clear(&outbox_table, &mail);
	return done;
}

bool outbox_submit(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t id, struct dunning_tick *tick, struct error *error)
{
	struct outbox mail;
	if (!load_mail(store, id, &mail, error))
		return false;
	struct claim wanted = {.mail = id, .attempt = mail.attempts + 1};
	g_autofree char *folder = folder_of(config), *key = key_of(&mail, wanted.attempt);
	int descriptor = -1;
	bool done = true, ready = strcmp(mail.state, "ready") == 0;
	if (ready && !is_backing_off(&mail, now)) {
		struct error failure = {0};
		descriptor = submission_prepare(folder, key, &failure);
		done = descriptor >= 0 || failure.status == STATUS_TRY_AGAIN;
		if (!done && error)
			*error = failure;
	}
	if (done && (descriptor >= 0 || !ready))
		done = dunning_transaction(store, config, site, now, claim, &wanted, error);
	if (done && wanted.claimed) {
		fault_point("dunning.submitting");
		done = run(store, config, site, now, &mail, descriptor, key, tick, error);
	} else if (descriptor >= 0) {
		submission_forget(folder, key);
		close(descriptor);
	}
	row_clear(&outbox_table, &mail);
	return done;
}

/* A started submission whose end nobody saw: its receipt decides. Without one it goes again when a later mail
 * of ours was seen to pass, so that the front must have seen this one, too; else a person is asked after a
 * day. */
static bool resolve_doubt(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	struct outcome *outcome = data;
	struct outbox mail;
	bool seen, done = true;
	if (!load_mail(ledger->store, outcome->mail, &mail, error))
		return false;
	bool still = strcmp(mail.state, "submitting") == 0 &&
		     ledger->now >= mail.submitted_at + ledger->config->receipt_wait;
	if (still && !outbox_seen_since(ledger->store, mail.submitted_at, &seen, error))
		done = false;
	else if (still && seen)
		done = note_failure(
		    ledger, &mail, "no receipt came, while a later mail was seen to pass", true, error);
	else if (still && ledger->now >= mail.submitted_at + DOUBT_SECONDS)
		done = open_failure_task(ledger, &mail, "submission",
		    "Whether a reminder left is not known: look at the mail log", error);
	row_clear(&outbox_table, &mail);
	return done;
}

bool outbox_recover(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t id, struct dunning_tick *tick, struct error *error)
{
	struct outbox mail;
	if (!load_mail(store, id, &mail, error))
		return false;
	struct outcome outcome = {.mail = id, .tick = tick};
	g_autofree char *folder = folder_of(config), *key = key_of(&mail, mail.attempts);
	bool done = submission_look(folder, key, &outcome.result, error);
	int descriptor = -1;
	switch (done ? outcome.result.state : SUBMISSION_RUNNING) {
	case SUBMISSION_RUNNING:
		break;
	case SUBMISSION_EXITED:
		done = dunning_transaction(store, config, site, now, note_outcome, &outcome, error);
		if (done)
			submission_forget(folder, key);
		break;
	case SUBMISSION_NEVER_STARTED:
		if ((descriptor = submission_take(folder, key)) >= 0)
			done = run(store, config, site, now, &mail, descriptor, key, tick, error);
		break;
	case SUBMISSION_ABSENT:
	case SUBMISSION_DOUBTFUL:
		done = dunning_transaction(store, config, site, now, resolve_doubt, &outcome, error);
		break;
	}
	row_clear(&outbox_table, &mail);
	return done;
}
