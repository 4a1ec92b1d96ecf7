#include "base/base.h"
#include "document/facts_words.h"

enum { REMARK_MAX = 60 }; /* bytes in brackets: lines without end exist */

/* Words that may stand beside a label without changing what it means. */
static bool is_filler(const char *word)
{
	static const char *const fillers[] = {"eur", "euro", "euros", "usd", "gbp", "chf", "in", "en", "im",
	    "a", "of", "de", "de", "le", "la", "l", "der", "die", "das", "den", "il", "el", "het", "inkl",
	    "incl", "inc", "ttc", "ht", "mwst", "ust", "vat", "tva", "iva", "btw", "tax", "von", "van", "is",
	    "ist", "est", "no", "s", "z", "gesamt", "total", "net", "netto", "zu", "sur", "auf", "on", "at",
	    "al", "taux", "rate", "due", "ihr", "votre", "your", "binnen", "dagen", "innerhalb", "tagen",
	    "tage", "within", "days", "sous", "jours", "giorni", "dias", "entro", "notre", "our", "ihre",
	    "vos", "uw", "per", "pro", "par", "card", "carte", "soit", "ohne", "abzug", "rein", "abzgl",
	    "abzuglich", "less", "minus", "moins", "menos", "meno", "af", "bis", "zum", "vom", "du", "from",
	    "total", "totale", "totaal", "sofort", "immediately", "by", "before", "avant", "vor", "antes",
	    "voor", "uiterlijk", "am", "op", "spatestens", "this", "application", "stage", "certificate",
	    "claim", "period", "diese", "cette", "deze", "esta", "questa", "reception", "receipt", "erhalt",
	    "ricevimento", "ontvangst", "sight", "i", "e", "y", "et", "und", "and", "of", "chf", NULL};
	if (g_ascii_isdigit(word[0]))
		return true;
	for (const char *const *one = fillers; *one != NULL; one++)
		if (strcmp(*one, word) == 0)
			return true;
	return false;
}

guint facts_token_at(const struct tokens *tokens, guint offset)
{
	guint i = 0;
	while (i < tokens->list->len && TOKEN(tokens, i)->start < offset)
		i++;
	return i;
}

bool facts_only_fillers(const struct tokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++)
		if (!is_filler(TOKEN(tokens, i)->word))
			return false;
	return true;
}

static bool is_in_date(const struct cell_facts *cell, const struct token *token)
{
	for (guint i = 0; i < cell->values->len; i++) {
		const struct value *value = &g_array_index(cell->values, struct value, i);
		if (value->is_date && token->start >= value->start && token->end <= value->end)
			return true;
	}
	return false;
}

bool facts_only_fillers_and_dates(const struct cell_facts *cell, guint first, guint end)
{
	for (guint i = first; i < end; i++)
		if (!is_filler(TOKEN(&cell->tokens, i)->word) && !is_in_date(cell, TOKEN(&cell->tokens, i)))
			return false;
	return true;
}

bool facts_only_words_of_days(const struct cell_facts *cell, guint first)
{
	for (guint i = 0; i < cell->labels->len; i++) {
		const struct label_match *match = &g_array_index(cell->labels, struct label_match, i);
		if ((match->label != LABEL_DUE_DATE && match->label != LABEL_TERMS) || match->first < first)
			continue;
		if (!facts_only_fillers_and_dates(cell, first, match->first))
			return false;
		first = match->end;
	}
	return facts_only_fillers_and_dates(cell, first, cell->tokens.list->len);
}

bool facts_names_payable(const struct tokens *tokens)
{
	static const char *const phrases[][2] = {{"a", "payer"}, {"a", "regler"}, {"zu", "zahlen"},
	    {"te", "betalen"}, {"te", "voldoen"}, {"a", "pagar"}, {"da", "pagare"}, {"payable", "by"}};
	for (size_t i = 0; tokens->list->len >= 2 && i < ARRAY_LENGTH(phrases); i++)
		if (strcmp(TOKEN(tokens, 0)->word, phrases[i][0]) == 0 &&
		    strcmp(TOKEN(tokens, 1)->word, phrases[i][1]) == 0)
			return true;
	return false;
}

bool facts_is_bracketed(const char *text, guint offset)
{
	guint limit = offset > REMARK_MAX ? offset - REMARK_MAX : 0;
	while (offset > limit && text[offset - 1] != '(' && text[offset - 1] != ')')
		offset--;
	return offset > 0 && text[offset - 1] == '(';
}

bool facts_is_in_brackets(const char *text, guint offset)
{
	guint open = offset, limit = open > REMARK_MAX ? open - REMARK_MAX : 0;
	while (open > limit && text[open - 1] != '(' && text[open - 1] != ')')
		open--;
	if (open == 0 || text[open - 1] != '(')
		return false;
	guint letters = 0, digits = 0;
	for (guint i = open; i < offset; i++) {
		letters += g_ascii_isalpha(text[i]) ? 1 : 0;
		digits += g_ascii_isdigit(text[i]) ? 1 : 0;
	}
	return letters >= 2 || digits > 0;
}
