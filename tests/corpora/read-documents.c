/*
 * Reads each FILE given and prints one JSON object a line: the outcome, the reason and the invoice in the
 * form of interfaces. What tests and score-invoices compare. With -t N it reads all of them N times and
 * prints nothing.
 */
#include "base/base.h"
#include "base/buffer.h"
#include "document/document.h"
#include "document/layout.h"

#include <glib.h>
#include <unistd.h>

static void put_key(struct buffer *out, const char *key)
{
	buffer_printf(out, "%s\"%s\":", out->bytes[out->length - 1] == '{' ? "" : ",", key);
}

static void put_text(struct buffer *out, const char *key, const char *text)
{
	put_key(out, key);
	buffer_append_json_string(out, text);
}

static void put_date(struct buffer *out, const char *key, date_t date)
{
	char text[DATE_TEXT_SIZE];
	put_text(out, key, date == DATE_NONE ? NULL : date_format(date, text));
}

static void put_money(struct buffer *out, const char *key, struct money amount)
{
	char text[MONEY_TEXT_SIZE];
	put_text(out, key, money_is_none(amount) ? NULL : money_format(amount, text));
}

static void put_list(struct buffer *out, const char *key, const GPtrArray *list)
{
	put_key(out, key);
	buffer_append_char(out, '[');
	for (guint i = 0; i < list->len; i++) {
		if (i > 0)
			buffer_append_char(out, ',');
		buffer_append_json_string(out, g_ptr_array_index(list, i));
	}
	buffer_append_char(out, ']');
}

static void put_party(struct buffer *out, const char *key, const struct party *party)
{
	put_key(out, key);
	buffer_append_char(out, '{');
	put_text(out, "name", party->name);
	put_text(out, "legal_id", party->legal_id);
	put_text(out, "vat_id", party->vat_id);
	put_text(out, "email", party->email);
	buffer_append_char(out, '}');
}

static void put_due_lines(struct buffer *out, const GArray *lines)
{
	put_key(out, "due_lines");
	buffer_append_char(out, '[');
	for (guint i = 0; i < lines->len; i++) {
		const struct due_line *line = &g_array_index(lines, struct due_line, i);
		buffer_append_text(out, i > 0 ? ",{" : "{");
		put_date(out, "date", line->date);
		put_money(out, "amount", line->amount);
		buffer_append_char(out, '}');
	}
	buffer_append_char(out, ']');
}

static void put_invoice(struct buffer *out, const struct invoice *invoice)
{
	put_key(out, "invoice");
	buffer_append_char(out, '{');
	put_text(out, "source", invoice_source_word(invoice->source));
	put_text(out, "syntax", invoice->syntax);
	put_text(out, "profile", invoice->profile);
	put_text(out, "kind", invoice_kind_word(invoice->kind));
	put_text(out, "number", invoice->number);
	put_date(out, "issue_date", invoice->issue_date);
	put_date(out, "due_date", invoice->due_date);
	put_text(out, "currency", invoice->currency[0] != '\0' ? invoice->currency : NULL);
	put_money(out, "total", invoice->total);
	put_money(out, "paid", invoice->paid);
	put_money(out, "payable", invoice->payable);
	put_money(out, "tax", invoice->tax);
	put_party(out, "seller", &invoice->seller);
	put_party(out, "buyer", &invoice->buyer);
	put_text(out, "buyer_reference", invoice->buyer_reference);
	put_text(out, "order_number", invoice->order_number);
	put_text(out, "contract_number", invoice->contract_number);
	put_list(out, "preceding", invoice->preceding);
	put_text(out, "payment_reference", invoice->payment_reference);
	put_list(out, "iban", invoice->iban);
	put_text(out, "bic", invoice->bic);
	put_due_lines(out, invoice->due_lines);
	put_key(out, "confidence");
	buffer_printf(out, "%d.%03d", invoice->confidence / 1000, invoice->confidence % 1000);
	put_list(out, "missing", invoice->missing);
	put_list(out, "warnings", invoice->warnings);
	put_text(out, "layout", invoice->layout);
	buffer_append_char(out, '}');
}

static void print_result(
    const char *file, enum document_outcome outcome, const char *reason, const struct invoice *invoice)
{
	static const char *const words[] = {"invoice", "no_invoice", "unreadable"};
	struct buffer out = BUFFER_EMPTY;
	buffer_append_char(&out, '{');
	put_text(&out, "file", file);
	put_text(&out, "outcome", words[outcome]);
	put_text(&out, "reason", reason);
	if (invoice != NULL)
		put_invoice(&out, invoice);
	buffer_append_text(&out, "}");
	puts(out.bytes);
	buffer_clear(&out);
}

static struct layout *taught;
static char currency[CURRENCY_SIZE]; /* of what is taught */

static bool read_layout(const char *file)
{
	char *text = NULL;
	struct error error = {0};
	bool good = g_file_get_contents(file, &text, NULL, NULL) && layout_parse(text, &taught, &error);
	if (!good)
		fprintf(stderr, "read-documents: %s: %s\n", file, error.text);
	g_free(text);
	return good;
}

static char *values[LAYOUT_FIELD_COUNT]; /* of what is taught, owned */

static void forget_values(void)
{
	for (size_t i = 0; i < LAYOUT_FIELD_COUNT; i++)
		g_free(values[i]);
}

/* Keeps FIELD=VALUE of the command line. */
static bool take_value(char *option, struct layout_sample *sample)
{
	char *equal = strchr(option, '=');
	enum layout_field field;
	if (equal == NULL)
		return false;
	*equal = '\0';
	if (strcmp(option, "currency") == 0)
		return currency_set(currency, equal + 1);
	if (!layout_field_from_word(option, &field))
		return false;
	g_free(values[field]);
	sample->values[field] = values[field] = layout_value_normal(field, equal + 1);
	return sample->values[field] != NULL;
}

static int teach(const char *file, struct layout_sample *sample)
{
	char *bytes = NULL;
	gsize length = 0;
	bool structured;
	const char *reason = "cannot be read";
	struct page *page = NULL;
	if (g_file_get_contents(file, &bytes, &length, NULL))
		page = document_page(bytes, length, NULL, NULL, &structured, &reason);
	if (page == NULL) {
		fprintf(stderr, "read-documents: %s: %s\n", file, reason);
		return STATUS_IO;
	}
	struct facts *facts = facts_new(page);
	struct error error = {0};
	struct layout_trouble trouble = {0};
	sample->facts = facts;
	bool good = layout_teach("taught", sample, 1, NULL, 0, currency, &taught, &trouble, &error);
	layout_trouble_clear(&trouble);
	if (good) {
		struct buffer out = BUFFER_EMPTY;
		layout_write(taught, &out);
		fputs(out.bytes, stdout);
		buffer_clear(&out);
		layout_free(taught);
	} else
		fprintf(stderr, "read-documents: %s: %s\n", file, error.text);
	facts_free(facts);
	page_free(page);
	g_free(bytes);
	forget_values();
	return good ? STATUS_DONE : STATUS_DATA;
}

static bool read_file(const char *file, long times)
{
	char *bytes = NULL;
	gsize length = 0;
	if (!g_file_get_contents(file, &bytes, &length, NULL)) {
		fprintf(stderr, "read-documents: %s: cannot be read\n", file);
		return false;
	}
	for (long i = 0; i < times; i++) {
		struct invoice *invoice = NULL;
		char *reason = NULL;
		enum document_outcome outcome = document_read_taught(bytes, length, NULL, NULL,
		    (const struct layout *const *)&taught, taught != NULL ? 1 : 0, &invoice, &reason);
		if (times == 1)
			print_result(file, outcome, reason, invoice);
		invoice_free(invoice);
		g_free(reason);
	}
	g_free(bytes);
	return true;
}

int main(int argc, char **argv)
{
	long times = 1;
	int option;
	bool teaches = false;
	struct layout_sample sample = {0};
	while ((option = getopt(argc, argv, "t:l:T:")) != -1) {
		if (option == 't')
			times = strtol(optarg, NULL, 10);
		else if (option == 'T' && take_value(optarg, &sample))
			teaches = true;
		else if (option != 'l' || !read_layout(optarg))
			return STATUS_USAGE;
	}
	document_setup();
	if (teaches)
		return optind + 1 == argc ? teach(argv[optind], &sample) : STATUS_USAGE;
	bool good = true;
	for (int i = optind; i < argc; i++)
		good &= read_file(argv[i], times);
	layout_free(taught);
	return good ? STATUS_DONE : STATUS_IO;
}
