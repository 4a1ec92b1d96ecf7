/* relance learn: what the site could learn from what people decided, tried on all examples before. */
#include "base/base.h"
#include "relance/learn.h"

#include "ledger/body.h"
#include "ledger/journal.h"
#include "relance/reading_source.h"

#include <unistd.h>

/* Rounds of trial: each refuses what made readings worse. */
#define ROUNDS 4

struct learn_options {
	bool adopt, undo;
};
const struct option_row learn_option_rows[] = {
    {0, "adopt", OPTION_FLAG, offsetof(struct learn_options, adopt), NULL,
	"let it count from the next reload of the daemon on", NULL},
    {0, "undo", OPTION_FLAG, offsetof(struct learn_options, undo), NULL, "take the last adoption back", NULL},
    OPTIONS_END,
};

/* Readings with and without the proposals. */
struct figures {
	int count, before, after, changed, worse;
};

static struct figures compare(const GPtrArray *examples, bool is_kept)
{
	struct figures figures = {0};
	for (guint i = 0; i < examples->len; i++) {
		const struct learn_example *example = examples->pdata[i];
		if (example->is_kept != is_kept)
			continue;
		bool was_right = example->before == example->meaning,
		     is_right = example->after == example->meaning;
		figures.count++;
		figures.before += was_right;
		figures.after += is_right;
		figures.changed += example->before != example->after;
		figures.worse += was_right && !is_right;
	}
	return figures;
}

static void refuse(struct learn_proposal *proposal, char *why)
{
	proposal->is_refused = true;
	g_free(proposal->refusal);
	proposal->refusal = why;
}

/* Refuses what concerns an example that was read rightly before and is not now. */
static bool refuse_worse(const GPtrArray *examples, const GPtrArray *proposals)
{
	bool any = false;
	for (guint i = 0; i < examples->len; i++) {
		const struct learn_example *example = examples->pdata[i];
		if (example->before != example->meaning || example->after == example->meaning)
			continue;
		for (guint n = 0; n < proposals->len; n++) {
			struct learn_proposal *proposal = proposals->pdata[n];
			if (proposal->is_refused || !learn_concerns(proposal, example))
				continue;
			any = true;
			refuse(proposal,
			    g_strdup_printf("%s %s would be read as %s, it is %s",
				example->is_kept ? "message" : "the sample", example->id,
				intent_kind_word(example->after), intent_kind_word(example->meaning)));
		}
	}
	return any;
}

/* Words that stand in a question, a negation ... are tried in any scope; what is not heeded even so is
 * refused. */
static bool mend_unheeded(const GPtrArray *proposals)
{
	bool any = false;
	for (guint i = 0; i < proposals->len; i++) {
		struct learn_proposal *proposal = proposals->pdata[i];
		if (proposal->is_refused || proposal->example->after == proposal->example->meaning)
			continue;
		any = true;
		if (proposal->in_any_scope)
			refuse(proposal, g_strdup("the mail would be read wrongly even so (--words)"));
		proposal->in_any_scope = true;
	}
	return any;
}

static bool try_all(
    struct session *session, const GPtrArray *examples, const GPtrArray *proposals, struct error *error)
{
	bool ok = true, again = true;
	for (int round = 0; ok && again && round < ROUNDS; round++) {
		ok = learn_trial(session, examples, proposals, error);
		bool worse = ok && refuse_worse(examples, proposals);
		bool unheeded = ok && mend_unheeded(proposals);
		again = worse || unheeded;
	}
	if (ok && again)
		ok = learn_trial(session, examples, proposals, error);
	return ok;
}

static const struct field summary_fields[] = {
    {"kept", "Kept examples", FIELD_NUMBER, 0},
    {"kept_right", "read rightly", FIELD_NUMBER, 0},
    {"kept_right_after", "with it", FIELD_NUMBER, 0},
    {"sample", "Sample", FIELD_NUMBER, 0},
    {"sample_right", "read rightly", FIELD_NUMBER, 0},
    {"sample_right_after", "with it", FIELD_NUMBER, 0},
    {"sample_changed", "readings changed", FIELD_NUMBER, 0},
    {"verdict", "Verdict", FIELD_TEXT, 0},
};
static const struct field proposal_fields[] = {
    {"message", "Message", FIELD_TEXT, 0},
    {"read_as", "Read as", FIELD_TEXT, 0},
    {"meant", "Meant", FIELD_TEXT, 0},
    {"by", "By", FIELD_TEXT, 0},
    {"language", "", FIELD_TEXT, 0},
    {"statement", "To learn", FIELD_TEXT, FIELD_WRAPPED},
    {"refused", "Refused", FIELD_TEXT, FIELD_WRAPPED},
};

static int count_accepted(const GPtrArray *proposals)
{
	int count = 0;
	for (guint i = 0; i < proposals->len; i++)
		count += !((const struct learn_proposal *)proposals->pdata[i])->is_refused;
	return count;
}

static void print_proposals(struct printer *printer, const GPtrArray *proposals)
{
	printer_begin_list(
	    printer, "proposals", "What could be learnt", proposal_fields, ARRAY_LENGTH(proposal_fields));
	for (guint i = 0; i < proposals->len; i++) {
		const struct learn_proposal *proposal = proposals->pdata[i];
		g_autofree char *statement = proposal->words->len ? learn_statement(proposal) : NULL;
		printer_text(printer, proposal->example->id);
		printer_text(printer, intent_kind_word(proposal->example->before));
		printer_text(printer, intent_kind_word(proposal->example->meaning));
		printer_text(printer, proposal->example->who);
		printer_text(printer, proposal->language);
		printer_text(printer, statement);
		printer_text(printer, proposal->refusal);
		printer_end_row(printer);
	}
	printer_end_list(printer);
}

static void print_all(struct session *session, const struct figures *kept, const struct figures *sample,
    const GPtrArray *proposals, const char *verdict)
{
	struct printer *printer = session_printer(session);
	printer_begin_record(printer, NULL, summary_fields, ARRAY_LENGTH(summary_fields));
	printer_number(printer, kept->count);
	printer_number(printer, kept->before);
	printer_number(printer, kept->after);
	printer_number(printer, sample->count);
	printer_number(printer, sample->before);
	printer_number(printer, sample->after);
	printer_number(printer, sample->changed);
	printer_text(printer, verdict);
	print_proposals(printer, proposals);
	printer_end_record(printer);
}

/* The journal knows when the site learnt, so that a reading can be told from an earlier one. */
static bool note(struct session *session, const char *what, int count, struct error *error)
{
	g_autofree char *text = g_strdup_printf("learn: %s %d statements", what, count);
	if (!session_begin(session, error))
		return false;
	if (journal_append(&session->ledger, EVENT_NOTE, (struct event_about){0},
		json_pack("{s:o}", "text", json_text(text)), NULL, error))
		return session_commit(session, error);
	session_rollback(session);
	return false;
}

static bool adopt(struct session *session, const GPtrArray *proposals, struct error *error)
{
	int count;
	return learn_adopt(session, proposals, &count, error) && note(session, "adopted", count, error);
}

static bool undo(struct session *session, struct error *error)
{
	int count;
	if (!learn_undo(session, &count, error))
		return false;
	if (count == 0)
		return error_set(error, STATUS_NO, "learn: nothing was adopted that could be taken back");
	return note(session, "took back", count, error);
}

/* The shipped sample beside the lexicons, and what is kept, read as things are. */
static GPtrArray *load(struct session *session, struct error *error)
{
	g_autofree char *lexicons = reading_source_lexicons(session);
	g_autofree char *sample = g_build_filename(lexicons, "sample.jsonl", NULL);
	GPtrArray *examples = learn_examples(session, sample, error);
	if (examples && learn_trial(session, examples, NULL, error))
		return examples;
	if (examples)
		g_ptr_array_unref(examples);
	return NULL;
}

static bool propose(
    struct session *session, const GPtrArray *examples, const GPtrArray *proposals, struct error *error)
{
	const struct learn_options *options = session->options;
	if (!try_all(session, examples, proposals, error))
		return false;
	struct figures kept = compare(examples, true), sample = compare(examples, false);
	bool is_worse = kept.worse > 0 || sample.worse > 0;
	int accepted = count_accepted(proposals);
	print_all(session, &kept, &sample, proposals,
	    accepted == 0    ? "nothing to learn"
	    : is_worse	     ? "it would read worse: refused"
	    : options->adopt ? "adopted"
			     : "may be adopted (--adopt)");
	if (accepted == 0 || is_worse)
		session->status = STATUS_NO;
	else if (options->adopt)
		return adopt(session, proposals, error);
	return true;
}

bool run_learn(struct session *session, struct error *error)
{
	const struct learn_options *options = session->options;
	if (options->undo && options->adopt)
		return error_set(error, STATUS_USAGE, "learn: --adopt and --undo exclude each other");
	if (options->undo)
		return undo(session, error);
	GPtrArray *examples = load(session, error);
	if (!examples)
		return false;
	GPtrArray *proposals = learn_proposals(&session->config, examples);
	bool ok = propose(session, examples, proposals, error);
	g_ptr_array_unref(proposals);
	g_ptr_array_unref(examples);
	return ok;
}
