#include "base/base.h"
#include "document/structured.h"
#include "document/terms.h"

const char *const structured_skip[] = {"IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine",
    "AttachmentBinaryObject", "EmbeddedDocumentBinaryObject", "UBLExtensions", "Signature", NULL};

static const char order_reason[] = "an order (Order-X)", life_cycle_reason[] = "a life-cycle message (CDAR)";

char *structured_text(const struct xml_node *node, const char *path)
{
	return g_strdup(xml_text(node, path));
}

void structured_fill(char **field, const struct xml_node *node, const char *path)
{
	if (*field == NULL)
		*field = structured_text(node, path);
}

static bool digits(const char *text, size_t count, int *number)
{
	*number = 0;
	for (size_t i = 0; i < count; i++) {
		if (!g_ascii_isdigit(text[i]))
			return false;
		*number = *number * 10 + (text[i] - '0');
	}
	return true;
}

date_t structured_date(const struct xml_node *node, const char *path)
{
	const char *text = xml_text(node, path);
	int year, month, day;
	if (text == NULL || strlen(text) < 8 || !digits(text, 4, &year))
		return DATE_NONE;
	size_t dash = text[4] == '-' ? 1 : 0;
	if (!digits(text + 4 + dash, 2, &month))
		return DATE_NONE;
	if (dash == 1 && text[7] != '-')
		return DATE_NONE;
	if (!digits(text + 6 + 2 * dash, 2, &day))
		return DATE_NONE;
	if (g_ascii_isdigit(text[8 + 2 * dash]) && dash == 1)
		return DATE_NONE;
	return date_from_parts(year, month, day);
}

/* XML Schema allows ".5", "5." and "+5", which the machine form of money does not. */
static bool decimal_parse(const char *text, const char *currency, struct money *amount)
{
	char whole[64];
	size_t length = strlen(text);
	const char *point = strchr(text, '.');
	if (length + 2 > sizeof whole)
		return false;
	if (point == NULL)
		return money_parse_rounding(text, currency, amount);
	size_t before = (size_t)(point - text);
	bool digit_before = before > 0 && g_ascii_isdigit(point[-1]);
	bool digit_after = g_ascii_isdigit(point[1]);
	if (!digit_before && !digit_after)
		return false;
	g_snprintf(whole, sizeof whole, "%.*s%s%s", (int)before, text, digit_before ? "" : "0",
	    digit_after ? point : "");
	return money_parse_rounding(whole, currency, amount);
}

struct money structured_amount(const struct xml_node *node, const char *path, const char *currency)
{
	struct money amount = MONEY_NONE;
	const char *text = path != NULL ? xml_text(node, path) : node->text;
	if (text != NULL && currency[0] != '\0')
		(void)decimal_parse(text, currency, &amount);
	return amount;
}

enum invoice_kind structured_kind(const char *type_code)
{
	static const struct {
		const char *code;
		enum invoice_kind kind;
	} rows[] = {
	    /* UNTDID 1001: credit notes, self-billed and factored ones among them; 503 credits a prepayment
	     */
	    {"81", INVOICE_KIND_CREDIT_NOTE},
	    {"83", INVOICE_KIND_CREDIT_NOTE},
	    {"261", INVOICE_KIND_CREDIT_NOTE},
	    {"262", INVOICE_KIND_CREDIT_NOTE},
	    {"296", INVOICE_KIND_CREDIT_NOTE},
	    {"308", INVOICE_KIND_CREDIT_NOTE},
	    {"381", INVOICE_KIND_CREDIT_NOTE},
	    {"396", INVOICE_KIND_CREDIT_NOTE},
	    {"420", INVOICE_KIND_CREDIT_NOTE},
	    {"458", INVOICE_KIND_CREDIT_NOTE},
	    {"502", INVOICE_KIND_CREDIT_NOTE},
	    {"503", INVOICE_KIND_CREDIT_NOTE},
	    {"532", INVOICE_KIND_CREDIT_NOTE},
	    {"384", INVOICE_KIND_CORRECTIVE},
	    {"471", INVOICE_KIND_CORRECTIVE},
	    {"472", INVOICE_KIND_CORRECTIVE},
	    {"473", INVOICE_KIND_CORRECTIVE},
	    {"386", INVOICE_KIND_PREPAYMENT},
	    {"500", INVOICE_KIND_PREPAYMENT},
	};
	for (size_t i = 0; type_code != NULL && i < ARRAY_LENGTH(rows); i++)
		if (strcmp(rows[i].code, type_code) == 0)
			return rows[i].kind;
	return INVOICE_KIND_INVOICE;
}

bool structured_is_invoice_code(const char *type_code)
{
	/* UNTDID 1001: pro forma invoice */
	return type_code == NULL || strcmp(type_code, "325") != 0;
}

const char *structured_profile(const char *specification)
{
	/* In order: the longer name stands before the one it contains. */
	static const struct {
		const char *part, *profile;
	} rows[] = {
	    {"xrechnung", "XRECHNUNG"},
	    {"extended-ctc-fr", "EXTENDED-CTC-FR"},
	    {"extended", "EXTENDED"},
	    {"peppol.eu", "PEPPOL"},
	    {"basicwl", "BASIC WL"},
	    {"basic", "BASIC"},
	    {"minimum", "MINIMUM"},
	    {"comfort", "COMFORT"},
	    {"komfort", "COMFORT"},
	    {"en16931", "EN16931"},
	};
	if (specification == NULL)
		return NULL;
	char *lower = g_ascii_strdown(specification, -1);
	const char *profile = NULL;
	for (size_t i = 0; profile == NULL && i < ARRAY_LENGTH(rows); i++)
		if (strstr(lower, rows[i].part) != NULL)
			profile = rows[i].profile;
	if (profile == NULL && strstr(lower, "urn:cen.eu:en16931") != NULL)
		profile = "EN16931";
	g_free(lower);
	return profile;
}

static void add_once(GPtrArray *list, char *text)
{
	for (guint i = 0; i < list->len; i++)
		if (strcmp(g_ptr_array_index(list, i), text) == 0) {
			g_free(text);
			return;
		}
	g_ptr_array_add(list, text);
}

void structured_add_iban(struct invoice *invoice, const char *text)
{
	if (text == NULL)
		return;
	GString *compact = g_string_new(NULL);
	for (; *text != '\0'; text++)
		if (!g_ascii_isspace(*text))
			g_string_append_c(compact, *text);
	add_once(invoice->iban, g_string_free(compact, FALSE));
}

void structured_add_preceding(struct invoice *invoice, const char *text)
{
	if (text != NULL)
		add_once(invoice->preceding, g_strdup(text));
}

void structured_add_due_line(struct invoice *invoice, date_t date, struct money amount)
{
	if (date == DATE_NONE)
		return;
	for (guint i = 0; i < invoice->due_lines->len; i++) {
		struct due_line *line = &g_array_index(invoice->due_lines, struct due_line, i);
		if (line->date != date)
			continue;
		if (money_is_none(line->amount) || money_is_none(amount)) {
			if (money_is_none(line->amount))
				line->amount = amount;
			return;
		}
	}
	struct due_line line = {date, amount};
	g_array_append_val(invoice->due_lines, line);
}

void structured_due_by_terms(
    struct invoice *invoice, const struct xml_node *node, const char *name, const char *path)
{
	if (invoice->due_lines->len > 0 || invoice->issue_date == DATE_NONE)
		return;
	GString *text = g_string_new(NULL);
	for (const struct xml_node *one = xml_next(node, name, NULL); one != NULL;
	     one = xml_next(node, name, one)) {
		const char *words = xml_text(one, path);
		g_string_append_printf(text, "%s\n", words != NULL ? words : "");
	}
	struct terms terms = terms_read(text->str);
	g_string_free(text, TRUE);
	if (terms.found)
		structured_add_due_line(
		    invoice, terms_due_date(&terms, invoice->issue_date), (struct money)MONEY_NONE);
}

static gint compare_due_lines(gconstpointer a, gconstpointer b)
{
	const struct due_line *one = a, *other = b;
	return one->date < other->date ? -1 : one->date > other->date;
}

/*
 * Days without an amount beside others are no due lines: by such a day a discount is given, or it is told
 * twice. With none at all the last day is the one by which everything must be paid.
 */
static void drop_bare_days(GArray *lines)
{
	guint with_amount = 0;
	for (guint i = 0; i < lines->len; i++)
		with_amount += !money_is_none(g_array_index(lines, struct due_line, i).amount);
	if (with_amount == 0 && lines->len > 1)
		g_array_remove_range(lines, 0, lines->len - 1);
	for (guint i = 0; with_amount > 0 && i < lines->len;)
		if (money_is_none(g_array_index(lines, struct due_line, i).amount))
			g_array_remove_index(lines, i);
		else
			i++;
}

void structured_settle_due_lines(struct invoice *invoice)
{
	GArray *lines = invoice->due_lines;
	g_array_sort(lines, compare_due_lines);
	drop_bare_days(lines);
	if (lines->len > 0)
		invoice->due_date = g_array_index(lines, struct due_line, lines->len - 1).date;
	if (lines->len == 1 && money_is_none(g_array_index(lines, struct due_line, 0).amount))
		g_array_index(lines, struct due_line, 0).amount = invoice->payable;
}

bool structured_is_email(const char *text)
{
	if (text == NULL)
		return false;
	const char *at = strchr(text, '@');
	return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
	       strpbrk(text, " \t\r\n,;<>") == NULL;
}

bool structured_is_other(const char *reason)
{
	return reason == order_reason || reason == life_cycle_reason;
}

/* Why a whole tree is no invoice; a literal. */
static const char *other_reason(const struct xml_tree *tree)
{
	const char *name = tree->root != NULL ? tree->root->name : "";
	if (strcmp(name, "SCRDMCCBDACIOMessageStructure") == 0)
		return order_reason;
	return strcmp(name, "CrossDomainAcknowledgementAndResponse") == 0 ? life_cycle_reason
									  : "XML that is no invoice";
}

/* What lies in the header of Peppol's network (SBDH) is the document. */
static void open_envelope(struct xml_tree *tree)
{
	if (tree->root == NULL || strcmp(tree->root->name, "StandardBusinessDocument") != 0)
		return;
	const struct xml_node *inner = xml_find(tree->root, "Invoice|CreditNote|CrossIndustryInvoice");
	if (inner == NULL)
		return;
	tree->root = (struct xml_node *)(uintptr_t)inner;
	if (xml_find(inner, "LegalMonetaryTotal") != NULL) /* other invoices have none */
		tree->root_namespace = "urn:oasis:names:specification:ubl:schema:xsd:";
}

enum document_outcome structured_read(
    const void *bytes, size_t length, const char *currency, struct invoice **invoice, const char **reason)
{
	struct xml_tree *tree = xml_tree_read(bytes, length, structured_skip);
	open_envelope(tree);
	*invoice = cii_read(tree, currency);
	if (*invoice == NULL)
		*invoice = ubl_read(tree, currency);
	enum document_outcome outcome = DOCUMENT_INVOICE;
	if (*invoice == NULL) {
		outcome = tree->whole ? DOCUMENT_NO_INVOICE : DOCUMENT_UNREADABLE;
		*reason = tree->whole ? other_reason(tree) : tree->reason;
	} else if (!tree->whole) {
		(*invoice)->confidence = 500;
		g_ptr_array_add((*invoice)->warnings, g_strdup("not_well_formed"));
		*reason = tree->reason;
	}
	xml_tree_free(tree);
	return outcome;
}
