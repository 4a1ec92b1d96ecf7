#include "base/base.h"
#include "document/currency_find.h"

/* Codes that count where they stand alone: many others of ISO 4217 are words ("ALL", "TOP", "PEN"). */
static const char *const common_currencies[] = {"EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK",
    "DKK", "PLN", "SGD", "HKD", "CZK", "HUF", "RON", "BGN", "TND", "MAD", "XOF", "XPF", "CNY", "NZD"};

static void vote(GHashTable *votes, const char *code, guint weight)
{
	guint have = GPOINTER_TO_UINT(g_hash_table_lookup(votes, code));
	g_hash_table_insert(votes, (gpointer)(uintptr_t)code, GUINT_TO_POINTER(have + weight));
}

static const char *common_currency(const char *code)
{
	for (size_t i = 0; i < ARRAY_LENGTH(common_currencies); i++)
		if (strcmp(common_currencies[i], code) == 0)
			return common_currencies[i];
	return NULL;
}

/* "1 188,00 EUR (1 283,04 USD)": what stands in brackets says the same once more. Its length, 0 where TEXT
 * begins with no bracket around digits. */
static size_t bracketed_amount(const char *text)
{
	size_t length = text[0] == '(' ? strcspn(text, ")") : 0;
	return length > 0 && text[length] == ')' && strcspn(text, "0123456789") < length ? length : 0;
}

/* Every sign or code in the text of a cell counts WEIGHT, whether or not an amount stands with it: "Montant
 * (€)", "in EUR".
 */
static void vote_for_words(GHashTable *votes, const char *text, const char *dollar, guint weight)
{
	size_t length = strlen(text);
	for (size_t at = 0; at < length; at++) {
		at += bracketed_amount(text + at);
		if (at > 0 && (g_ascii_isalnum(text[at - 1]) || (text[at - 1] & 0x80) != 0) &&
		    !g_ascii_isdigit(text[at - 1]))
			continue;
		char code[CURRENCY_SIZE];
		size_t used = currency_text_scan(text + at, length - at, code);
		const char *common =
		    used > 0 ? common_currency(strcmp(code, "USD") == 0 ? dollar : code) : NULL;
		if (common == NULL)
			continue;
		vote(votes, common, weight);
		at += used - 1;
	}
}

/* "Entspricht EUR 4.073,21": the same once more in the currency of the reader. */
static bool is_countervalue(const struct cell_facts *cell)
{
	static const char *const words[] = {"entspricht", "contrevaleur", "contravalor", "controvalore",
	    "gegenwert", "countervalue", "equivalent", "equivale", "tegenwaarde", "umgerechnet"};
	for (guint i = 0; i < cell->tokens.list->len && i < 3; i++)
		for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
			if (strcmp(TOKEN(&cell->tokens, i)->word, words[word]) == 0)
				return true;
	return false;
}

/* How much a code in the cell says: "Total CHF" more than others. */
static guint weight_of(const struct cell_facts *cell)
{
	for (guint i = 0; i < cell->labels->len; i++) {
		const struct label_match *match = &g_array_index(cell->labels, struct label_match, i);
		if (match->first == 0 && (match->label == LABEL_TOTAL || match->label == LABEL_PAYABLE))
			return 3;
	}
	return is_countervalue(cell) ? 0 : 1;
}

static const char *labelled_currency(const struct facts *facts, guint cell, const struct label_match *match)
{
	const struct page *page = facts->page;
	const char *text =
	    PAGE_CELL(page, cell)->text + TOKEN(&facts->cells[cell].tokens, match->end - 1)->end;
	gint right = page_cell_right(page, cell);
	for (int i = 0; i < 2 && text != NULL; i++) {
		text += strspn(text, " :=.");
		char code[CURRENCY_SIZE];
		if (currency_text_scan(text, strlen(text), code) > 0)
			return common_currency(code);
		text = right >= 0 ? PAGE_CELL(page, (guint)right)->text : NULL;
	}
	return NULL;
}

/* ISO 3166 countries in the order of their currencies; those with the euro since 2023. */
static const struct {
	const char *currency, *countries;
} country_currencies[] = {
    {"EUR", "AT BE CY DE EE EL ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK MC"},
    {"GBP", "GB"},
    {"CHF", "CH LI"},
    {"SEK", "SE"},
    {"DKK", "DK"},
    {"NOK", "NO"},
    {"PLN", "PL"},
    {"CZK", "CZ"},
    {"HUF", "HU"},
    {"RON", "RO"},
};

static const char *currency_of_code(const char *code)
{
	for (size_t i = 0; i < ARRAY_LENGTH(country_currencies); i++)
		for (const char *at = country_currencies[i].countries; *at != '\0';
		     at += at[2] == ' ' ? 3 : 2)
			if (memcmp(at, code, 2) == 0)
				return country_currencies[i].currency;
	return NULL;
}

/* Of what stands behind LABEL of a VAT id or an IBAN: "FR 19 812345676", "GB 312 9988 07"; NULL where it has
 * no country. */
static const char *currency_behind(const struct facts *facts, guint cell, const struct label_match *match)
{
	const struct page *page = facts->page;
	gint right = page_cell_right(page, cell);
	const char *texts[] = {
	    PAGE_CELL(page, cell)->text + TOKEN(&facts->cells[cell].tokens, match->end - 1)->end,
	    right >= 0 ? PAGE_CELL(page, (guint)right)->text : ""};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
		const char *text = texts[i] + strspn(texts[i], " :.=");
		if (g_ascii_isupper(text[0]) && g_ascii_isupper(text[1]) &&
		    strcspn(text + 2, "0123456789") <= 3)
			return currency_of_code(text);
	}
	return NULL;
}

/* Registers and bank codes that one country has. */
static const char *currency_of_register(
    const struct facts *facts, guint cell, const struct label_match *match)
{
	static const struct {
		const char *word, *currency;
	} registers[] = {{"siret", "EUR"}, {"siren", "EUR"}, {"rcs", "EUR"}, {"kvk", "EUR"},
	    {"partita", "EUR"}, {"piva", "EUR"}, {"sort", "GBP"}, {"steuernummer", "EUR"}, {"cif", "EUR"}};
	for (guint i = match->first; i < match->end; i++)
		for (size_t one = 0; one < ARRAY_LENGTH(registers); one++)
			if (strcmp(TOKEN(&facts->cells[cell].tokens, i)->word, registers[one].word) == 0)
				return registers[one].currency;
	return NULL;
}

/* Those of all that it shows, where they agree. */
static void currency_of_country(const struct facts *facts, char currency[CURRENCY_SIZE])
{
	const char *only = NULL;
	for (guint cell = 0; cell < facts->page->cells->len; cell++)
		for (guint i = 0; i < facts->cells[cell].labels->len; i++) {
			const struct label_match *match =
			    &g_array_index(facts->cells[cell].labels, struct label_match, i);
			bool account = match->label == LABEL_VAT_ID || match->label == LABEL_IBAN;
			const char *code = account ? currency_behind(facts, cell, match) : NULL;
			if (code == NULL)
				code = currency_of_register(facts, cell, match);
			if (code != NULL && only != NULL && strcmp(code, only) != 0)
				return;
			only = code != NULL ? code : only;
		}
	if (only != NULL)
		(void)currency_set(currency, only);
}

void currency_find(const struct facts *facts, char currency[CURRENCY_SIZE])
{
	GHashTable *votes = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < facts->page->cells->len; i++) {
		const GArray *labels = facts->cells[i].labels;
		for (guint one = 0; one < labels->len; one++) {
			const struct label_match *match = &g_array_index(labels, struct label_match, one);
			const char *code =
			    match->label == LABEL_CURRENCY ? labelled_currency(facts, i, match) : NULL;
			if (code != NULL)
				vote(votes, code, 1000);
		}
		guint weight = weight_of(&facts->cells[i]);
		if (weight > 0)
			vote_for_words(votes, PAGE_CELL(facts->page, i)->text, facts->dollar, weight);
	}
	GHashTableIter iterator;
	gpointer key, value;
	guint best = 0, second = 0;
	const char *winner = "";
	g_hash_table_iter_init(&iterator, votes);
	while (g_hash_table_iter_next(&iterator, &key, &value)) {
		guint count = GPOINTER_TO_UINT(value);
		if (count > best) {
			second = best;
			best = count;
			winner = key;
		} else if (count > second)
			second = count;
	}
	currency[0] = '\0';
	if (best > second)
		(void)currency_set(currency, winner);
	else if (best == 0)
		currency_of_country(facts, currency);
	g_hash_table_unref(votes);
}
