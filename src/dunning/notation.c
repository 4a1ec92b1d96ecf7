#include "base/base.h"
#include "dunning/notation.h"

#include <strings.h>

#define NO_BREAK_SPACE	      "\u00a0"
#define NARROW_NO_BREAK_SPACE "\u202f"

static const char *const english[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};
static const char *const french[] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre"};
static const char *const german[] = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember"};
static const char *const austrian[] = {"Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember"};
static const char *const spanish[] = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
    "agosto", "septiembre", "octubre", "noviembre", "diciembre"};
static const char *const italian[] = {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio",
    "agosto", "settembre", "ottobre", "novembre", "dicembre"};
static const char *const dutch[] = {"januari", "februari", "maart", "april", "mei", "juni", "juli",
    "augustus", "september", "oktober", "november", "december"};

struct notation {
	const char *language; /* "de", or with a country where that one differs: "de-CH" */
	const char *thousands, *decimal;
	bool sign_first;
	const char *between; /* sign and amount */
	const char *date;    /* d M m y 0: see append_date */
	const char *first;   /* how the first of a month is written */
	const char *short_date;
	const char *const *months;
};

#define NNBSP NARROW_NO_BREAK_SPACE
#define NBSP  NO_BREAK_SPACE
/* English first: it is what an unknown language falls back to. */
static const struct notation notations[] = {
    {"en", ",", ".", true, "", "d M y", "1", "d B y", english},
    {"fr", NNBSP, ",", false, NBSP, "d M y", "1er", "0d/0m/y", french},
    {"de", ".", ",", false, NBSP, "d. M y", "1", "0d.0m.y", german},
    {"es", ".", ",", false, NBSP, "d 'de' M 'de' y", "1", "0d/0m/y", spanish},
    {"it", ".", ",", false, NBSP, "d M y", "1º", "0d/0m/y", italian},
    {"nl", ".", ",", true, NBSP, "d M y", "1", "0d-0m-y", dutch},
    {"fr-BE", ".", ",", false, NBSP, "d M y", "1er", "0d/0m/y", french},
    {"nl-BE", ".", ",", true, NBSP, "d M y", "1", "0d/0m/y", dutch},
    {"de-AT", ".", ",", true, NBSP, "d. M y", "1", "0d.0m.y", austrian},
    {"de-CH", "’", ".", true, NBSP, "d. M y", "1", "0d.0m.y", german},
    {"fr-CH", "’", ".", true, NBSP, "d M y", "1er", "0d.0m.y", french},
    {"it-CH", "’", ".", true, NBSP, "d M y", "1º", "0d.0m.y", italian},
    {"en-US", ",", ".", true, "", "M d, y", "1", "B d, y", english},
    {"en-CA", ",", ".", true, "", "M d, y", "1", "B d, y", english},
    {"de-LI", "’", ".", true, NBSP, "d. M y", "1", "0d.0m.y", german},
};
#undef NNBSP
#undef NBSP

const char *notation_tag(const char *language, const char *country)
{
	char tag[8];
	snprintf(tag, sizeof tag, "%.2s-%.2s", language, country ? country : "");
	for (size_t i = 0; i < ARRAY_LENGTH(notations); i++)
		if (strcasecmp(notations[i].language, tag) == 0)
			return notations[i].language;
	return language;
}

static const struct notation *notation_of(const char *language)
{
	for (size_t i = 0; language && i < ARRAY_LENGTH(notations); i++)
		if (strcmp(notations[i].language, language) == 0)
			return &notations[i];
	for (size_t i = 0; language && i < ARRAY_LENGTH(notations); i++)
		if (strncmp(notations[i].language, language, 2) == 0)
			return &notations[i];
	return &notations[0];
}

/* A dollar is one of several but to whom it is his own. */
static const char *currency_sign(const char *code, const char *language)
{
	static const char *const signs[][2] = {{"EUR", "€"}, {"GBP", "£"}};
	if (strcmp(code, "USD") == 0 && strcmp(language, "en-US") == 0)
		return "$";
	for (size_t i = 0; i < ARRAY_LENGTH(signs); i++)
		if (strcmp(signs[i][0], code) == 0)
			return signs[i][1];
	return NULL;
}

static void append_digits(struct buffer *text, const char *digits, size_t count, const char *thousands)
{
	for (size_t i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			buffer_append_text(text, thousands);
		buffer_append_char(text, digits[i]);
	}
}

void notation_money(struct buffer *text, struct money amount, const char *language)
{
	const struct notation *notation = notation_of(language);
	char machine[MONEY_TEXT_SIZE];
	const char *digits = money_format(amount, machine);
	if (!*digits)
		return;
	const char *sign = currency_sign(amount.currency, notation->language);
	const char *between = sign ? notation->between : NO_BREAK_SPACE;
	bool negative = *digits == '-';
	digits += negative;
	/* "-£50.00", but "€ -50,00": a minus stands beside what it touches */
	if (negative && (!notation->sign_first || !*between))
		buffer_append_text(text, "-");
	if (notation->sign_first) {
		buffer_append_text(text, sign ? sign : amount.currency);
		buffer_append_text(text, between);
		if (negative && *between)
			buffer_append_text(text, "-");
	}
	size_t whole = strcspn(digits, ".");
	append_digits(text, digits, whole, notation->thousands);
	if (digits[whole]) {
		buffer_append_text(text, notation->decimal);
		buffer_append_text(text, digits + whole + 1);
	}
	if (!notation->sign_first) {
		buffer_append_text(text, between);
		buffer_append_text(text, sign ? sign : amount.currency);
	}
}

/* Copies the first COUNT characters of a UTF-8 word. */
static void append_characters(struct buffer *text, const char *word, int count)
{
	while (*word) {
		bool starts = ((unsigned char)*word & 0xc0) != 0x80;
		if (starts && count-- == 0)
			return;
		buffer_append_char(text, *word++);
	}
}

/* d day (the first by its own word), M month's name, B its three letters, m month's number, y year, 0 pads
 * what follows to two digits, '…' literally; everything else stands for itself with a no-break space for a
 * space. */
static void append_date(
    struct buffer *text, date_t date, const struct notation *notation, const char *pattern)
{
	struct date_parts parts = date_parts(date);
	bool padded = false;
	for (; *pattern; pattern++) {
		switch (*pattern) {
		case '0':
			padded = true;
			continue;
		case 'd':
			if (padded)
				buffer_printf(text, "%02d", parts.day);
			else if (parts.day == 1)
				buffer_append_text(text, notation->first);
			else
				buffer_printf(text, "%d", parts.day);
			break;
		case 'm':
			buffer_printf(text, "%02d", parts.month);
			break;
		case 'M':
			buffer_append_text(text, notation->months[parts.month - 1]);
			break;
		case 'B':
			append_characters(text, notation->months[parts.month - 1], 3);
			break;
		case 'y':
			buffer_printf(text, "%04d", parts.year);
			break;
		case '\'':
			while (pattern[1] != '\'')
				buffer_append_char(text, *++pattern);
			pattern++;
			break;
		case ' ':
			buffer_append_text(text, NO_BREAK_SPACE);
			break;
		default:
			buffer_append_char(text, *pattern);
		}
		padded = false;
	}
}

void notation_date(struct buffer *text, date_t date, const char *language)
{
	const struct notation *notation = notation_of(language);
	append_date(text, date, notation, notation->date);
}

void notation_short_date(struct buffer *text, date_t date, const char *language)
{
	const struct notation *notation = notation_of(language);
	append_date(text, date, notation, notation->short_date);
}

void notation_percent(struct buffer *text, int rate, const char *language)
{
	const struct notation *notation = notation_of(language);
	int whole = rate / 1000, part = rate % 1000 < 0 ? -(rate % 1000) : rate % 1000;
	static const char *const without_space[] = {"en", "it", "nl"};
	bool tight = false;
	for (size_t i = 0; i < ARRAY_LENGTH(without_space); i++)
		tight = tight || strncmp(notation->language, without_space[i], 2) == 0;
	buffer_printf(
	    text, "%s%d%s%02d", rate < 0 && whole == 0 ? "-" : "", whole, notation->decimal, part / 10);
	if (part % 10)
		buffer_printf(text, "%d", part % 10);
	buffer_append_text(text, tight ? "%" : NO_BREAK_SPACE "%");
}

void notation_iban(struct buffer *text, const char *iban)
{
	for (size_t i = 0; iban[i]; i++) {
		if (i && i % 4 == 0)
			buffer_append_char(text, ' ');
		buffer_append_char(text, iban[i]);
	}
}
