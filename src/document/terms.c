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

static const char *const words_weeks[] = {"semaine", "semaines", "woche", "wochen", "week", "weeks", "weken",
    "semana", "semanas", "settimana", "settimane", NULL};
static const char *const words_months[] = {"mois", "monat", "monats", "monate", "monaten", "month", "months",
    "mes", "meses", "mese", "mesi", "maand", "maanden", NULL};
static const struct {
	const char *word;
	int number;
} number_words[] = {
    {"un", 1},
    {"une", 1},
    {"one", 1},
    {"a", 1},
    {"ein", 1},
    {"eine", 1},
    {"einem", 1},
    {"einer", 1},
    {"eines", 1},
    {"uno", 1},
    {"una", 1},
    {"een", 1},
    {"deux", 2},
    {"two", 2},
    {"zwei", 2},
    {"dos", 2},
    {"due", 2},
    {"twee", 2},
    {"trois", 3},
    {"three", 3},
    {"drei", 3},
    {"tres", 3},
    {"tre", 3},
    {"drie", 3},
    {"quatre", 4},
    {"four", 4},
    {"vier", 4},
    {"cuatro", 4},
    {"quattro", 4},
    {"sept", 7},
    {"seven", 7},
    {"sieben", 7},
    {"siete", 7},
    {"sette", 7},
    {"zeven", 7},
    {"huit", 8},
    {"acht", 8},
    {"ocho", 8},
    {"otto", 8},
    {"dix", 10},
    {"ten", 10},
    {"zehn", 10},
    {"diez", 10},
    {"dieci", 10},
    {"tien", 10},
    {"quatorze", 14},
    {"fourteen", 14},
    {"vierzehn", 14},
    {"veertien", 14},
    {"quinze", 15},
    {"fifteen", 15},
    {"quince", 15},
    {"quindici", 15},
    {"vingt", 20},
    {"twenty", 20},
    {"zwanzig", 20},
    {"veinte", 20},
    {"venti", 20},
    {"trente", 30},
    {"thirty", 30},
    {"dreissig", 30},
    {"treinta", 30},
    {"trenta", 30},
    {"dertig", 30},
    {"soixante", 60},
    {"sixty", 60},
    {"sechzig", 60},
    {"sesenta", 60},
    {"sessanta", 60},
    {"zestig", 60},
};

/* Whether the words from AT on are those of PHRASE. */
static bool phrase_at(const struct tokens *tokens, guint at, const char *const *phrase)
{
	for (guint i = 0; phrase[i] != NULL; i++)
		if (at + i >= tokens->list->len || strcmp(TOKEN(tokens, at + i)->word, phrase[i]) != 0)
			return false;
	return true;
}

/* How many words from AT on say the end of the month; 0: none. */
static guint month_end_at(const struct tokens *tokens, guint at)
{
	static const char *const phrases[][5] = {{"fin", "de", "mois"}, {"fin", "du", "mois"},
	    {"fin", "mois"}, {"fdm"}, {"end", "of", "month"}, {"end", "of", "the", "month"}, {"eom"},
	    {"monatsende"}, {"ende", "des", "monats"}, {"fin", "de", "mes"}, {"fin", "mes"}, {"fine", "mese"},
	    {"f", "m"}, {"fm"}, {"dffm"}, {"dfm"}, {"einde", "maand"}, {"einde", "van", "de", "maand"}};
	guint longest = 0;
	for (size_t i = 0; i < ARRAY_LENGTH(phrases); i++)
		if (phrase_at(tokens, at, phrases[i]))
			longest = MAX(longest, g_strv_length((char **)(uintptr_t)phrases[i]));
	return longest;
}

/* "fin de décade": the 10th, the 20th, the end of the month */
static bool is_decade_end(const struct tokens *tokens, guint at)
{
	static const char *const phrases[][4] = {{"fin", "de", "decade"}, {"fin", "decade"}};
	return phrase_at(tokens, at, phrases[0]) || phrase_at(tokens, at, phrases[1]);
}

/* "10. des Folgemonats", "le 15 du mois suivant": whether AT says that the next month is meant. */
static bool is_next_month(const struct tokens *tokens, guint at)
{
	static const char *const phrases[][6] = {{"folgemonats"}, {"des", "nachsten", "monats"},
	    {"mois", "suivant"}, {"month", "following"}, {"following", "month"}, {"next", "month"},
	    {"mes", "siguiente"}, {"mese", "successivo"}, {"mese", "seguente"}, {"volgende", "maand"}};
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

/* "30/60/90 gg", whose folded word is "306090": the last of several, each later than the one before. */
static bool last_of_several(const char *word, int *number)
{
	size_t length = strlen(word);
	int before = 0;
	if (length < 4 || length % 2 != 0 || strspn(word, "0123456789") != length)
		return false;
	for (; *word != '\0'; word += 2) {
		*number = (word[0] - '0') * 10 + (word[1] - '0');
		if (*number <= before || *number % 5 != 0)
			return false;
		before = *number;
	}
	return true;
}

/* A number in digits or, where a unit follows, in words. */
static bool number_at(const struct tokens *tokens, guint at, int *number)
{
	const char *word = TOKEN(tokens, at)->word;
	for (size_t i = 0; i < ARRAY_LENGTH(number_words); i++)
		if (strcmp(number_words[i].word, word) == 0) {
			*number = number_words[i].number;
			return true;
		}
	return small_number(word, number) || last_of_several(word, number);
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
	if (at + 1 < tokens->list->len && number_at(tokens, at, days)) {
		if (is_one_of(TOKEN(tokens, at + 1)->word, words_days))
			return 2;
		if (is_one_of(TOKEN(tokens, at + 1)->word, words_weeks) && *days <= DAYS_MAX / 7) {
			*days *= 7;
			return 2;
		}
		static const char *const calendar[] = {
		    "calendar", "jours", "working", "naturales", "kalender", NULL};
		if (at + 2 < tokens->list->len && is_one_of(TOKEN(tokens, at + 1)->word, calendar) &&
		    is_one_of(TOKEN(tokens, at + 2)->word, words_days))
			return 3;
	}
	return net_days(tokens, at, days) ? 2 : 0;
}

/* "un mois", "1 month", "zwei Monaten": how many words it takes. */
static guint months_at(const struct tokens *tokens, guint at, int *months)
{
	enum { MONTHS_MAX = 6 };
	bool found = at + 1 < tokens->list->len && number_at(tokens, at, months) && *months >= 1 &&
		     *months <= MONTHS_MAX && is_one_of(TOKEN(tokens, at + 1)->word, words_months);
	return found ? 2 : 0;
}

/* "FM +10": a number directly behind the end of the month, that counts nothing else */
static int bare_day_at(const struct tokens *tokens, guint at)
{
	int day, days;
	bool found = at < tokens->list->len && small_number(TOKEN(tokens, at)->word, &day) && day >= 1 &&
		     day <= 28 && days_at(tokens, at, &days) == 0;
	return found ? day : 0;
}

/* "the 20th of the month following": the day before the words AT; 0 where none is told */
static int day_before(const struct tokens *tokens, guint at)
{
	static const char *const links[] = {"des", "du", "of", "the", "del", "van", "de", "der", NULL};
	int day;
	while (at > 0 && is_one_of(TOKEN(tokens, at - 1)->word, links))
		at--;
	char *word = at > 0 ? g_strdup(TOKEN(tokens, at - 1)->word) : NULL;
	if (word != NULL && strspn(word, "0123456789") > 0)
		word[strspn(word, "0123456789")] = '\0'; /* "20th" */
	bool found = word != NULL && small_number(word, &day) && day >= 1 && day <= 28;
	g_free(word);
	return found ? day : 0;
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

/* What the words of a clause say on the way. */
struct clause {
	struct terms terms;
	bool discount, other, payment, receipt, next_month;
	guint month_end_place, days_place; /* G_MAXUINT: none */
};

/* Reads what begins at AT; how many words it takes. */
static guint read_words(const struct tokens *tokens, guint at, struct clause *clause)
{
	const char *word = TOKEN(tokens, at)->word;
	struct terms *terms = &clause->terms;
	int number;
	clause->discount |= is_one_of(word, words_discount) && !is_denied(tokens, at);
	clause->other |= is_one_of(word, words_other);
	clause->payment |= is_one_of(word, words_payment);
	clause->receipt |= is_one_of(word, words_receipt);
	guint used = days_at(tokens, at, &number);
	if (used > 0) {
		if (!terms->found || number > terms->days) {
			terms->found = true;
			terms->days = number;
			clause->days_place = at;
		}
		return used;
	}
	used = months_at(tokens, at, &number);
	if (used > 0) {
		terms->found = true;
		terms->months = number;
		return used;
	}
	used = month_end_at(tokens, at);
	if (used > 0 && clause->month_end_place == G_MAXUINT) {
		clause->month_end_place = at;
		terms->day_of_month = bare_day_at(tokens, at + used);
		return used + (terms->day_of_month > 0 ? 1 : 0);
	}
	terms->end_of_decade |= is_decade_end(tokens, at);
	if (is_next_month(tokens, at)) {
		clause->next_month = true;
		if (terms->day_of_month == 0)
			terms->day_of_month = day_before(tokens, at);
	} else if (terms->day_of_month == 0 && (clause->month_end_place != G_MAXUINT || terms->found))
		terms->day_of_month = day_behind(tokens, at);
	return 1;
}

static void read_clause(const char *text, struct terms *terms)
{
	struct tokens tokens;
	struct clause clause = {
	    .discount = strchr(text, '%') != NULL, .month_end_place = G_MAXUINT, .days_place = G_MAXUINT};
	struct terms *found = &clause.terms;
	tokens_init(&tokens, text);
	for (guint i = 0; i < tokens.list->len;)
		i += read_words(&tokens, i, &clause);
	tokens_clear(&tokens);
	if (clause.other || clause.discount)
		return;
	bool month_end = clause.month_end_place != G_MAXUINT;
	bool day_of_next = clause.next_month && found->day_of_month > 0;
	found->found |= clause.payment && (month_end || clause.receipt || day_of_next);
	found->end_of_month = month_end || day_of_next;
	found->month_end_first = clause.month_end_place < clause.days_place && clause.days_place != G_MAXUINT;
	bool longer = found->months * 30 + found->days > terms->months * 30 + terms->days;
	if (found->found && (!terms->found || longer))
		*terms = *found;
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

static date_t end_of_decade(date_t date)
{
	struct date_parts parts = date_parts(date);
	if (parts.day > 20)
		return date_end_of_month(date);
	return date_from_parts(parts.year, parts.month, parts.day > 10 ? 20 : 10);
}

date_t terms_due_date(const struct terms *terms, date_t issue_date)
{
	date_t date = terms->months > 0 ? date_add_months(issue_date, terms->months) : issue_date;
	if (terms->end_of_month && terms->month_end_first)
		date = date_end_of_month(date) + terms->days;
	else {
		date += terms->days;
		if (terms->end_of_month)
			date = date_end_of_month(date);
	}
	if (terms->end_of_decade)
		date = end_of_decade(date);
	if (terms->day_of_month > 0) {
		struct date_parts parts = date_parts(date);
		date_t day = date_from_parts(parts.year, parts.month, terms->day_of_month);
		date = day >= date ? day : date_add_months(day, 1);
	}
	return date;
}
