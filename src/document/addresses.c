#include "base/base.h"
#include "document/addresses.h"
#include "document/structured.h"

enum { BLOCK_LINES_MAX = 7, BLOCKS_MAX = 12 };

struct block {
	guint first, last; /* cells: the upper line, and that of the town */
	bool sellers;
	bool buyers;
	bool other;
};

/* "BS1 4DJ Bristol" */
static bool starts_with_british_postcode(const char *text)
{
	size_t outward = 0;
	while (outward < 5 && g_ascii_isalnum(text[outward]) && !g_ascii_islower(text[outward]))
		outward++;
	return outward >= 2 && outward <= 4 && g_ascii_isupper(text[0]) && text[outward] == ' ' &&
	       g_ascii_isdigit(text[outward + 1]) && g_ascii_isupper(text[outward + 2]) &&
	       g_ascii_isupper(text[outward + 3]) && text[outward + 4] == ' ' &&
	       g_ascii_isalpha(text[outward + 5]);
}

/* "BS1 4DJ" at the end */
static bool ends_in_british_postcode(const char *text)
{
	size_t length = strlen(text);
	if (length < 6)
		return false;
	const char *inward = text + length - 3;
	if (!g_ascii_isdigit(inward[0]) || !g_ascii_isupper(inward[1]) || !g_ascii_isupper(inward[2]) ||
	    inward[-1] != ' ')
		return false;
	const char *outward = inward - 1;
	size_t letters = 0;
	while (outward > text && g_ascii_isalnum(outward[-1]) && letters < 5) {
		outward--;
		letters++;
	}
	return letters >= 2 && letters <= 4 && g_ascii_isupper(outward[0]) &&
	       strpbrk(outward, "0123456789") < inward;
}

bool address_is_town(const char *text)
{
	const char *at = text;
	if (g_ascii_isupper(at[0]) && at[1] == '-')
		at += 2;
	else if (g_ascii_isupper(at[0]) && g_ascii_isupper(at[1]) && (at[2] == '-' || at[2] == ' '))
		at += 3;
	size_t digits = strspn(at, "0123456789");
	bool letters_follow = digits >= 4 && digits <= 5 && at[digits] == ' ' &&
			      g_unichar_isalpha(g_utf8_get_char(at + digits + strspn(at + digits, " ")));
	return letters_follow || starts_with_british_postcode(text) || ends_in_british_postcode(text);
}

bool address_can_be_name(const struct facts *facts, guint cell)
{
	const struct page_cell *one = PAGE_CELL(facts->page, cell);
	const struct cell_facts *have = &facts->cells[cell];
	if (have->labels->len > 0 && have->tokens.list->len < 4 &&
	    g_array_index(have->labels, struct label_match, 0).first == 0 &&
	    (g_array_index(have->labels, struct label_match, 0).label != LABEL_BUYER ||
		have->tokens.list->len == 1))
		return false;
	if (have->values->len > 0 && g_array_index(have->values, struct value, 0).start == 0)
		return false;
	if (strchr(one->text, '@') != NULL || strchr(one->text, ':') != NULL || address_is_town(one->text) ||
	    strlen(one->text) > 70)
		return false;
	size_t letters = 0, digits = 0;
	for (const char *at = one->text; *at != '\0'; at = g_utf8_next_char(at)) {
		letters += g_unichar_isalpha(g_utf8_get_char(at)) ? 1 : 0;
		digits += g_ascii_isdigit(*at) ? 1 : 0;
	}
	return letters >= 3 && letters > digits;
}

/* The cell above in the same block: aligned at the left, and close. */
static gint cell_above(const struct page *page, guint cell)
{
	const struct page_cell *lower = PAGE_CELL(page, cell);
	int32_t height = lower->box.bottom - lower->box.top;
	for (guint line = lower->line; line > 0; line--) {
		const struct page_line *one = PAGE_LINE(page, line - 1);
		if (lower->box.top - one->box.bottom > height * 18 / 10)
			return -1;
		for (guint i = one->first_cell; i < one->end_cell; i++) {
			const struct box *box = &PAGE_CELL(page, i)->box;
			bool right_aligned = abs(box->right - lower->box.right) < height / 3;
			if ((abs(box->left - lower->box.left) < height / 2 || right_aligned) &&
			    lower->box.top - box->bottom < height * 18 / 10 &&
			    box->bottom <= lower->box.top + height / 2)
				return (gint)i;
		}
	}
	return -1;
}

static bool has_mark_of_seller(const struct facts *facts, guint cell)
{
	static const enum label marks[] = {LABEL_VAT_ID, LABEL_LEGAL_ID, LABEL_IBAN, LABEL_BIC};
	const GArray *labels = facts->cells[cell].labels;
	for (guint i = 0; i < labels->len; i++)
		for (size_t mark = 0; mark < ARRAY_LENGTH(marks); mark++)
			if (g_array_index(labels, struct label_match, i).label == marks[mark])
				return true;
	static const char *const words[] = {"tel", "telefon", "telephone", "phone", "fax", "www", "http",
	    "https", "telefono", "tfno", "telefoon", "mobil", "fon"};
	const struct tokens *tokens = &facts->cells[cell].tokens;
	for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
		if (tokens->list->len > 0 && strcmp(TOKEN(tokens, 0)->word, words[word]) == 0)
			return true;
	return strchr(PAGE_CELL(facts->page, cell)->text, '@') != NULL;
}

static bool is_label(const struct facts *facts, guint cell, enum label label)
{
	return facts_is_label_cell(facts, cell) &&
	       g_array_index(facts->cells[cell].labels, struct label_match, 0).label == label;
}

static bool names_seller(const struct facts *facts, guint cell)
{
	static const char *const words[] = {"verkaufer", "lieferant", "fournisseur", "vendeur", "emetteur",
	    "supplier", "seller", "from", "proveedor", "fornitore", "cedente", "leverancier"};
	const struct tokens *tokens = &facts->cells[cell].tokens;
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (tokens->list->len > 0 && strcmp(TOKEN(tokens, 0)->word, words[i]) == 0)
			return true;
	return false;
}

/*
 * "Tischlerei Nordlicht GmbH · Hafenstraße 7 · 24937 Flensburg": name, street and town on one line is the
 * sender's, above the window of the letter or at its head.
 */
static char *sender_line_name(const char *text)
{
	static const char *const separators[] = {
	    " · ", " • ", " ● ", " | ", " - ", " – ", ", ", " * ", " ∙ ", "  "};
	for (size_t i = 0; i < ARRAY_LENGTH(separators); i++) {
		char **parts = g_strsplit(text, separators[i], 8);
		guint count = g_strv_length(parts);
		bool town = false;
		for (guint part = 1; part < count; part++)
			town |= address_is_town(g_strstrip(parts[part]));
		char *name = town && count >= 3 ? g_strdup(g_strstrip(parts[0])) : NULL;
		g_strfreev(parts);
		if (name != NULL && strlen(name) >= 3 && strpbrk(name, "0123456789:") == NULL)
			return name;
		g_free(name);
	}
	return NULL;
}

static bool is_sender_line(const char *text)
{
	char *name = sender_line_name(text);
	g_free(name);
	return name != NULL;
}

/* The block whose last line is the town in CELL. */
static struct block block_above(const struct facts *facts, guint town)
{
	const struct page *page = facts->page;
	struct block block = {.first = town, .last = town};
	for (int lines = 1; lines < BLOCK_LINES_MAX; lines++) {
		gint above = cell_above(page, block.first);
		if (above < 0)
			break;
		if (is_label(facts, (guint)above, LABEL_BUYER)) {
			block.buyers = true;
			break;
		}
		if (is_label(facts, (guint)above, LABEL_OTHER_PARTY)) {
			block.sellers = names_seller(facts, (guint)above);
			block.other = !block.sellers;
			break;
		}
		if ((facts_is_label_cell(facts, (guint)above) && !address_can_be_name(facts, (guint)above)) ||
		    address_is_town(PAGE_CELL(page, (guint)above)->text) ||
		    is_sender_line(PAGE_CELL(page, (guint)above)->text))
			break;
		block.first = (guint)above;
	}
	gint below = (gint)town;
	for (int lines = 0; lines < 4 && !block.sellers; lines++) {
		below = page_cell_below(page, (guint)below);
		if (below < 0)
			break;
		block.sellers = !block.buyers && !block.other && has_mark_of_seller(facts, (guint)below);
	}
	for (guint cell = block.first; cell <= block.last && cell < page->cells->len; cell++)
		block.sellers |=
		    PAGE_CELL(page, cell)->line != PAGE_CELL(page, town)->line && !block.buyers &&
		    !block.other &&
		    abs(PAGE_CELL(page, cell)->box.left - PAGE_CELL(page, town)->box.left) < 500 &&
		    has_mark_of_seller(facts, cell);
	return block;
}

/* The first line of the block that can be a name. */
static char *block_name(const struct facts *facts, const struct block *block)
{
	const struct page_cell *town = PAGE_CELL(facts->page, block->last);
	for (guint cell = block->first; cell < block->last; cell++) {
		const struct page_cell *one = PAGE_CELL(facts->page, cell);
		int32_t height = one->box.bottom - one->box.top;
		bool aligned = abs(one->box.left - town->box.left) < height / 2 ||
			       abs(one->box.right - town->box.right) < height / 2;
		if (aligned && address_can_be_name(facts, cell))
			return g_strdup(one->text);
	}
	return NULL;
}

static char *find_sender_line(const struct facts *facts)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		char *name = sender_line_name(PAGE_CELL(facts->page, cell)->text);
		if (name != NULL)
			return name;
	}
	return NULL;
}

static bool has_legal_form(const struct tokens *tokens)
{
	static const char *const forms[] = {"gmbh", "ag", "kg", "ug", "ohg", "ek", "sarl", "sas", "sasu",
	    "eurl", "sci", "snc", "scop", "ltd", "limited", "llp", "plc", "inc", "llc", "srl", "spa", "sl",
	    "slu", "sa", "bv", "nv", "vof", "bvba", "sprl", "gbr", "kgaa", "se", "ei", "sa"};
	for (guint i = 1; i < tokens->list->len; i++)
		for (size_t form = 0; form < ARRAY_LENGTH(forms); form++)
			if (strcmp(TOKEN(tokens, i)->word, forms[form]) == 0)
				return true;
	return false;
}

static char *find_company(const struct facts *facts, const char *except)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const char *text = PAGE_CELL(facts->page, cell)->text;
		if (has_legal_form(&facts->cells[cell].tokens) && address_can_be_name(facts, cell) &&
		    facts->cells[cell].tokens.list->len <= 8 && (except == NULL || strcmp(except, text) != 0))
			return g_strdup(text);
	}
	return NULL;
}

static guint find_blocks(const struct facts *facts, struct block blocks[BLOCKS_MAX])
{
	const struct page *page = facts->page;
	guint count = 0;
	/* the foot of the page is the sender's own */
	int32_t foot = page->first_bottom - page->first_bottom / 8;
	for (guint cell = 0; cell < page->cells->len && count < BLOCKS_MAX; cell++) {
		if (!address_is_town(PAGE_CELL(page, cell)->text))
			continue;
		struct block block = block_above(facts, cell);
		block.sellers |= PAGE_CELL(page, cell)->box.top > foot;
		if (block.first != block.last)
			blocks[count++] = block;
	}
	return count;
}

static void take_blocks(const struct facts *facts, struct invoice *invoice)
{
	struct block blocks[BLOCKS_MAX];
	guint count = find_blocks(facts, blocks), unclaimed = 0;
	for (guint i = 0; i < count; i++) {
		char *name = block_name(facts, &blocks[i]);
		if (name != NULL && invoice->seller.name != NULL && strcmp(name, invoice->seller.name) == 0)
			blocks[i].sellers = true;
		if (blocks[i].sellers && invoice->seller.name == NULL)
			invoice->seller.name = g_strdup(name);
		if (blocks[i].buyers && invoice->buyer.name == NULL)
			invoice->buyer.name = g_strdup(name);
		unclaimed +=
		    name != NULL && !blocks[i].sellers && !blocks[i].buyers && !blocks[i].other ? 1 : 0;
		g_free(name);
	}
	for (guint i = 0; i < count; i++) {
		if (blocks[i].sellers || blocks[i].buyers || blocks[i].other)
			continue;
		char *name = block_name(facts, &blocks[i]);
		/* of two blocks that nothing tells apart the upper one is the sender's */
		if (name != NULL && invoice->seller.name == NULL && unclaimed > 1)
			invoice->seller.name = g_strdup(name);
		else if (name != NULL && invoice->buyer.name == NULL)
			invoice->buyer.name = g_strdup(name);
		g_free(name);
	}
}

static void find_emails(const struct facts *facts, struct invoice *invoice)
{
	for (guint cell = 0; cell < facts->page->cells->len && invoice->seller.email == NULL; cell++) {
		char **words = g_strsplit_set(PAGE_CELL(facts->page, cell)->text, " ,;<>()|", -1);
		for (char **word = words; *word != NULL && invoice->seller.email == NULL; word++) {
			g_strstrip(*word);
			const char *address = g_str_has_prefix(*word, "mailto:") ? *word + 7 : *word;
			const char *colon = strrchr(address, ':');
			address = colon != NULL ? colon + 1 : address;
			if (structured_is_email(address) && strchr(strchr(address, '@'), '.') != NULL)
				invoice->seller.email = g_strdup(address);
		}
		g_strfreev(words);
	}
}

void addresses_find(const struct facts *facts, struct invoice *invoice)
{
	if (invoice->seller.name == NULL)
		invoice->seller.name = find_sender_line(facts);
	take_blocks(facts, invoice);
	if (invoice->seller.name == NULL)
		invoice->seller.name = find_company(facts, invoice->buyer.name);
	find_emails(facts, invoice);
}
