#include "base/base.h"
#include "document/fold.h"
#include "document/terms.h"

enum { DAYS_MAX = 365 };

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static const char *const words_days[] = {"jour", "jours", "jrs", "j", "tag", "tage", "tagen", "days", "day",
    "dias", "dia", "giorni", "giorno", "gg", "dagen", "dag", "dgn", "dd", NULL};
static const char *const words_discount[] = {"skonto", "escompte", "discount", "descuento", "sconto",
    "korting", "rabatt", "remise", "abzug", "kortingspercentage", "betalingskorting", "nachlass", NULL};
/* "sans escompte", "ohne Abzug": no discount is given */
static const char *const words_without[] = {"sans", "pas", "aucun", "ohne", "kein", "keine", "without", "no",
    "sin", "senza", "nessuno", "zonder", "geen", "d", "de", NULL};
/* "30 days after the due date interest runs": no term */
static const char *const words_other[] = {"retard", "penalites", "penalite", "penalty", "interest", "verzug",
    "mahnung", "mora", "interessi", "intereses", "rente", "garantie", "warranty", "garanzia", "garantia",
    "retour", "return", "reklamation", "reclamation", "reklamationen", "widerspruch", "ruckgabe", "klachten",
    "reclami", "zinsen", NULL};
static const char *const words_receipt[] = {"reception", "receipt", "comptant", "sofort", "immediat",
    "immediately", "contado", "ricevimento", "vista", "ontvangst", "direct", "erhalt", "umgehend",
    "immediato", "contant", NULL};
static const char *const words_payment[] = {"payable", "paiement", "reglement", "payer", "regler", "paye",
    "payment", "pay", "due", "zahlbar", "zahlung", "zahlen", "fallig", "faellig", "pago", "pagadero",
    "pagamento", "pagare", "betaling", "betalen", "voldoen", "betaalbaar", "net", "netto", "terms", "upon",
    "on", "a", "nach", "al", "rein", "pagabile", "pagabili", "saldo", NULL};

/* Whether the words from AT on are those of PHRASE. */
static bool phrase_at(const struct tokens *tokens, guint at, const char *const *phrase)
{
	for (guint i = 0; phrase[i] != NULL; i++)
		if (at + i >= tokens->list->len || strcmp(TOKEN(tokens, at + i)->word, phrase[i]) != 0)
			return false;
	return true;
}

static bool is_month_end(const struct tokens *tokens, guint at)
{
	static const char *const phrases[][5] = {{"fin", "de", "mois"}, {"fin", "du", "mois"},
	    {"fin", "mois"}, {"fdm"}, {"end", "of", "month"}, {"end", "of", "the", "month"}, {"eom"},
	    {"monatsende"}, {"ende", "des", "monats"}, {"fin", "de", "mes"}, {"fin", "mes"}, {"fine", "mese"},
	    {"f", "m"}, {"fm"}, {"einde", "maand"}, {"einde", "van", "de", "maand"}};
	for (size_t i = 0; i < ARRAY_LENGTH(phrases); i++)
		if (phrase_at(tokens, at, phrases[i]))
			return true;
	return false;
}

/* A whole number of one to three digits. */
static bool small_number(const char *word, int *number)
{
	size_t length = strlen(word);
	if (length == 0 || length > 3)
		return false;
	*number = 0;
	for (size_t i = 0; i < length; i++) {
		if (!g_ascii_isdigit(word[i]))
			return false;
		*number = *number * 10 + (word[i] - '0');
	}
	return *number <= DAYS_MAX;
}

/* "30j", "14tage", "60gg": number and unit in one word. */
static bool days_in_one_word(const char *word, int *days)
{
	size_t digits = strspn(word, "0123456789");
	if (digits == 0 || digits > 3 || !is_one_of(word + digits, words_days))
		return false;
	char number[4] = "";
	memcpy(number, word, digits);
	return small_number(number, days);
}

/* "net 30", "netto 30": the days go without saying. */
static bool net_days(const struct tokens *tokens, guint at, int *days)
{
	const char *word = TOKEN(tokens, at)->word;
	return (strcmp(word, "net") == 0 || strcmp(word, "netto") == 0) && at + 1 < tokens->list->len &&
	       small_number(TOKEN(tokens, at + 1)->word, days) && *days > 0;
}

/* The days that begin at AT, and how many words they take. */
static guint days_at(const struct tokens *tokens, guint at, int *days)
{
	if (days_in_one_word(TOKEN(tokens, at)->word, days))
		return 1;
	if (at + 1 < tokens->list->len && small_number(TOKEN(tokens, at)->word, days)) {
		if (is_one_of(TOKEN(tokens, at + 1)->word, words_days))
			return 2;
		static const char *const calendar[] = {
		    "calendar", "jours", "working", "naturales", "kalender", NULL};
		if (at + 2 < tokens->list->len && is_one_of(TOKEN(tokens, at + 1)->word, calendar) &&
		    is_one_of(TOKEN(tokens, at + 2)->word, words_days))
			return 3;
	}
	return net_days(tokens, at, days) ? 2 : 0;
}

/* "le 10", "al 10", "the 10th" behind the end of the month */
static int day_behind(const struct tokens *tokens, guint at)
{
	static const char *const links[] = {"le", "el", "al", "the", "am", "dia", "op", NULL};
	int day;
	if (at + 1 < tokens->list->len && is_one_of(TOKEN(tokens, at)->word, links) &&
	    small_number(TOKEN(tokens, at + 1)->word, &day) && day >= 1 && day <= 28)
		return day;
	return 0;
}

/* "ohne Abzug", "ohne jeden Abzug" */
static bool is_denied(const struct tokens *tokens, guint at)
{
	return (at > 0 && is_one_of(TOKEN(tokens, at - 1)->word, words_without)) ||
	       (at > 1 && is_one_of(TOKEN(tokens, at - 2)->word, words_without));
}

static void read_clause(const char *clause, struct terms *terms)
{
	struct tokens tokens;
	tokens_init(&tokens, clause);
	struct terms found = {0};
	bool discount = strchr(clause, '%') != NULL, other = false, payment = false, receipt = false;
	guint month_end_at = G_MAXUINT, days_place = G_MAXUINT;
	for (guint i = 0; i < tokens.list->len; i++) {
		const char *word = TOKEN(&tokens, i)->word;
		int days;
		discount |= is_one_of(word, words_discount) && !is_denied(&tokens, i);
		other |= is_one_of(word, words_other);
		payment |= is_one_of(word, words_payment);
		receipt |= is_one_of(word, words_receipt);
		guint used = days_at(&tokens, i, &days);
		if (used > 0) {
			if (!found.found || days > found.days) {
				found.found = true;
				found.days = days;
				days_place = i;
			}
			i += used - 1;
		} else if (is_month_end(&tokens, i) && month_end_at == G_MAXUINT)
			month_end_at = i;
		else if (month_end_at != G_MAXUINT && found.day_of_month == 0)
			found.day_of_month = day_behind(&tokens, i);
	}
	tokens_clear(&tokens);
	if (other || discount)
		return;
	if (!found.found && month_end_at != G_MAXUINT && payment)
		found.found = true;
	if (!found.found && receipt && payment)
		found.found = true;
	found.end_of_month = month_end_at != G_MAXUINT;
	found.month_end_first = month_end_at < days_place && days_place != G_MAXUINT;
	if (found.found && (!terms->found || found.days > terms->days))
		*terms = found;
}

/* Whether a sentence ends AT: a dot behind a word, no abbreviation, and a capital letter behind it. */
static bool ends_sentence(const char *text, const char *at)
{
	enum { WORD_LEAST = 4 };
	if (*at != '.' || at[1] != ' ' || !g_ascii_isupper(at[2]) || at - text < WORD_LEAST)
		return false;
	for (int i = 1; i <= WORD_LEAST; i++)
		if (!g_ascii_isalpha(at[-i]) && (at[-i] & 0x80) == 0)
			return false;
	return true;
}

struct terms terms_read(const char *text)
{
	struct terms terms = {0};
	char *parted = g_strdup(text);
	for (char *at = parted; *at != '\0'; at++)
		if (ends_sentence(parted, at))
			*at = ';';
	char **clauses = g_strsplit_set(parted, ",;\n()", 64);
	g_free(parted);
	for (char **clause = clauses; *clause != NULL; clause++)
		read_clause(*clause, &terms);
	g_strfreev(clauses);
	return terms;
}

date_t terms_due_date(const struct terms *terms, date_t issue_date)
{
	date_t date = issue_date;
	if (terms->end_of_month && terms->month_end_first)
		date = date_end_of_month(date) + terms->days;
	else {
		date += terms->days;
		if (terms->end_of_month)
			date = date_end_of_month(date);
	}
	if (terms->day_of_month > 0) {
		struct date_parts parts = date_parts(date);
		date_t day = date_from_parts(parts.year, parts.month, terms->day_of_month);
		date = day >= date ? day : date_add_months(day, 1);
	}
	return date;
}
