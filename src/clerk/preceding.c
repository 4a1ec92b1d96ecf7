#include "base/base.h"
#include "clerk/preceding.h"

#include "ledger/act.h"
#include "match/match.h"

#define MOST_PROPOSALS 3

struct crediting {
	struct ledger *ledger;
	const struct company_config *company;
	const struct intake *intake;
	const struct invoice *invoice;
	struct receivable note;
	GPtrArray *open; /* of struct receivable *: the customer's open invoices of that currency */
};

static bool is_creditable(const struct crediting *crediting, const struct receivable *receivable)
{
	return receivable->open > 0 && strcmp(receivable->kind, "credit_note") != 0 &&
	       !strcmp(receivable->company, crediting->note.company) &&
	       !strcmp(receivable->currency, crediting->note.currency);
}

static bool crediting_init(struct crediting *crediting, int64_t note, struct error *error)
{
	bool found;
	if (!receivable_get(crediting->ledger->store, note, &crediting->note, &found, error))
		return false;
	crediting->open =
	    receivable_list_of_customer(crediting->ledger->store, crediting->note.customer, "open", error);
	for (guint i = 0; crediting->open && i < crediting->open->len;) {
		if (is_creditable(crediting, crediting->open->pdata[i]))
			i++;
		else
			row_free(&receivable_table, g_ptr_array_remove_index(crediting->open, i));
	}
	if (!crediting->open)
		row_clear(&receivable_table, &crediting->note);
	return crediting->open;
}

static void crediting_clear(struct crediting *crediting)
{
	rows_free(&receivable_table, crediting->open);
	row_clear(&receivable_table, &crediting->note);
}

static bool is_named(const struct crediting *crediting, const struct receivable *receivable)
{
	for (guint i = 0; i < crediting->invoice->preceding->len; i++) {
		g_autofree char *key = receivable_number_key(crediting->invoice->preceding->pdata[i]);
		if (!strcmp(key, receivable->number_key))
			return true;
	}
	return false;
}

/* A number of few characters stands in a text by chance; an invoice that comes with the note is named for
 * itself. */
static bool is_in_the_mail(const struct crediting *crediting, const struct receivable *receivable)
{
	const struct message *message = crediting->intake->reading->message;
	return strlen(receivable->number_key) >= 4 && receivable->message != crediting->note.message &&
	       (match_text_has_number(message->subject, receivable->number_key) ||
		   match_text_has_number(message->new_text, receivable->number_key));
}

static bool has_same_amount(const struct crediting *crediting, const struct receivable *receivable)
{
	return receivable->open == -crediting->note.open;
}

static bool has_same_order(const struct crediting *crediting, const struct receivable *receivable)
{
	return crediting->note.order_number && receivable->order_number &&
	       !strcmp(crediting->note.order_number, receivable->order_number);
}

typedef bool sign(const struct crediting *crediting, const struct receivable *receivable);

struct reason {
	sign *shows;
	const char *why;
};

static guint count_those(const struct crediting *crediting, sign *shows)
{
	guint count = 0;
	for (guint i = 0; i < crediting->open->len; i++)
		count += shows(crediting, crediting->open->pdata[i]);
	return count;
}

/* Credits those that SHOWS speaks for, the longest due first. */
static bool credit_those(struct crediting *crediting, sign *shows, struct error *error)
{
	for (guint i = 0; i < crediting->open->len; i++) {
		const struct receivable *receivable = crediting->open->pdata[i];
		int64_t part = MIN(-crediting->note.open, receivable->open);
		if (!shows(crediting, receivable) || part <= 0)
			continue;
		if (!act_use_credit_note(crediting->ledger, &crediting->note, receivable, part,
			crediting->ledger->today, error))
			return false;
		crediting->note.open += part;
	}
	return true;
}

/* The first of REASONS before END that speaks for RECEIVABLE; END where none does. */
static size_t first_reason(const struct crediting *crediting, const struct receivable *receivable,
    const struct reason *reasons, size_t end)
{
	size_t at = 0;
	while (at < end && !reasons[at].shows(crediting, receivable))
		at++;
	return at;
}

static void propose(const struct crediting *crediting, GString *detail)
{
	static const struct reason reasons[] = {{is_in_the_mail, "the mail names it"},
	    {has_same_amount, "the same amount"}, {has_same_order, "the same order"}};
	guint proposals = 0;
	char amount[MONEY_TEXT_SIZE];
	for (size_t r = 0; r < ARRAY_LENGTH(reasons); r++)
		for (guint i = 0; i < crediting->open->len && proposals < MOST_PROPOSALS; i++) {
			const struct receivable *receivable = crediting->open->pdata[i];
			int64_t part = MIN(-crediting->note.open, receivable->open);
			if (first_reason(crediting, receivable, reasons, r + 1) != r)
				continue;
			money_format(money(part, receivable->currency), amount);
			g_string_append_printf(detail, "%s (%s): relance credit %s %s --ref %s\n",
			    receivable->number, reasons[r].why, receivable->number, amount,
			    crediting->note.number);
			proposals++;
		}
	if (!proposals)
		g_string_append_printf(detail,
		    "relance credit INVOICE AMOUNT --ref %s; until then it is set "
		    "against all that the customer owes",
		    crediting->note.number);
}

static bool ask(struct crediting *crediting, struct error *error)
{
	char amount[MONEY_TEXT_SIZE];
	money_format(money(-crediting->note.open, crediting->note.currency), amount);
	g_autofree char *title = g_strdup_printf("%s of %s %s: which invoice does it credit?",
	    crediting->note.number, amount, crediting->note.currency);
	g_autoptr(GString) detail = g_string_new(NULL);
	propose(crediting, detail);
	struct task_draft draft = {
	    .company = crediting->company->name,
	    .kind = "credit_note",
	    .customer = crediting->note.customer,
	    .receivable = crediting->note.id,
	    .message = crediting->note.message,
	    .title = title,
	    .detail = detail->str,
	    .due_on = crediting->ledger->today + 1,
	};
	return act_open_task(crediting->ledger, &draft, NULL, error);
}

bool preceding_credit(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const struct invoice *invoice, int64_t note, struct error *error)
{
	struct crediting crediting = {
	    .ledger = ledger, .company = company, .intake = intake, .invoice = invoice};
	if (!crediting_init(&crediting, note, error))
		return false;
	/* several that a mail names may all be credited, or stand there for another reason */
	sign *sure = count_those(&crediting, is_named) > 0	    ? is_named
		     : count_those(&crediting, is_in_the_mail) == 1 ? is_in_the_mail
								    : NULL;
	bool done =
	    sure ? credit_those(&crediting, sure, error) : !crediting.note.open || ask(&crediting, error);
	crediting_clear(&crediting);
	return done;
}

static bool question(struct ledger *ledger, const struct company_config *company,
    const struct invoice *invoice, const struct receivable *earlier, int64_t message, struct error *error)
{
	g_autofree char *title =
	    g_strdup_printf("%s corrects %s: what of both is owed?", invoice->number, earlier->number);
	struct task_draft draft = {
	    .company = company->name,
	    .kind = "duplicate",
	    .customer = earlier->customer,
	    .receivable = earlier->id,
	    .message = message,
	    .title = title,
	    .due_on = ledger->today + 1,
	};
	return act_open_task(ledger, &draft, NULL, error);
}

bool preceding_question(struct ledger *ledger, const struct company_config *company,
    const struct invoice *invoice, int64_t message, struct error *error)
{
	for (guint i = 0; i < invoice->preceding->len; i++) {
		struct receivable earlier;
		bool found;
		if (!receivable_of_identity(ledger->store, company->name, invoice->preceding->pdata[i],
			"invoice", &earlier, &found, error))
			return false;
		if (!found)
			continue;
		bool done = strcmp(earlier.state, "open") != 0 ||
			    question(ledger, company, invoice, &earlier, message, error);
		row_clear(&receivable_table, &earlier);
		if (!done)
			return false;
	}
	return true;
}
