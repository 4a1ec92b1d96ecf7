#include "base/base.h"
#include "dunning/insolvency.h"

#include "base/money.h"
#include "ledger/body.h"

/* What is asked of people about steps that are not taken any more. */
static const char *const of_steps[] = {"call", "letter", "approve", "legal", "proof", NULL};
static const char *const of_insolvency[] = {"insolvency", NULL};

/* Until somebody must have found the publication. */
#define SEARCH_DAYS 14
#define MONTHS_FR   2
/* For creditors who do not live in metropolitan France. */
#define MORE_MONTHS_FR 2

static bool is_metropolitan(const struct company_config *company)
{
	static const char *const overseas[] = {"971", "972", "973", "974", "975", "976", "977", "978", "986",
	    "987", "988", "GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF", "WF", "PF", "NC"};
	if (strcmp(company->country, "FR") != 0)
		return false;
	const char *hyphen = strchr(company->region, '-');
	const char *region = hyphen ? hyphen + 1 : company->region;
	for (size_t i = 0; i < ARRAY_LENGTH(overseas); i++)
		if (strcmp(region, overseas[i]) == 0)
			return false;
	return true;
}

date_t insolvency_deadline(const struct config *config, const struct customer *customer, date_t published_on)
{
	const struct company_config *company = config_company(config, customer->company);
	const char *country = customer->country && *customer->country ? customer->country
			      : company				      ? company->country
								      : "";
	if (!company || published_on == DATE_NONE || strcmp(country, "FR") != 0)
		return DATE_NONE;
	return date_add_months(published_on, MONTHS_FR + (is_metropolitan(company) ? 0 : MORE_MONTHS_FR));
}

/* The customer's open tasks of these KINDS (ends with NULL). */
static bool finish_tasks(struct ledger *ledger, const struct customer *customer, const char *const *kinds,
    const char *outcome, struct error *error)
{
	GPtrArray *tasks = task_list_of_customer(ledger->store, customer->id, "open", error);
	bool done = tasks;
	for (guint i = 0; done && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if (g_strv_contains(kinds, task->kind))
			done = act_finish_task(ledger, task->id, outcome, error);
	}
	rows_free(&task_table, tasks);
	return done;
}

/* "1188.00 EUR, 50.00 USD": what is to be declared. */
static char *sums_of(struct ledger *ledger, int64_t customer, struct error *error)
{
	GPtrArray *open = receivable_list_of_customer(ledger->store, customer, "open", error);
	if (!open)
		return NULL;
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < open->len; i++) {
		const char *currency = ((const struct receivable *)open->pdata[i])->currency;
		int64_t sum = 0;
		bool told = false;
		for (guint j = 0; j < open->len; j++) {
			const struct receivable *other = open->pdata[j];
			if (strcmp(other->currency, currency) != 0)
				continue;
			told = told || j < i;
			sum += other->open;
		}
		char amount[MONEY_TEXT_SIZE];
		if (!told)
			g_string_append_printf(text, "%s%s %s", text->len ? ", " : "",
			    money_format(money(sum, currency), amount), currency);
	}
	rows_free(&receivable_table, open);
	return g_string_free(text, FALSE);
}

static bool open_task(
    struct ledger *ledger, const struct customer *customer, date_t published_on, struct error *error)
{
	date_t deadline = insolvency_deadline(ledger->config, customer, published_on);
	g_autofree char *sums = sums_of(ledger, customer->id, error);
	char day[DATE_TEXT_SIZE];
	if (!sums)
		return false;
	g_autofree char *title =
	    deadline != DATE_NONE ? g_strdup_printf("Declare the claim against %s by %s", customer->name,
					date_format(deadline, day))
				  : g_strdup_printf("Declare the claim against %s in time", customer->name);
	g_autofree char *detail = g_strdup_printf("%s to declare; %s%s", *sums ? sums : "nothing",
	    published_on == DATE_NONE ? "find the day of the publication" : "published on ",
	    published_on == DATE_NONE ? "" : date_format(published_on, day));
	struct task_draft draft = {
	    .company = customer->company,
	    .kind = "insolvency",
	    .customer = customer->id,
	    .title = title,
	    .detail = detail,
	    .due_on = deadline != DATE_NONE ? deadline : ledger->today + SEARCH_DAYS,
	};
	return act_open_task(ledger, &draft, NULL, error);
}

static bool set_state(struct ledger *ledger, const struct customer *customer, const char *state,
    date_t published_on, struct error *error)
{
	return journal_append(ledger, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = customer->id},
	    json_pack("{s:s, s:o}", "state", state, "insolvent_on", json_date(published_on)), NULL, error);
}

bool insolvency_enter(
    struct ledger *ledger, const struct customer *customer, date_t published_on, struct error *error)
{
	if (published_on != DATE_NONE && published_on > ledger->today)
		return error_set(error, STATUS_DATA, "%s: that day is to come", customer->name);
	return set_state(ledger, customer, "insolvent", published_on, error) &&
	       act_hold(ledger, customer->id, NULL, "insolvency", DATE_NONE, NULL, 0, error) &&
	       finish_tasks(ledger, customer, of_insolvency, "published", error) &&
	       finish_tasks(ledger, customer, of_steps, "clerk: insolvency proceedings", error) &&
	       open_task(ledger, customer, published_on, error);
}

bool insolvency_end(struct ledger *ledger, const struct customer *customer, struct error *error)
{
	if (strcmp(customer->state, "insolvent") != 0)
		return error_set(error, STATUS_NO, "%s: is not insolvent", customer->name);
	return set_state(ledger, customer, "normal", DATE_NONE, error) &&
	       act_release(ledger, customer->id, NULL, "insolvency", "ended", NULL, error) &&
	       finish_tasks(ledger, customer, of_insolvency, "ended", error);
}
