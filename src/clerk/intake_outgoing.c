/* Our own mail on its way out: invoices, our reminders, and what people write by hand in a known thread. */
#include "base/base.h"
#include "clerk/record.h"

#include "base/iban.h"
#include "clerk/bank.h"
#include "clerk/debtor.h"
#include "clerk/findings.h"
#include "clerk/preceding.h"
#include "dunning/send.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "match/match.h"
#include "store/rows_journal.h"

/* The term that holds by law where an invoice names none (C. com. L441-10 I; Directive 2011/7/EU art. 3): it
 * is assumed, and a person is told. */
#define DEFAULT_TERM_DAYS 30
/* Twenty years: nobody asks for money that was due longer ago, or grants a longer term. */
#define FARTHEST_DAYS	     7305
#define SAME_SENDING_SECONDS (12 * 3600)

static const struct company_config *company_of(const struct ledger *ledger, const struct intake *intake)
{
	const struct message *message = intake->reading->message;
	const char *from = message->from ? message->from->address : NULL;
	const struct company_config *company =
	    config_company_of_sender(ledger->config, intake->envelope->sender);
	if (!company && from)
		company = config_company_of_sender(ledger->config, from);
	if (!company && from)
		company = config_company_of_domain(ledger->config, from);
	return company ? company : config_company_of_domain(ledger->config, intake->envelope->sender);
}

/* Whether both are known: then SAME tells whether they are one, letters and digits counting. */
static bool can_compare(const char *ours, const char *theirs, bool *same)
{
	if (!ours || !*ours || !theirs || !*theirs)
		return false;
	g_autofree char *our_key = receivable_number_key(ours);
	g_autofree char *their_key = receivable_number_key(theirs);
	*same = !strcmp(our_key, their_key);
	return true;
}

/* The SIREN in a SIREN (9 digits) or SIRET (14, it begins with the SIREN); other registers are written in too
 * many ways to be compared. */
static bool siren_of(const char *legal_id, char siren[10])
{
	g_autofree char *key = receivable_number_key(legal_id ? legal_id : "");
	size_t length = strlen(key);
	if ((length != 9 && length != 14) || strspn(key, "0123456789") != length)
		return false;
	memcpy(siren, key, 9);
	siren[9] = '\0';
	return true;
}

static bool can_compare_legal_id(const char *ours, const char *theirs, bool *same)
{
	char our_siren[10], their_siren[10];
	if (!siren_of(ours, our_siren) || !siren_of(theirs, their_siren))
		return false;
	*same = !strcmp(our_siren, their_siren);
	return true;
}

/* An invoice of somebody else that is only passed on is no receivable of ours: another one sold, or we
 * bought. */
static bool is_ours(const struct company_config *company, const struct invoice *invoice)
{
	bool same;
	if (can_compare(company->vat_id, invoice->seller.vat_id, &same))
		return same;
	if (can_compare(company->vat_id, invoice->buyer.vat_id, &same) && same)
		return false;
	if (can_compare_legal_id(company->legal_id, invoice->buyer.legal_id, &same) && same)
		return false;
	return !can_compare_legal_id(company->legal_id, invoice->seller.legal_id, &same) || same;
}

/* The document that people want to see again: the PDF beside the XML, where there is one. */
static guint document_to_keep(const struct intake *intake, guint index)
{
	const GPtrArray *documents = intake->reading->documents;
	for (guint i = 0; i < documents->len; i++) {
		const struct reading_document *document = documents->pdata[i];
		bool is_pdf = document->media_type && !strcmp(document->media_type, "application/pdf");
		if (document->same_as == (int)index && is_pdf && i < intake->documents->len &&
		    intake->documents->pdata[i])
			return i;
	}
	return index;
}

static bool task(struct ledger *ledger, const struct company_config *company, const char *kind,
    int64_t customer, int64_t receivable, int64_t message, char *title, const char *detail,
    struct error *error)
{
	struct task_draft draft = {
	    .company = company->name,
	    .kind = kind,
	    .customer = customer,
	    .receivable = receivable,
	    .message = message,
	    .title = title,
	    .detail = detail,
	    .due_on = ledger->today + 1,
	};
	bool done = act_open_task(ledger, &draft, NULL, error);
	g_free(title);
	return done;
}

static char *join_lines(const GPtrArray *texts)
{
	if (!texts->len)
		return NULL;
	GString *joined = g_string_new(NULL);
	for (guint i = 0; i < texts->len; i++)
		g_string_append_printf(joined, "%s%s", i ? "\n" : "", (const char *)texts->pdata[i]);
	return g_string_free(joined, FALSE);
}

/* Whether DAY is one that an invoice of these years can name: what is read wrongly often lies centuries away.
 */
static bool is_near(date_t today, date_t day)
{
	return day == DATE_NONE || (day > today - FARTHEST_DAYS && day < today + FARTHEST_DAYS);
}

static bool dates_are_near(date_t today, const struct invoice *invoice)
{
	bool near = is_near(today, invoice->issue_date) && is_near(today, invoice->due_date);
	for (guint i = 0; i < invoice->due_lines->len; i++)
		near = near && is_near(today, g_array_index(invoice->due_lines, struct due_line, i).date);
	return near;
}

static bool has_number(const struct invoice *invoice)
{
	g_autofree char *key = receivable_number_key(invoice->number ? invoice->number : "");
	return *key;
}

/* What of the invoice must be known before anybody can be asked for money. NULL: nothing is missing. */
static const char *missing_for_receivable(date_t today, const struct invoice *invoice)
{
	return !has_number(invoice)		 ? "no invoice number was found"
	       : !dates_are_near(today, invoice) ? "its dates are not of these years"
	       : money_is_none(invoice->payable) ? "no amount to pay was found"
	       : invoice->payable.minor < 0 && invoice_booked_kind(invoice) != INVOICE_KIND_CREDIT_NOTE
		   ? "the amount to pay is negative"
		   : NULL;
}

static GArray *due_lines_of(const struct invoice *invoice)
{
	GArray *lines = g_array_new(FALSE, TRUE, sizeof(struct due_line_row));
	for (guint i = 0; i < invoice->due_lines->len; i++) {
		const struct due_line *line = &g_array_index(invoice->due_lines, struct due_line, i);
		int64_t amount = line->amount.minor;
		struct due_line_row row = {
		    .due_on = line->date, .amount = invoice->payable.minor < 0 ? -amount : amount};
		g_array_append_val(lines, row);
	}
	return lines;
}

struct opening {
	const struct company_config *company;
	const struct intake *intake;
	int64_t message;
	guint index; /* of the document */
	const struct invoice *invoice;
};

/* Money that goes to a wrong account is gone: a person looks at once. */
static bool question_iban(struct ledger *ledger, const struct opening *opening, int64_t customer,
    int64_t receivable, struct error *error)
{
	const char *iban = findings_bad_iban(opening->company, opening->invoice),
		   *name = opening->company->name;
	if (!iban)
		return true;
	char *title =
	    iban_is_mistyped(iban)
		? g_strdup_printf(
		      "%s asks for money to %s, which is no IBAN: its length or check digits are wrong",
		      opening->invoice->number, iban)
		: g_strdup_printf("%s asks for money to %s, which is not an account of %s",
		      opening->invoice->number, iban, name);
	return task(
	    ledger, opening->company, "iban", customer, receivable, opening->message, title, NULL, error);
}

static bool open_receivable(struct ledger *ledger, const struct opening *opening, int64_t customer,
    int64_t *receivable, bool *opened, struct error *error)
{
	const struct invoice *invoice = opening->invoice;
	const struct message *message = opening->intake->reading->message;
	guint kept = document_to_keep(opening->intake, opening->index);
	const struct reading_document *document = opening->intake->reading->documents->pdata[kept];
	GBytes *bytes =
	    kept < opening->intake->documents->len ? opening->intake->documents->pdata[kept] : NULL;
	char sha256[SHA256_TEXT_SIZE];
	gsize length = 0;
	const void *content = bytes ? g_bytes_get_data(bytes, &length) : NULL;
	if (content && !blob_put(ledger->store, content, length, sha256, error))
		return false;
	enum invoice_kind kind = invoice_booked_kind(invoice);
	date_t issue_date = invoice->issue_date == DATE_NONE ? ledger->today : invoice->issue_date;
	bool due_is_assumed = invoice->due_date == DATE_NONE;
	g_autoptr(GArray) lines = due_lines_of(invoice);
	g_autofree char *preceding = join_lines(invoice->preceding);
	struct receivable_draft draft = {
	    .company = opening->company->name,
	    .customer = customer,
	    .number = invoice->number,
	    .kind = invoice_kind_word(kind),
	    .issue_date = issue_date,
	    .due_date = due_is_assumed ? issue_date + DEFAULT_TERM_DAYS : invoice->due_date,
	    .currency = invoice->currency,
	    .total = invoice->payable.minor < 0 ? -invoice->payable.minor : invoice->payable.minor,
	    .open = INT64_MIN,
	    .message = opening->message,
	    .message_id = record_message_id(opening->intake),
	    .subject = message->subject,
	    .sha256 = content ? sha256 : NULL,
	    .document_name = document->name,
	    .document_type = document->media_type,
	    .order_number = invoice->order_number,
	    .payment_reference = invoice->payment_reference,
	    .iban = bank_account_of(opening->company, invoice),
	    .preceding = preceding,
	    .due_lines = (const struct due_line_row *)(const void *)lines->data,
	    .due_line_count = due_is_assumed ? 0 : lines->len,
	};
	if (!act_open_receivable(ledger, &draft, receivable, opened, error))
		return false;
	if (*opened && !question_iban(ledger, opening, customer, *receivable, error))
		return false;
	if (*opened && due_is_assumed && kind != INVOICE_KIND_CREDIT_NOTE &&
	    !task(ledger, opening->company, "due_date", customer, *receivable, opening->message,
		g_strdup_printf("%s names no due date: 30 days are assumed", invoice->number), NULL, error))
		return false;
	if (*opened && kind == INVOICE_KIND_CORRECTIVE)
		return preceding_question(ledger, opening->company, invoice, opening->message, error);
	return !*opened || kind != INVOICE_KIND_CREDIT_NOTE ||
	       preceding_credit(ledger, opening->company, opening->intake, invoice, *receivable, error);
}

static void note_result(struct intake_result *result, const struct invoice *invoice, bool opened)
{
	char due[DATE_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
	if (opened || strcmp(result->what, "invoice-opened"))
		result->what = opened ? "invoice-opened" : "invoice-sent-again";
	char *before = result->details;
	result->details = g_strdup_printf("%s%snumber=%s payable=%s%s due=%s", before ? before : "",
	    before ? " " : "", invoice->number, money_format(invoice->payable, amount), invoice->currency,
	    date_format(invoice->due_date, due));
	g_free(before);
}

/* Who gets an invoice again later was just asked for money by us: the robot waits. Within half a day it is
 * the same sending to one more recipient. */
static bool note_contact(
    struct ledger *ledger, const struct opening *opening, int64_t receivable, struct error *error)
{
	struct event first;
	bool found;
	if (!journal_get(ledger->store, receivable, &first, &found, error) || !found)
		return false;
	struct event_about about = {
	    .customer = first.customer, .receivable = receivable, .message = opening->message};
	bool done =
	    ledger->now < first.at + SAME_SENDING_SECONDS ||
	    journal_append(ledger, EVENT_CONTACT_MADE, about, json_pack("{s:s}", "how", "mail"), NULL, error);
	row_clear(&journal_table, &first);
	return done;
}

static bool take_invoice(
    struct ledger *ledger, const struct opening *opening, struct intake_result *result, struct error *error)
{
	const char *missing = missing_for_receivable(ledger->today, opening->invoice);
	const struct reading_document *document = opening->intake->reading->documents->pdata[opening->index];
	if (missing) {
		const char *doubt = document->reason;
		result->what = "unreadable";
		return task(ledger, opening->company, "unreadable", 0, 0, opening->message,
		    g_strdup_printf("%s cannot be read as an invoice: %s%s%s",
			document->name ? document->name : "the mail's text", missing, doubt ? "; " : "",
			doubt ? doubt : ""),
		    NULL, error);
	}
	int64_t customer, receivable;
	bool opened;
	if (!debtor_of_invoice(
		ledger, opening->company, opening->intake, opening->invoice, &customer, error) ||
	    !open_receivable(ledger, opening, customer, &receivable, &opened, error) ||
	    !act_link(ledger, opening->message, receivable, "sure", 1000, "document", error) ||
	    (!opened && !note_contact(ledger, opening, receivable, error)))
		return false;
	note_result(result, opening->invoice, opened);
	return bank_question_mail(
	    ledger, opening->company, opening->intake, customer, receivable, opening->message, error);
}

static bool take_unreadable(
    struct ledger *ledger, const struct opening *opening, struct intake_result *result, struct error *error)
{
	const struct reading_document *document = opening->intake->reading->documents->pdata[opening->index];
	result->what = "unreadable";
	return task(ledger, opening->company, "unreadable", 0, 0, opening->message,
	    g_strdup_printf("%s cannot be read: %s", document->name ? document->name : "an attachment",
		document->reason ? document->reason : "it is damaged"),
	    NULL, error);
}

/* How many of the message's documents can be or could be invoices of ours. */
static guint count_documents(
    const struct company_config *company, const struct intake *intake, bool from_invoicing)
{
	guint count = 0;
	for (guint i = 0; i < intake->reading->documents->len; i++) {
		const struct reading_document *document = intake->reading->documents->pdata[i];
		count += document->outcome == DOCUMENT_INVOICE && document->invoice &&
			 is_ours(company, document->invoice);
		count += document->outcome == DOCUMENT_UNREADABLE && from_invoicing;
	}
	return count;
}

static bool take_documents(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, int64_t message, struct intake_result *result, struct error *error)
{
	bool done = true;
	for (guint i = 0; done && i < intake->reading->documents->len; i++) {
		const struct reading_document *document = intake->reading->documents->pdata[i];
		struct opening opening = {company, intake, message, i, document->invoice};
		if (document->outcome == DOCUMENT_INVOICE && document->invoice &&
		    is_ours(company, document->invoice))
			done = take_invoice(ledger, &opening, result, error);
		else if (document->outcome == DOCUMENT_UNREADABLE)
			done = take_unreadable(ledger, &opening, result, error);
	}
	return done;
}

/* Another copy of a known message, for other recipients: they are contacts, too. */
static bool learn_recipients(struct ledger *ledger, const struct intake *intake, struct error *error)
{
	const char *id = record_message_id(intake);
	GPtrArray *rows = id ? receivable_list_of_message_id(ledger->store, id, error) : g_ptr_array_new();
	bool done = rows;
	for (guint i = 0; done && i < rows->len; i++) {
		const struct receivable *receivable = rows->pdata[i];
		bool is_first =
		    i == 0 || receivable->customer != ((struct receivable *)rows->pdata[i - 1])->customer;
		done = !is_first || debtor_learn_contacts(ledger, intake, receivable->customer, error);
	}
	rows_free(&receivable_table, rows);
	return done;
}

/* A person's own mail in the thread: the customer was contacted, the robot waits. */
static bool take_contact(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const GPtrArray *matches, struct intake_result *result, struct error *error)
{
	int64_t message;
	struct record_facts facts = {.company = company->name};
	if (!record_message(ledger, intake, &facts, result, &message, error))
		return false;
	result->what = message ? "contact" : "known";
	for (guint i = 0; message && i < matches->len; i++) {
		const struct match *match = matches->pdata[i];
		g_autofree char *evidence = match_evidence(match);
		if (!match->is_sure)
			continue;
		struct event_about about = {.customer = match->receivable.customer,
		    .receivable = match->receivable.id,
		    .message = message};
		if (!bank_question_mail(ledger, company, intake, match->receivable.customer,
			match->receivable.id, message, error) ||
		    !act_link(ledger, message, match->receivable.id, "sure", match->score, evidence, error) ||
		    !journal_append(
			ledger, EVENT_CONTACT_MADE, about, json_pack("{s:s}", "how", "mail"), NULL, error))
			return false;
	}
	return true;
}

static bool take_thread_mail(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, struct intake_result *result, struct error *error)
{
	GPtrArray *matches = match_reading(ledger->store, ledger->config, intake->reading, error);
	if (!matches)
		return false;
	bool any_sure = matches->len && ((struct match *)matches->pdata[0])->is_sure;
	bool is_person = intake->reading->message->kind == MESSAGE_HUMAN;
	bool done = !any_sure || !is_person || take_contact(ledger, company, intake, matches, result, error);
	g_ptr_array_unref(matches);
	return done;
}

static bool take_invoices(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, struct intake_result *result, struct error *error)
{
	int64_t message;
	struct record_facts facts = {.company = company->name};
	struct intake found = *intake;
	json_t *reading = findings_in_reading(ledger, company, intake, error);
	if (!reading)
		return false;
	found.reading_json = reading;
	bool done = record_message(ledger, &found, &facts, result, &message, error);
	json_decref(reading);
	if (!done)
		return false;
	if (message)
		return take_documents(ledger, company, intake, message, result, error);
	result->what = "known";
	return learn_recipients(ledger, intake, error);
}

bool intake_outgoing(
    struct ledger *ledger, const struct intake *intake, struct intake_result *result, struct error *error)
{
	const char *id = record_message_id(intake);
	bool is_reminder = false;
	if (id && !dunning_seen(ledger, id, &is_reminder, error))
		return false;
	if (is_reminder) {
		result->what = "reminder-seen";
		record_watch(result, id);
		return true;
	}
	const struct company_config *company = company_of(ledger, intake);
	if (!company || !debtor_has_recipients(ledger, intake))
		return true;
	const struct message *message = intake->reading->message;
	bool from_invoicing =
	    config_company_of_sender(ledger->config, intake->envelope->sender) ||
	    (message->from && config_company_of_sender(ledger->config, message->from->address));
	return count_documents(company, intake, from_invoicing)
		   ? take_invoices(ledger, company, intake, result, error)
		   : take_thread_mail(ledger, company, intake, result, error);
}
