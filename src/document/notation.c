#include "base/base.h"
#include "base/utf8.h"
#include "document/notation.h"

#include <glib.h>

struct cursor {
	const char *at, *end;
};

/* Without accents; a word matches where it begins with one of these and is no longer than the full name. */
static const struct {
	const char *abbreviation; /* the letters that must be there */
	const char *full;
	int month;
} months[] = {
    {"janv", "janvier", 1},
    {"jan", "january", 1},
    {"jan", "januar", 1},
    {"jan", "januari", 1},
    {"jaen", "jaenner", 1},
    {"jan", "janner", 1},
    {"ene", "enero", 1},
    {"gen", "gennaio", 1},
    {"fev", "fevrier", 2},
    {"feb", "february", 2},
    {"feb", "februar", 2},
    {"feb", "februari", 2},
    {"feb", "febrero", 2},
    {"feb", "febbraio", 2},
    {"febr", "februar", 2},
    {"mars", "mars", 3},
    {"mar", "march", 3},
    {"mar", "marz", 3},
    {"maerz", "maerz", 3},
    {"mrz", "mrz", 3},
    {"mar", "marzo", 3},
    {"maart", "maart", 3},
    {"mrt", "mrt", 3},
    {"avr", "avril", 4},
    {"apr", "april", 4},
    {"abr", "abril", 4},
    {"apr", "aprile", 4},
    {"mai", "mai", 5},
    {"may", "may", 5},
    {"may", "mayo", 5},
    {"mag", "maggio", 5},
    {"mei", "mei", 5},
    {"juin", "juin", 6},
    {"jun", "june", 6},
    {"jun", "juni", 6},
    {"jun", "junio", 6},
    {"giu", "giugno", 6},
    {"juil", "juillet", 7},
    {"jul", "july", 7},
    {"jul", "juli", 7},
    {"jul", "julio", 7},
    {"lug", "luglio", 7},
    {"aou", "aout", 8},
    {"aug", "august", 8},
    {"aug", "augustus", 8},
    {"ago", "agosto", 8},
    {"sep", "september", 9},
    {"sept", "septembre", 9},
    {"sep", "septiembre", 9},
    {"set", "settembre", 9},
    {"set", "setiembre", 9},
    {"oct", "octobre", 10},
    {"oct", "october", 10},
    {"okt", "oktober", 10},
    {"oct", "octubre", 10},
    {"ott", "ottobre", 10},
    {"nov", "november", 11},
    {"nov", "novembre", 11},
    {"nov", "noviembre", 11},
    {"dec", "december", 12},
    {"dec", "decembre", 12},
    {"dez", "dezember", 12},
    {"dic", "diciembre", 12},
    {"dic", "dicembre", 12},
};

static bool is_digit(const struct cursor *cursor)
{
	return cursor->at < cursor->end && g_ascii_isdigit(*cursor->at);
}

/* One to MAX digits, not followed by another one. */
static bool take_number(struct cursor *cursor, int max, int *number, int *digits)
{
	*number = 0;
	*digits = 0;
	while (is_digit(cursor) && *digits < max) {
		*number = *number * 10 + (*cursor->at - '0');
		cursor->at++;
		(*digits)++;
	}
	return *digits > 0 && !is_digit(cursor);
}

static bool skip_spaces(struct cursor *cursor)
{
	const char *before = cursor->at;
	while (cursor->at < cursor->end) {
		size_t left = (size_t)(cursor->end - cursor->at);
		if (*cursor->at == ' ' || *cursor->at == '\t')
			cursor->at++;
		else if (left >= 2 && memcmp(cursor->at, "\xc2\xa0", 2) == 0)
			cursor->at += 2;
		else if (left >= 3 && memcmp(cursor->at, "\xe2\x80\xaf", 3) == 0)
			cursor->at += 3;
		else
			break;
	}
	return cursor->at != before;
}

static bool skip_char(struct cursor *cursor, char one)
{
	if (cursor->at >= cursor->end || *cursor->at != one)
		return false;
	cursor->at++;
	return true;
}

/* The word of letters here, folded to ASCII without accents; its length in WORD, 0 where none. */
static size_t take_word(struct cursor *cursor, char *word, size_t size)
{
	size_t count = 0;
	while (cursor->at < cursor->end) {
		if (g_ascii_isalpha(*cursor->at)) { /* most are */
			if (count + 1 >= size)
				return 0;
			word[count++] = g_ascii_tolower(*cursor->at++);
			continue;
		}
		size_t length = utf8_sequence_length(cursor->at, (size_t)(cursor->end - cursor->at));
		if (length == 0)
			break;
		gunichar letter = g_unichar_tolower(utf8_code_point(cursor->at));
		if (!g_unichar_isalpha(letter))
			break;
		gunichar parts[4];
		if (g_unichar_fully_decompose(letter, FALSE, parts, ARRAY_LENGTH(parts)) > 0)
			letter = parts[0];
		if (letter >= 0x80 || count + 1 >= size)
			return 0;
		word[count++] = (char)letter;
		cursor->at += length;
	}
	word[count] = '\0';
	return count;
}

static int month_of_word(const char *word, size_t length)
{
	for (size_t i = 0; i < ARRAY_LENGTH(months); i++) {
		if (months[i].full[0] != word[0])
			continue;
		size_t least = strlen(months[i].abbreviation);
		if (length >= least && strncmp(months[i].full, word, length) == 0 &&
		    length <= strlen(months[i].full))
			return months[i].month;
		if (length == least && strcmp(months[i].abbreviation, word) == 0)
			return months[i].month;
	}
	return 0;
}

/* A month by its name, with the dot of an abbreviation. */
static bool take_month(struct cursor *cursor, int *month)
{
	char word[16];
	struct cursor ahead = *cursor;
	size_t length = take_word(&ahead, word, sizeof word);
	*month = length >= 3 ? month_of_word(word, length) : 0;
	if (*month == 0)
		return false;
	(void)skip_char(&ahead, '.');
	*cursor = ahead;
	return true;
}

static bool take_year(struct cursor *cursor, int *year, bool *short_year)
{
	int digits;
	(void)skip_char(cursor, '\''); /* "12 Mar '26" */
	if (!take_number(cursor, 4, year, &digits) || (digits != 2 && digits != 4))
		return false;
	*short_year = digits == 2;
	if (digits == 2)
		*year += 2000;
	return *year >= 1990 && *year <= 2099;
}

/* Skips "1er", "12th", "1º". */
static void skip_ordinal(struct cursor *cursor)
{
	static const char *const ordinals[] = {"er", "st", "nd", "rd", "th", "º", "°", "ª"};
	for (size_t i = 0; i < ARRAY_LENGTH(ordinals); i++) {
		size_t length = strlen(ordinals[i]);
		if ((size_t)(cursor->end - cursor->at) >= length &&
		    memcmp(cursor->at, ordinals[i], length) == 0) {
			cursor->at += length;
			return;
		}
	}
}

/* "de", "del", "of", between the parts of a date in words */
static void skip_link(struct cursor *cursor)
{
	static const char *const links[] = {"de", "del", "of", "d"};
	struct cursor ahead = *cursor;
	char word[8];
	if (take_word(&ahead, word, sizeof word) == 0)
		return;
	for (size_t i = 0; i < ARRAY_LENGTH(links); i++)
		if (strcmp(word, links[i]) == 0) {
			(void)skip_char(&ahead, '\'');
			(void)skip_spaces(&ahead);
			*cursor = ahead;
			return;
		}
}

static void skip_separators(struct cursor *cursor)
{
	while (cursor->at < cursor->end && strchr(" .-/,", *cursor->at) != NULL)
		cursor->at++;
	(void)skip_spaces(cursor);
}

static bool day_month_in_words(struct cursor *cursor, struct date_text *date)
{
	int day, digits, month, year;
	if (!take_number(cursor, 2, &day, &digits))
		return false;
	skip_ordinal(cursor);
	skip_separators(cursor);
	skip_link(cursor);
	if (!take_month(cursor, &month))
		return false;
	skip_separators(cursor);
	skip_link(cursor);
	if (!take_year(cursor, &year, &date->short_year))
		return false;
	date->date = date_from_parts(year, month, day);
	return date->date != DATE_NONE;
}

static bool month_in_words_day(struct cursor *cursor, struct date_text *date)
{
	int day, digits, month, year;
	if (!take_month(cursor, &month))
		return false;
	skip_separators(cursor);
	if (!take_number(cursor, 2, &day, &digits))
		return false;
	skip_ordinal(cursor);
	skip_separators(cursor);
	if (!take_year(cursor, &year, &date->short_year))
		return false;
	date->date = date_from_parts(year, month, day);
	return date->date != DATE_NONE;
}

static bool year_first(struct cursor *cursor, struct date_text *date)
{
	int year, month, day, digits;
	if (!take_number(cursor, 4, &year, &digits) || digits != 4 || year < 1990 || year > 2099)
		return false;
	char mark = cursor->at < cursor->end ? *cursor->at : '\0';
	if (mark == '\0' || strchr("-/.", mark) == NULL)
		return false;
	cursor->at++;
	if (!take_number(cursor, 2, &month, &digits) || !skip_char(cursor, mark) ||
	    !take_number(cursor, 2, &day, &digits))
		return false;
	date->date = date_from_parts(year, month, day);
	return date->date != DATE_NONE;
}

static bool all_digits(struct cursor *cursor, struct date_text *date)
{
	int first, second, year, digits;
	if (!take_number(cursor, 2, &first, &digits))
		return false;
	struct cursor before_mark = *cursor;
	(void)skip_spaces(cursor);
	char mark = cursor->at < cursor->end ? *cursor->at : '\0';
	if (mark == '\0' || strchr("-/.", mark) == NULL)
		return false;
	bool spaced = cursor->at != before_mark.at; /* "12 / 03 / 2026" */
	cursor->at++;
	(void)skip_spaces(cursor);
	if (!take_number(cursor, 2, &second, &digits))
		return false;
	if (spaced)
		(void)skip_spaces(cursor);
	if (!skip_char(cursor, mark))
		return false;
	(void)skip_spaces(cursor);
	if (!take_year(cursor, &year, &date->short_year))
		return false;
	date_t day_first = date_from_parts(year, second, first);
	/* Only the slash (and, in English, the hyphen) is written month first. */
	date_t month_first = mark != '.' ? date_from_parts(year, first, second) : DATE_NONE;
	date->date = day_first != DATE_NONE ? day_first : month_first;
	date->swapped = day_first != DATE_NONE && month_first != day_first ? month_first : DATE_NONE;
	date->month_first = day_first == DATE_NONE;
	date->day_first = mark != '.' && day_first != DATE_NONE && month_first == DATE_NONE;
	return date->date != DATE_NONE;
}

/* No letter, digit or further part of a number may follow. */
static bool ends_well(const struct cursor *cursor)
{
	if (cursor->at >= cursor->end)
		return true;
	if (g_ascii_isalnum(*cursor->at) || *cursor->at == '_')
		return *cursor->at == 'T'; /* an instant */
	bool mark = strchr("-/.", *cursor->at) != NULL;
	return !(mark && cursor->at + 1 < cursor->end && g_ascii_isalnum(cursor->at[1]));
}

static const char *const weekdays[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
    "dimanche", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue",
    "wed", "thu", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonnabend", "sonntag", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
    "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "maandag", "dinsdag",
    "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"};

static bool is_weekday(const char *word)
{
	for (size_t i = 0; i < ARRAY_LENGTH(weekdays); i++)
		if (weekdays[i][0] == word[0] && strcmp(weekdays[i], word) == 0)
			return true;
	return false;
}

static void skip_weekday(struct cursor *cursor)
{
	struct cursor ahead = *cursor;
	char word[16];
	if (take_word(&ahead, word, sizeof word) == 0 || !is_weekday(word))
		return;
	skip_separators(&ahead);
	*cursor = ahead;
}

/* The first three letters of all weekdays and months: a bit for each of 26 times 26 times 26. Words are many,
 * and few of them name a day. */
enum { BEGINNING = 3, BEGINNINGS = 26 * 26 * 26 };

static bool beginning_of(const char *word, unsigned *index)
{
	*index = 0;
	for (size_t i = 0; i < BEGINNING; i++) {
		if (!g_ascii_isalpha(word[i]))
			return false;
		*index = *index * 26 + (unsigned)(g_ascii_tolower(word[i]) - 'a');
	}
	return true;
}

static void mark_beginning(uint8_t *marks, const char *word)
{
	unsigned index;
	bool known = beginning_of(word, &index);
	g_assert(known);
	marks[index / 8] |= (uint8_t)(1u << index % 8);
}

static const uint8_t *known_beginnings(void)
{
	static uint8_t marks[BEGINNINGS / 8 + 1];
	static gsize once;
	if (g_once_init_enter(&once)) {
		for (size_t i = 0; i < ARRAY_LENGTH(months); i++) {
			mark_beginning(marks, months[i].abbreviation);
			mark_beginning(marks, months[i].full);
		}
		for (size_t i = 0; i < ARRAY_LENGTH(weekdays); i++)
			mark_beginning(marks, weekdays[i]);
		g_once_init_leave(&once, 1);
	}
	return marks;
}

/* False where TEXT begins neither with a digit nor with what can be the name of a day or month; accents are
 * left to the closer look. */
static bool may_be_date(const char *text, size_t length)
{
	if (length < BEGINNING)
		return false;
	for (size_t i = 0; i < BEGINNING; i++)
		if (g_ascii_isdigit(text[0]) || (text[i] & 0x80) != 0)
			return true;
	unsigned index;
	return beginning_of(text, &index) && (known_beginnings()[index / 8] >> index % 8 & 1) != 0;
}

size_t date_text_scan(const char *text, size_t length, struct date_text *date)
{
	*date = (struct date_text){.date = DATE_NONE, .swapped = DATE_NONE};
	if (!may_be_date(text, length))
		return 0;
	static bool (*const forms[])(struct cursor *, struct date_text *) = {
	    year_first, all_digits, day_month_in_words, month_in_words_day};
	struct cursor start = {text, text + length};
	skip_weekday(&start);
	/* those that begin with a digit, or the one that begins with a letter */
	size_t first = is_digit(&start) ? 0 : 3, end = is_digit(&start) ? 3 : ARRAY_LENGTH(forms);
	for (size_t i = first; i < end; i++) {
		struct cursor cursor = start;
		*date = (struct date_text){.date = DATE_NONE, .swapped = DATE_NONE};
		if (forms[i](&cursor, date) && ends_well(&cursor))
			return (size_t)(cursor.at - text);
	}
	*date = (struct date_text){.date = DATE_NONE, .swapped = DATE_NONE};
	return 0;
}
