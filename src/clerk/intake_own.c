/* Mail between us and our own people: the digest on its way out, reports about it, and the orders that
 * answer it. None of it is a customer's. */
#include "base/base.h"
#include "clerk/record.h"

#include "dunning/notice.h"
#include "dunning/notice_words.h"
#include "dunning/orders.h"
#include "dunning/words.h"
#include "host/clock.h"
#include "ledger/journal.h"
#include "mail/authentication_results.h"
#include "mail/delivery.h"
#include "store/rows_message.h"

/* Lines that an answer says were not understood, and how much of each. */
#define ODD_LINES_MOST	    20
#define ODD_CHARACTERS_MOST 120

static bool is_notice(struct store *store, const char *message_id, bool *is, struct error *error)
{
	struct notice notice;
	*is = false;
	if (!message_id)
		return true;
	g_autofree char *id = *message_id == '<' ? g_strdup(message_id) : g_strdup_printf("<%s>", message_id);
	if (!notice_of_message_id(store, id, &notice, is, error))
		return false;
	if (*is)
		row_clear(&notice_table, &notice);
	return true;
}

/* The notice that the mail answers. */
static bool find_thread(struct store *store, const struct message *message, struct notice *notice,
    bool *found, struct error *error)
{
	const GPtrArray *const lists[] = {message->in_reply_to, message->references};
	*found = false;
	for (size_t l = 0; l < ARRAY_LENGTH(lists); l++)
		for (guint i = 0; !*found && i < lists[l]->len; i++)
			if (!notice_of_message_id(store, lists[l]->pdata[i], notice, found, error))
				return false;
	return true;
}

static const struct company_config *company_of(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->company_count; i++)
		if (strcmp(config->companies[i].name, name) == 0)
			return &config->companies[i];
	return NULL;
}

static bool is_controller(const struct company_config *company, const char *address)
{
	for (size_t i = 0; i < company->controllers.count; i++)
		if (g_ascii_strcasecmp(company->controllers.items[i], address) == 0)
			return true;
	return false;
}

/* Whether the mail server's login is that of ADDRESS: the address itself, or its local part in a domain of
 * ours. Another login would let any colleague speak for the controller. */
static bool is_login_of(const struct config *config, const char *login, const char *address)
{
	const char *at = strchr(address, '@');
	if (!login || !*login || !at)
		return false;
	return g_ascii_strcasecmp(login, address) == 0 ||
	       (strlen(login) == (size_t)(at - address) &&
		   g_ascii_strncasecmp(login, address, strlen(login)) == 0 &&
		   config_company_of_domain(config, address));
}

/* By what the author is known; NULL: by nothing. */
static const char *authentication_of(const struct ledger *ledger, const struct intake *intake)
{
	const struct message *message = intake->reading->message;
	const char *address = message->from->address, *at = strrchr(address, '@');
	if (is_login_of(ledger->config, intake->envelope->login, address))
		return "login";
	return at && authentication_passed(
			 message->authentication_results, &ledger->config->authserv_ids, at + 1)
		   ? "authentication-results"
		   : NULL;
}

/* ---- the answer ---- */

static json_t *lines_of(const struct company_config *company, const GPtrArray *results, bool understood)
{
	json_t *lines = json_array();
	for (guint i = 0; i < results->len; i++) {
		const struct order_result *result = results->pdata[i];
		if ((result->outcome != NULL) != understood ||
		    (!understood && json_array_size(lines) == ODD_LINES_MOST))
			continue;
		g_autofree char *line = g_utf8_substring(
		    result->line, 0, MIN(g_utf8_strlen(result->line, -1), ODD_CHARACTERS_MOST));
		json_t *row = json_pack("{s:s}", "line", line);
		if (understood) {
			const char *word = notice_word(company->language, "order", result->outcome);
			g_autofree char *outcome =
			    result->detail ? g_strdup_printf("%s: %s", word, result->detail) : g_strdup(word);
			json_object_set_new(row, "outcome", json_string(outcome));
		}
		json_array_append_new(lines, row);
	}
	return lines;
}

static bool answer(struct ledger *ledger, const struct company_config *company, const struct intake *intake,
    const char *order_id, const GPtrArray *results, struct error *error)
{
	const struct message *message = intake->reading->message;
	struct zone *zone = zone_new(ledger->config->time_zone, error);
	if (!zone)
		return false;
	struct dunning_site site = {.zone = zone};
	json_t *done = lines_of(company, results, true), *odd = lines_of(company, results, false);
	json_t *context = json_pack("{s:s, s:{s:s}, s:I, s:I}", "language", company->language, "company",
	    "name", company->name, "orders_count", (json_int_t)json_array_size(done), "not_understood_count",
	    (json_int_t)json_array_size(odd));
	json_object_set_new(context, "orders", done);
	json_object_set_new(context, "not_understood", odd);
	struct error wrong = {0}; /* a template of the site: no reason to leave the orders undone */
	g_autofree char *text =
	    words_render(ledger->config, company->language, "answer.txt", context, TEMPLATE_TEXT, &wrong);
	json_decref(context);
	g_autofree char *message_id = notice_message_id(company, "answer", order_id);
	const char *about = message->subject ? message->subject : "";
	g_autofree char *subject =
	    g_ascii_strncasecmp(about, "re:", 3) == 0 ? g_strdup(about) : g_strdup_printf("Re: %s", about);
	struct notice_draft draft = {
	    .company = company,
	    .kind = "answer",
	    .message_id = message_id,
	    .recipients = message->from->address,
	    .in_reply_to = record_message_id(intake),
	    .subject = subject,
	};
	g_autofree char *tidy = words_without_gaps(text ? text : wrong.text);
	draft.text = tidy;
	bool put = notice_put(ledger, &site, &draft, error);
	zone_free(zone);
	return put;
}

/* ---- the orders ---- */

static json_t *order_body(const struct intake *intake, const struct company_config *company,
    const char *order_id, const char *how, const char *sha256)
{
	const struct message *message = intake->reading->message;
	json_t *lines = json_array();
	g_auto(GStrv) split = g_strsplit(message->new_text ? message->new_text : "", "\n", -1);
	for (char **line = split; *line; line++)
		if (*g_strstrip(*line) && **line != '>' && json_array_size(lines) < 100)
			json_array_append_new(lines, json_string(*line));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "company", company->name, "from",
	    message->from->address, "message_id", order_id, "how", how, "sha256", sha256, "lines", lines);
}

/* Carries the orders out in the controller's name: the journal says who. */
static bool carry_out(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const char *order_id, struct intake_result *result, struct error *error)
{
	const struct message *message = intake->reading->message;
	const char *clerk = ledger->actor;
	g_autofree char *actor = g_strdup_printf("mail:%s", message->from->address);
	ledger->actor = actor;
	struct zone *zone = zone_new(ledger->config->time_zone, error);
	struct dunning_site site = {.zone = zone};
	GPtrArray *results =
	    zone ? orders_run(ledger, &site, company, message->new_text ? message->new_text : "", error)
		 : NULL;
	zone_free(zone);
	ledger->actor = clerk;
	if (!results)
		return false;
	guint understood = 0;
	for (guint i = 0; i < results->len; i++)
		understood += ((const struct order_result *)results->pdata[i])->outcome != NULL;
	result->details = g_strdup_printf("from=%s orders=%u not-understood=%u", message->from->address,
	    understood, results->len - understood);
	bool done = answer(ledger, company, intake, order_id, results, error);
	g_ptr_array_unref(results);
	return done;
}

static bool take_orders(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const char *how, struct intake_result *result, struct error *error)
{
	char sha256[SHA256_TEXT_SIZE];
	gsize length;
	int64_t sequence;
	const void *bytes = g_bytes_get_data(intake->bytes, &length);
	if (!blob_put(ledger->store, bytes, length, sha256, error))
		return false;
	const char *id = record_message_id(intake);
	const char *order_id = id ? id : sha256;
	g_autofree char *dedupe = g_strdup_printf("order:%s", order_id);
	if (!journal_append(ledger, EVENT_ORDER_TAKEN, (struct event_about){.dedupe = dedupe},
		order_body(intake, company, order_id, how, sha256), &sequence, error))
		return false;
	result->what = sequence ? "orders" : "known";
	return !sequence || carry_out(ledger, company, intake, order_id, result, error);
}

/* From one of us: a controller's orders, or words of somebody who may give none. */
static bool take_answer(struct ledger *ledger, const struct intake *intake, const struct notice *notice,
    struct intake_result *result, bool *taken, struct error *error)
{
	const struct message *message = intake->reading->message;
	const struct company_config *company = company_of(ledger->config, notice->company);
	const char *from = message->from ? message->from->address : NULL;
	bool controls = company && from && is_controller(company, from);
	*taken = controls || (from && config_company_of_domain(ledger->config, from));
	if (!*taken)
		return true;
	const char *how = controls ? authentication_of(ledger, intake) : NULL;
	const char *refusal = !controls			       ? "not-a-controller"
			      : message->kind != MESSAGE_HUMAN ? "not-a-person"
			      : !intake->envelope->is_live     ? "imported"
			      : !how			       ? "not-authenticated"
							       : NULL;
	if (refusal) {
		result->what = "orders-refused";
		result->details = g_strdup_printf("from=%s reason=%s", from, refusal);
		return true;
	}
	return take_orders(ledger, company, intake, how, result, error);
}

bool intake_own(struct ledger *ledger, const struct intake *intake, struct intake_result *result, bool *taken,
    struct error *error)
{
	const struct message *message = intake->reading->message;
	const struct delivery *delivery = message->delivery;
	const char *id = record_message_id(intake);
	struct notice notice;
	bool found;
	if (!is_notice(ledger->store, id, taken, error))
		return false;
	if (*taken) {
		result->what = "notice-seen";
		record_watch(result, id);
		return !intake->envelope->is_outgoing || notice_seen(ledger, id, &found, error);
	}
	const char *const reported[] = {
	    delivery ? delivery->original_message_id : NULL, delivery ? delivery->envelope_id : NULL};
	for (size_t i = 0; !*taken && i < ARRAY_LENGTH(reported); i++)
		if (!is_notice(ledger->store, reported[i], taken, error))
			return false;
	if (*taken) {
		result->what = "notice-reported";
		return true;
	}
	if (!find_thread(ledger->store, message, &notice, &found, error))
		return false;
	if (!found)
		return true;
	bool done = take_answer(ledger, intake, &notice, result, taken, error);
	row_clear(&notice_table, &notice);
	return done;
}
