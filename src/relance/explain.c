#include "base/base.h"
#include "dunning/effects.h"
#include "ledger/body.h"
#include "match/lookalike.h"
#include "match/match.h"
#include "match/trust.h"
#include "relance/reading_source.h"
#include "report/display.h"

/* What the daemon would do with a message: the reading, what it is about, what follows. Nothing is written.
 */

static json_t *json_of_match(const struct match *match)
{
	json_t *evidence = json_array();
	for (guint i = 0; i < match->evidence->len; i++)
		json_array_append_new(evidence, json_string(g_ptr_array_index(match->evidence, i)));
	return json_pack("{s:s, s:s?, s:o, s:s, s:o}", "invoice", match->receivable.number, "customer",
	    match->customer_name, "score", json_real(match->score / 1000.0), "status",
	    match->is_sure ? "sure" : "proposed", "evidence", evidence);
}

static json_t *json_of_effect(const struct effect *effect)
{
	return json_pack("{s:s?, s:s, s:o, s:s?, s:s?}", "invoice", effect->receivable.number, "effect",
	    effect_kind_word(effect->kind), "until", json_date(effect->until), "task", effect->task, "why",
	    effect->why);
}

/* A mail of our own: it opens or repeats invoices, and decides nothing. */
static bool is_outgoing(const struct session *session, const struct reading *reading)
{
	const struct address *from = reading->message->from;
	return from != NULL && from->address != NULL &&
	       config_company_of_sender(&session->config, from->address) != NULL;
}

static bool is_verified(struct session *session, const struct reading *reading, const GPtrArray *matches,
    bool *verified, struct error *error)
{
	*verified = false;
	if (matches->len == 0)
		return true;
	const struct match *best = g_ptr_array_index(matches, 0);
	return trust_sender(
	    session->store, &session->config, reading->message, best->receivable.customer, verified, error);
}

static bool find_imitated(struct session *session, const struct reading *reading, const GPtrArray *matches,
    char **imitated, struct error *error)
{
	const struct match *best = matches->len ? g_ptr_array_index(matches, 0) : NULL;
	const struct address *from = reading->message->from;
	return best == NULL ||
	       lookalike_find(session->store, config_company(&session->config, best->receivable.company),
		   best->receivable.customer, from != NULL ? from->address : NULL, imitated, error);
}

/* Whom the mail of ours went to that a report names (of char *); NULL where the message is no report. */
static bool find_addressees(
    struct session *session, const struct reading *reading, GPtrArray **addressees, struct error *error)
{
	const struct delivery *delivery = reading->message->delivery;
	const char *reported = delivery == NULL			       ? NULL
			       : delivery->original_message_id != NULL ? delivery->original_message_id
								       : delivery->envelope_id;
	*addressees = reported != NULL ? addressee_list(session->store, reported, error) : NULL;
	return reported == NULL || *addressees != NULL;
}

/* Adds "matches", "verified", "effects" and "review" to the reading's JSON. */
static bool add_decision(
    struct session *session, json_t *json, const struct reading *reading, struct error *error)
{
	GPtrArray *matches = match_reading(session->store, &session->config, reading, error);
	bool verified;
	char *imitated = NULL;
	GPtrArray *addressees = NULL;
	bool ok = matches != NULL && find_addressees(session, reading, &addressees, error) &&
		  is_verified(session, reading, matches, &verified, error) &&
		  (verified || find_imitated(session, reading, matches, &imitated, error));
	if (ok) {
		const struct match *best = matches->len ? g_ptr_array_index(matches, 0) : NULL;
		struct effect_context context = {.config = &session->config,
		    .today = session->today,
		    .is_verified = verified,
		    .customer = best ? best->receivable.customer : 0,
		    .addressees = addressees,
		    .imitated = imitated};
		struct decision decision;
		json_t *match_list = json_array();
		json_t *effect_list = json_array();
		effects_decide(&context, reading, matches, &decision);
		for (guint i = 0; i < matches->len; i++)
			json_array_append_new(match_list, json_of_match(g_ptr_array_index(matches, i)));
		bool decides = matches->len > 0 && !is_outgoing(session, reading);
		for (guint i = 0; decides && i < decision.effects->len; i++)
			json_array_append_new(
			    effect_list, json_of_effect(g_ptr_array_index(decision.effects, i)));
		json_object_set_new(json, "matches", match_list);
		json_object_set_new(json, "verified", json_boolean(verified));
		json_object_set_new(json, "effects", effect_list);
		json_object_set_new(json, "review", json_boolean(decides && decision.needs_review));
		decision_clear(&decision);
	}
	g_free(imitated);
	g_clear_pointer(&addressees, g_ptr_array_unref);
	if (matches != NULL)
		g_ptr_array_unref(matches);
	return ok;
}

static void add_nothing(json_t *json)
{
	json_object_set_new(json, "matches", json_array());
	json_object_set_new(json, "verified", json_false());
	json_object_set_new(json, "effects", json_array());
	json_object_set_new(json, "review", json_false());
}

static void append_value(struct buffer *text, const char *before, const json_t *object, const char *key)
{
	const char *value = body_text(object, key);
	if (value == NULL)
		return;
	buffer_append_text(text, before);
	display_append(text, value);
}

static void describe_decision(const json_t *json, struct buffer *text)
{
	size_t index, word;
	json_t *item, *evidence;
	json_array_foreach(json_object_get(json, "matches"), index, item)
	{
		append_value(text, "  about ", item, "invoice");
		append_value(text, " (", item, "customer");
		append_value(text, "), ", item, "status");
		buffer_printf(
		    text, " %d %%:", (int)(json_number_value(json_object_get(item, "score")) * 100 + 0.5));
		json_array_foreach(json_object_get(item, "evidence"), word, evidence)
		    buffer_printf(text, " %s", json_string_value(evidence));
		buffer_append_char(text, '\n');
	}
	json_array_foreach(json_object_get(json, "effects"), index, item)
	{
		append_value(text, "  effect ", item, "effect");
		append_value(text, " on ", item, "invoice");
		append_value(text, " until ", item, "until");
		append_value(text, ", task ", item, "task");
		append_value(text, ": ", item, "why");
		buffer_append_char(text, '\n');
	}
	if (json_array_size(json_object_get(json, "matches")) == 0)
		buffer_append_text(text, "  about no invoice in the books\n");
	if (json_is_true(json_object_get(json, "review")))
		buffer_append_text(text, "  a person must look at it\n");
}

static void print_explained(const struct session *session, const json_t *json)
{
	if (session_is_json(session)) {
		reading_write_line(json);
		return;
	}
	struct buffer text = BUFFER_EMPTY;
	reading_describe(json, &text);
	describe_decision(json, &text);
	fputs(text.bytes, stdout);
	buffer_clear(&text);
}

static bool explain_file(
    struct session *session, struct reading_source *source, const char *file, struct error *error)
{
	struct reader_answer answer;
	struct reading *reading;
	if (!reading_source_read(source, file, -1, &answer, error))
		return false;
	bool ok = reading_from_json(answer.reading, &reading, error) || error_prefix(error, "%s", file);
	if (ok) {
		if (reading->message != NULL && reading->error == NULL)
			ok = add_decision(session, answer.reading, reading, error);
		else
			add_nothing(answer.reading);
		if (ok)
			print_explained(session, answer.reading);
		if (ok && reading->error != NULL)
			session->status = STATUS_DATA;
		reading_free(reading);
	}
	reader_answer_clear(&answer);
	return ok;
}

/* A file that cannot be read is told as by `read`; the others are still explained. */
bool run_explain(struct session *session, struct error *error)
{
	struct reading_source source;
	bool ok = true;
	reading_source_init(&source, session);
	for (int i = 0; ok && i < session->argument_count; i++) {
		const char *file = session->arguments[i];
		struct error bad = {0};
		if (explain_file(session, &source, file, &bad))
			continue;
		ok = bad.status == STATUS_DATA;
		if (!ok) {
			*error = bad;
			break;
		}
		json_t *json = reading_of_error(file, bad.text);
		add_nothing(json);
		print_explained(session, json);
		json_decref(json);
		session->status = STATUS_DATA;
	}
	reading_source_clear(&source);
	return ok;
}
