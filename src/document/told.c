#include "base/base.h"
#include "document/told.h"

/* Words of mails that tell of an invoice and are none, as they begin. */
static const char *const other_words[] = {
    /* reminders */
    "remind", "overdue", "outstanding", "unpaid", "arrear", "rappel", "relance", "retard", "impaye", "echu",
    "mahn", "erinner", "uberfallig", "offen", "verzug", "ausstehend", "ruckstand", "recordatorio",
    "recordarle", "recordamos", "vencid", "pendiente", "impagad", "sollecit", "scadut", "insolut", "ricord",
    "herinner", "aanman", "openstaa", "achterstal", "verlopen",
    /* cancelled */
    "annul", "cancel", "storn", "anula", "geannul", "void",
    /* a part of it */
    "remain", "balance", "restant", "reste", "restbetrag", "restlich", "resta", "restan", "solde", "saldo",
    "acompte", "deposit", "anzahlung", "acconto", "anticipo", "aanbetaling", "instal", "teilbetrag", "ratenz",
    /* payments */
    "received", "thanks", "recu", "encaisse", "eingegangen", "erhalten", "recibid", "ricevut", "ontvangen",
    "refund", "rembours", "erstatt", "reembols", "rimbors", "terugbeta", "paid", "paye", "bezahlt", "pagad",
    "pagat", "betaald",
    /* offers, disputes, announcements */
    "quot", "estimate", "devis", "angebot", "presupuesto", "preventivo", "offerte", "dispute", "litige",
    "estimated", "approximately", "environ", "ungefahr", "circa", "aproximadamente", NULL};

static bool is_of_other(const char *word)
{
	for (const char *const *other = other_words; *other != NULL; other++)
		if (strncmp(word, *other, strlen(*other)) == 0)
			return true;
	return false;
}

bool told_otherwise(const struct facts *facts)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const struct tokens *tokens = &facts->cells[cell].tokens;
		for (guint i = 0; i < tokens->list->len; i++)
			if (is_of_other(TOKEN(tokens, i)->word))
				return true;
	}
	return false;
}

/* Whether a label on the line says that its amount is another one. */
static bool is_of_other_label(const struct facts *facts, guint cell)
{
	const struct page_line *line = PAGE_LINE(facts->page, PAGE_CELL(facts->page, cell)->line);
	for (guint one = line->first_cell; one < line->end_cell; one++)
		for (guint i = 0; i < facts->cells[one].labels->len; i++) {
			enum label label =
			    g_array_index(facts->cells[one].labels, struct label_match, i).label;
			if (label == LABEL_TAX || label == LABEL_NET || label == LABEL_PAID ||
			    label == LABEL_WITHHELD || label == LABEL_FORMER || label == LABEL_ROUNDING ||
			    label == LABEL_OTHER_AMOUNT)
				return true;
		}
	return false;
}

bool told_amount(const struct facts *facts, const char *currency, struct money *amount)
{
	struct money only = MONEY_NONE;
	if (currency[0] == '\0' || told_otherwise(facts))
		return false;
	for (guint cell = 0; cell < facts->page->cells->len; cell++)
		for (guint i = 0; i < facts->cells[cell].values->len; i++) {
			const struct value *value =
			    &g_array_index(facts->cells[cell].values, struct value, i);
			struct money one;
			if (value->is_date || value->amount.percent || !value->amount.marked)
				continue;
			if (!amount_text_money(&value->amount, currency, &one) || one.minor <= 0 ||
			    (!money_is_none(only) && one.minor != only.minor) ||
			    is_of_other_label(facts, cell))
				return false;
			only = one;
		}
	if (!money_is_none(only))
		*amount = only; /* on success alone: a doubtful one would be taken for what is to be paid */
	return !money_is_none(only);
}
