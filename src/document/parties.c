#include "base/base.h"
#include "base/iban.h"
#include "document/addresses.h"
#include "document/candidates.h"
#include "document/parties.h"
#include "document/structured.h"

/* A VAT id by its country: its length without the country's letters, and which of them are letters ('A':
 * letter, '9': digit, 'X': either). Council Directive 2006/112/EC, Art. 215, and the national forms of the
 * EU's VIES. */
static const struct {
	const char *country, *form;
} vat_forms[] = {
    {"AT", "A99999999"},
    {"BE", "9999999999"},
    {"BG", "999999999"},
    {"BG", "9999999999"},
    {"CY", "99999999A"},
    {"CZ", "99999999"},
    {"CZ", "999999999"},
    {"CZ", "9999999999"},
    {"DE", "999999999"},
    {"DK", "99999999"},
    {"EE", "999999999"},
    {"EL", "999999999"},
    {"ES", "X9999999X"},
    {"FI", "99999999"},
    {"FR", "XX999999999"},
    {"GB", "999999999"},
    {"GB", "999999999999"},
    {"HR", "99999999999"},
    {"HU", "99999999"},
    {"IE", "9X99999A"},
    {"IE", "9999999AA"},
    {"IT", "99999999999"},
    {"LT", "999999999"},
    {"LT", "999999999999"},
    {"LU", "99999999"},
    {"LV", "99999999999"},
    {"MT", "99999999"},
    {"NL", "999999999A99"},
    {"PL", "9999999999"},
    {"PT", "999999999"},
    {"RO", "99999999"},
    {"RO", "9999999"},
    {"RO", "999999999"},
    {"SE", "999999999999"},
    {"SI", "99999999"},
    {"SK", "9999999999"},
    {"XI", "999999999"},
    {"CHE", "999999999"},
};

static bool fits(char want, char one)
{
	if (want == '9')
		return g_ascii_isdigit(one);
	return g_ascii_isupper(one) || (want == 'X' && g_ascii_isdigit(one));
}

/* Reads COUNTRY and what fits FORM at TEXT, with single spaces, dots or hyphens between; the length, 0: none.
 */
static size_t scan_form(const char *text, const char *country, const char *form, char *out)
{
	size_t at = strlen(country), taken = at;
	if (strncmp(text, country, at) != 0)
		return 0;
	memcpy(out, country, at);
	for (; *form != '\0'; form++) {
		if (at > 0 && text[at] != '\0' && strchr(" .-", text[at]) != NULL)
			at++;
		if (!fits(*form, text[at]))
			return 0;
		out[taken++] = text[at++];
	}
	out[taken] = '\0';
	return g_ascii_isalnum(text[at]) ? 0 : at;
}

enum { VAT_SIZE = 24 };

static size_t scan_vat_id(const char *text, char out[VAT_SIZE])
{
	for (size_t i = 0; i < ARRAY_LENGTH(vat_forms); i++) {
		size_t used = scan_form(text, vat_forms[i].country, vat_forms[i].form, out);
		if (used > 0)
			return used;
	}
	return 0;
}

struct vat_id {
	char id[VAT_SIZE];
	bool buyers; /* a label or the place says so */
	bool labelled;
	guint cell;
};

static bool starts_word(const char *text, size_t at)
{
	return at == 0 || !(g_ascii_isalnum(text[at - 1]) || (text[at - 1] & 0x80) != 0);
}

static bool cell_has_label(const struct facts *facts, guint cell, enum label label)
{
	const GArray *labels = facts->cells[cell].labels;
	for (guint i = 0; i < labels->len; i++)
		if (g_array_index(labels, struct label_match, i).label == label)
			return true;
	return false;
}

/* Whether a label of that kind stands in the cell or to the left of it. */
static bool labelled_here(const struct facts *facts, guint cell, enum label label)
{
	if (cell_has_label(facts, cell, label))
		return true;
	const struct page_line *line = PAGE_LINE(facts->page, PAGE_CELL(facts->page, cell)->line);
	return cell > line->first_cell && cell_has_label(facts, cell - 1, label);
}

static void add_vat_id(GArray *ids, struct vat_id one)
{
	for (guint i = 0; i < ids->len; i++) {
		struct vat_id *have = &g_array_index(ids, struct vat_id, i);
		if (strcmp(have->id, one.id) == 0) {
			have->buyers |= one.buyers;
			have->labelled |= one.labelled;
			return;
		}
	}
	g_array_append_val(ids, one);
}

/* An Italian or Spanish number whose label says the country, without its letters: "P.IVA 01234567897", "CIF
 * B39123456". */
static bool scan_national(const struct facts *facts, guint cell, struct vat_id *one)
{
	static const struct {
		const char *word, *country, *form;
	} rows[] = {{"iva", "IT", "99999999999"}, {"piva", "IT", "99999999999"}, {"cif", "ES", "X9999999X"},
	    {"nif", "ES", "X9999999X"}};
	const char *text = PAGE_CELL(facts->page, cell)->text;
	const struct tokens *tokens = &facts->cells[cell].tokens;
	const struct page_line *line = PAGE_LINE(facts->page, PAGE_CELL(facts->page, cell)->line);
	const struct tokens *before = cell > line->first_cell ? &facts->cells[cell - 1].tokens : NULL;
	for (size_t row = 0; row < ARRAY_LENGTH(rows); row++) {
		bool named = false;
		for (guint i = 0; i < tokens->list->len; i++)
			named |= strcmp(TOKEN(tokens, i)->word, rows[row].word) == 0;
		for (guint i = 0; before != NULL && i < before->list->len; i++)
			named |= strcmp(TOKEN(before, i)->word, rows[row].word) == 0;
		for (size_t at = 0; named && text[at] != '\0'; at++) {
			char digits[VAT_SIZE];
			if (!starts_word(text, at) || scan_form(text + at, "", rows[row].form, digits) == 0)
				continue;
			g_snprintf(one->id, sizeof one->id, "%s%s", rows[row].country, digits);
			return true;
		}
	}
	return false;
}

static GArray *find_vat_ids(const struct facts *facts)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(struct vat_id));
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const char *text = PAGE_CELL(facts->page, cell)->text;
		struct vat_id one = {.cell = cell};
		bool labelled = labelled_here(facts, cell, LABEL_VAT_ID) ||
				labelled_here(facts, cell, LABEL_TAX) ||
				labelled_here(facts, cell, LABEL_OTHER_NUMBER);
		one.buyers = labelled_here(facts, cell, LABEL_BUYER_VAT_ID);
		one.labelled = labelled || one.buyers;
		bool found = false;
		char iban[IBAN_SIZE];
		for (size_t at = 0; text[at] != '\0'; at++) {
			if (!starts_word(text, at))
				continue;
			size_t account = iban_scan(text + at, strlen(text + at), iban);
			bool country = g_ascii_isupper(text[at]) && g_ascii_isupper(text[at + 1]);
			size_t used = account > 0 || !country ? 0 : scan_vat_id(text + at, one.id);
			if (used > 0) {
				add_vat_id(ids, one);
				found = true;
			}
			at += MAX(MAX(used, account), 1) - 1;
		}
		if (!found && one.labelled && scan_national(facts, cell, &one))
			add_vat_id(ids, one);
	}
	return ids;
}

/* Words that show that the account is the customer's own: a direct debit. */
static bool is_debtors_account(const struct tokens *tokens)
{
	static const char *const words[] = {"lastschrift", "abbuchung", "abgebucht", "einziehen",
	    "eingezogen", "einzug", "mandat", "mandatsreferenz", "prelevement", "preleve", "debit", "adeudo",
	    "domiciliacion", "domiciliado", "addebito", "incasso", "rid", "sdd"};
	for (guint i = 0; i < tokens->list->len; i++)
		for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
			if (strcmp(TOKEN(tokens, i)->word, words[word]) == 0)
				return true;
	return false;
}

/* An account number behind the word IBAN counts even where its check digits are wrong: the pre-flight tells
 * of it. */
static size_t scan_labelled_iban(const char *text, char iban[IBAN_SIZE])
{
	size_t taken = 0, at = 0;
	while (taken < IBAN_SIZE - 1 && text[at] != '\0') {
		if (g_ascii_isdigit(text[at]) || g_ascii_isupper(text[at]))
			iban[taken++] = text[at++];
		else if (text[at] == ' ' && taken >= 4)
			at++;
		else
			break;
		/* a word of letters alone is the next label */
		if (text[at] == ' ' && g_ascii_isalpha(text[at + 1]) && g_ascii_isalpha(text[at + 2]))
			break;
	}
	iban[taken] = '\0';
	return iban_has_form(iban) ? at : 0;
}

/* Those of cells that name a BLOCKED account, or that do not. */
static void add_accounts(const struct facts *facts, bool blocked, struct invoice *invoice)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		if (candidates_is_blocked_line(facts, PAGE_CELL(facts->page, cell)->line) != blocked)
			continue;
		const char *text = PAGE_CELL(facts->page, cell)->text;
		bool labelled = labelled_here(facts, cell, LABEL_IBAN);
		if (is_debtors_account(&facts->cells[cell].tokens))
			continue;
		for (size_t at = 0; text[at] != '\0'; at++) {
			char iban[IBAN_SIZE];
			if (!starts_word(text, at))
				continue;
			size_t used = iban_scan(text + at, strlen(text + at), iban);
			if (used == 0 && labelled)
				used = scan_labelled_iban(text + at, iban);
			if (used > 0)
				structured_add_iban(invoice, iban);
			at += MAX(used, 1) - 1;
		}
	}
}

static void find_accounts(const struct facts *facts, struct invoice *invoice)
{
	add_accounts(facts, false, invoice);
	/* the customer pays but a part to that one: it is never the first */
	add_accounts(facts, true, invoice);
}

/* ISO 9362: four letters, a country, two characters, and three for the branch. */
static size_t scan_bic(const char *text, char bic[12])
{
	size_t length = 0;
	while (length < 12 && (g_ascii_isupper(text[length]) || g_ascii_isdigit(text[length])))
		length++;
	if (length != 8 && length != 11)
		return 0;
	for (size_t i = 0; i < 6; i++)
		if (!g_ascii_isupper(text[i]))
			return 0;
	memcpy(bic, text, length);
	bic[length] = '\0';
	return length;
}

static char *text_behind(const struct facts *facts, guint cell, enum label label)
{
	const struct page *page = facts->page;
	const GArray *labels = facts->cells[cell].labels;
	for (guint i = 0; i < labels->len; i++) {
		const struct label_match *match = &g_array_index(labels, struct label_match, i);
		if (match->label != label)
			continue;
		const char *text =
		    PAGE_CELL(page, cell)->text + TOKEN(&facts->cells[cell].tokens, match->end - 1)->end;
		text += strspn(text, " :.-=/");
		gint right = page_cell_right(page, cell);
		if (*text == '\0' && right >= 0)
			text = PAGE_CELL(page, (guint)right)->text;
		return g_strdup(text);
	}
	return NULL;
}

static void find_bic(const struct facts *facts, struct invoice *invoice)
{
	for (guint cell = 0; cell < facts->page->cells->len && invoice->bic == NULL; cell++) {
		char *text = text_behind(facts, cell, LABEL_BIC);
		char bic[12];
		if (text != NULL && scan_bic(text, bic) > 0)
			invoice->bic = g_strdup(bic);
		g_free(text);
	}
}

/* SIREN and SIRET (9 and 14 digits), KvK (8): digits with spaces between. */
static void find_legal_id(const struct facts *facts, struct invoice *invoice)
{
	for (guint cell = 0; cell < facts->page->cells->len && invoice->seller.legal_id == NULL; cell++) {
		char *text = text_behind(facts, cell, LABEL_LEGAL_ID);
		GString *digits = g_string_new(NULL);
		const char *at = text;
		for (; at != NULL && *at != '\0' && digits->len < 15; at++)
			if (g_ascii_isdigit(*at))
				g_string_append_c(digits, *at);
			else if (*at != ' ' && (digits->len > 0 || !g_ascii_isalpha(*at)))
				break;
		if (digits->len == 9 || digits->len == 14 || digits->len == 8)
			invoice->seller.legal_id = g_strndup(digits->str, digits->len);
		g_string_free(digits, TRUE);
		g_free(text);
	}
}

static bool is_name_label(const struct facts *facts, guint cell)
{
	static const char *const words[] = {"name", "nom", "firma", "nombre", "nome", "naam", "company",
	    "societe", "raison", "unternehmen", "denominazione"};
	const struct tokens *tokens = &facts->cells[cell].tokens;
	if (tokens->list->len == 0 || tokens->list->len > 2)
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (strcmp(TOKEN(tokens, 0)->word, words[i]) == 0)
			return true;
	return false;
}

/* The name under (or beside) a label of the buyer: the first line below that can be one. */
static char *name_by_label(const struct facts *facts, guint label_cell)
{
	const struct page *page = facts->page;
	gint at = (gint)label_cell;
	for (int lines = 0; lines < 4; lines++) {
		at = page_cell_below(page, (guint)at);
		if (at < 0)
			return NULL;
		gint right = page_cell_right(page, (guint)at);
		if (is_name_label(facts, (guint)at) && right >= 0)
			return g_strdup(PAGE_CELL(page, (guint)right)->text);
		if (facts_is_label_cell(facts, (guint)at)) {
			/* "Nummer: 549910" stands before the name in some designs */
			if (right < 0)
				return NULL;
			continue;
		}
		if (address_can_be_name(facts, (guint)at))
			return g_strdup(PAGE_CELL(page, (guint)at)->text);
	}
	return NULL;
}

static void find_buyer(const struct facts *facts, struct invoice *invoice)
{
	for (guint cell = 0; cell < facts->page->cells->len && invoice->buyer.name == NULL; cell++) {
		const GArray *labels = facts->cells[cell].labels;
		const struct tokens *tokens = &facts->cells[cell].tokens;
		if (labels->len == 0 || !facts_is_label_cell(facts, cell))
			continue;
		const struct label_match *match = &g_array_index(labels, struct label_match, 0);
		if (match->label != LABEL_BUYER)
			continue;
		if (match->end == tokens->list->len) {
			invoice->buyer.name = name_by_label(facts, cell);
			continue;
		}
		/* "Spett.le Albergo Bellavista", "Client : Atelier Nord" */
		const char *text = PAGE_CELL(facts->page, cell)->text + TOKEN(tokens, match->end - 1)->end;
		size_t gap = strspn(text, " .:");
		if (memchr(text, ':', gap) != NULL && g_unichar_isalpha(g_utf8_get_char(text + gap)))
			invoice->buyer.name = g_strdup(text + gap);
	}
}

static void find_vat(const struct facts *facts, struct invoice *invoice)
{
	GArray *ids = find_vat_ids(facts);
	const char *seller = NULL, *buyer = NULL, *unlabelled = NULL;
	for (guint i = 0; i < ids->len; i++) {
		const struct vat_id *one = &g_array_index(ids, struct vat_id, i);
		if (one->buyers && buyer == NULL)
			buyer = one->id;
		else if (!one->buyers && one->labelled && seller == NULL)
			seller = one->id;
		else if (!one->buyers && one->labelled && buyer == NULL)
			buyer = one->id;
		else if (!one->labelled && unlabelled == NULL)
			unlabelled = one->id;
	}
	if (seller == NULL)
		seller = unlabelled;
	invoice->seller.vat_id = g_strdup(seller);
	invoice->buyer.vat_id = g_strdup(buyer);
	g_array_unref(ids);
}

void parties_find(const struct facts *facts, struct invoice *invoice)
{
	find_accounts(facts, invoice);
	find_bic(facts, invoice);
	find_legal_id(facts, invoice);
	find_vat(facts, invoice);
	find_buyer(facts, invoice);
	addresses_find(facts, invoice);
}
