#include "base/base.h"
#include "mail/attribution.h"

/* The lines of a candidate in one, without dashes around and without the colon. */
struct candidate {
	char text[ATTRIBUTION_MAX_LINES * 260];
	size_t length;
	bool has_colon;
	bool has_dashes; /* "---- X wrote ----" */
};

/* Attributions have short lines; what is longer is prose. */
#define CANDIDATE_LINE_MAX 250

static bool candidate_set(struct candidate *candidate, const struct folded *folded, size_t first, size_t last)
{
	candidate->length = 0;
	for (size_t i = first; i <= last; i++) {
		const char *line = folded_line(folded, i);
		size_t length = strlen(line);
		if (length > CANDIDATE_LINE_MAX)
			return false;
		if (candidate->length && length)
			candidate->text[candidate->length++] = ' ';
		memcpy(candidate->text + candidate->length, line, length);
		candidate->length += length;
	}
	candidate->text[candidate->length] = '\0';
	return true;
}

static void candidate_trim(struct candidate *candidate)
{
	char *text = candidate->text;
	size_t length = candidate->length, before = length;
	while (length && (text[length - 1] == '-' || text[length - 1] == ' '))
		length--;
	candidate->has_dashes = before - length >= 2;
	candidate->has_colon = length && text[length - 1] == ':';
	length -= candidate->has_colon;
	while (length && text[length - 1] == ' ')
		length--;
	size_t dashes = strspn(text, "- ");
	if (dashes > length)
		dashes = length;
	memmove(text, text + dashes, length - dashes);
	candidate->length = length - dashes;
	text[candidate->length] = '\0';
}

/* The verb at the end ("a écrit"), or NULL; its start goes to VERB. Mail programs may glue it to ">". */
static bool ends_with_verb(const struct mail_words *words, const struct candidate *candidate, size_t *verb)
{
	const struct phrases *verbs = &words->phrases[MAIL_WROTE];
	for (size_t i = 0; i < verbs->count; i++) {
		size_t length = strlen(verbs->list[i]);
		if (length > candidate->length)
			continue;
		size_t start = candidate->length - length;
		bool is_word = !start || candidate->text[start - 1] == ' ' ||
			       candidate->text[start - 1] == '>' || candidate->text[start - 1] == ',';
		if (is_word && !strcmp(candidate->text + start, verbs->list[i])) {
			*verb = start;
			return true;
		}
	}
	return false;
}

/* "as you wrote:" is a person's. */
static bool person_before(const struct mail_words *words, const char *text, size_t verb)
{
	while (verb && text[verb - 1] == ' ')
		verb--;
	size_t start = verb;
	while (start && text[start - 1] != ' ')
		start--;
	char word[16];
	if (verb - start >= sizeof(word))
		return false;
	memcpy(word, text + start, verb - start);
	word[verb - start] = '\0';
	const struct phrases *persons = &words->phrases[MAIL_PERSON];
	for (size_t i = 0; i < persons->count; i++)
		if (!strcmp(word, persons->list[i]))
			return true;
	return false;
}

/* "schriebst du:" */
static bool person_behind(const struct mail_words *words, const struct candidate *candidate)
{
	size_t start = candidate->length;
	while (start && candidate->text[start - 1] != ' ')
		start--;
	const struct phrases *persons = &words->phrases[MAIL_PERSON];
	for (size_t i = 0; i < persons->count; i++)
		if (!strcmp(candidate->text + start, persons->list[i]))
			return true;
	return false;
}

bool attribution_has_time(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, ":.h")); at++)
		if (at > text && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1]) &&
		    g_ascii_isdigit(at[2]) && !g_ascii_isdigit(at[3]) &&
		    (*at != '.' || !strchr(".", at[3]) || !at[3]))
			return true;
	return false;
}

static bool has_year(const char *text)
{
	for (const char *at = text; (at = strstr(at, "20")); at++)
		if ((at == text || !g_ascii_isdigit(at[-1])) && g_ascii_isdigit(at[2]) &&
		    g_ascii_isdigit(at[3]) && !g_ascii_isdigit(at[4]))
			return true;
	return false;
}

static bool has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

static bool has_address(const char *text)
{
	const char *at = strchr(text, '@');
	return at && at > text && g_ascii_isgraph(at[-1]) && g_ascii_isalnum(at[1]);
}

/* "Am 3.3. um 10:02 schrieb X <a@b>" : the verb in the middle, the name behind. */
static bool has_middle_verb(const struct mail_words *words, const char *text)
{
	const struct phrases *verbs = &words->phrases[MAIL_WROTE_BEFORE];
	for (size_t i = 0; i < verbs->count; i++) {
		const char *found = strstr(text, verbs->list[i]);
		if (found && !person_before(words, text, (size_t)(found - text)))
			return true;
	}
	return false;
}

static bool is_opener(const struct mail_words *words, const char *text)
{
	return mail_words_begin(words, MAIL_OPENER, text) != NULL;
}

/* "12/03/2026", "2026-03-12", "12 mars", "Thu, 12"; no number with letters glued to it. */
static bool starts_like_date(const struct mail_words *words, const char *text)
{
	size_t digits = strspn(text, "0123456789");
	return (digits && digits <= 4 && strchr("/-. ,:", text[digits])) ||
	       mail_words_begin(words, MAIL_WEEKDAY, text);
}

/* "2026 à 09:00, X a écrit :", whose day stands in the line before. */
static bool starts_with_year(const char *text)
{
	return strspn(text, "0123456789") == 4 && text[4] == ' ';
}

static enum attribution_strength judge(const struct mail_words *words, const struct candidate *candidate)
{
	const char *text = candidate->text;
	size_t verb = 0;
	bool address = has_address(text), time_ = attribution_has_time(text), digit = has_digit(text);
	bool at_end =
	    (candidate->has_colon || candidate->has_dashes) && ends_with_verb(words, candidate, &verb);
	bool dated = time_ || (digit && has_year(text));
	if (at_end && (person_before(words, text, verb) || person_behind(words, candidate)) && !address)
		return dated && is_opener(words, text) ? ATTRIBUTION_WEAK : ATTRIBUTION_NONE;
	bool speaks = at_end || (candidate->has_colon && has_middle_verb(words, text));
	if (speaks && is_opener(words, text) && digit)
		return address || dated || candidate->has_dashes ? ATTRIBUTION_STRONG : ATTRIBUTION_WEAK;
	if (speaks && (address || time_))
		return ATTRIBUTION_STRONG;
	if (at_end && candidate->has_dashes)
		return ATTRIBUTION_STRONG;
	if (speaks)
		return ATTRIBUTION_WEAK;
	bool in_brackets = address && strpbrk(text, "<(");
	if (candidate->has_colon && in_brackets && time_ &&
	    (starts_like_date(words, text) || is_opener(words, text)))
		return ATTRIBUTION_STRONG; /* "2014-10-17 11:28 GMT+03:00 X <a@b>:" */
	if (candidate->has_colon && in_brackets && time_)
		return ATTRIBUTION_WEAK; /* "X <a@b> (16.03.2026, 09:00):" */
	bool bare = candidate->length && text[candidate->length - 1] == '>';
	if (in_brackets && starts_like_date(words, text) && g_ascii_isdigit(text[0]) &&
	    (candidate->has_colon || bare))
		return ATTRIBUTION_WEAK; /* "2011/4/7 X <a@b>" */
	return ATTRIBUTION_NONE;
}

/* A verb or an address: one of them stands in the last line or in the one before. */
static bool has_hint(const struct mail_words *words, const char *line)
{
	const struct phrases *verbs = &words->phrases[MAIL_WROTE];
	size_t length = strlen(line);
	if (!length || length > CANDIDATE_LINE_MAX)
		return false;
	if (strchr(line, '@'))
		return true;
	for (size_t i = 0; i < verbs->count; i++) {
		const char *verb = strstr(line, verbs->list[i]);
		if (verb && (verb == line || !g_ascii_isalpha(verb[-1])))
			return true;
	}
	return false;
}

/* Whether it is worth looking at all: nearly all lines of prose end here. */
static bool may_end_here(
    const struct mail_words *words, const struct folded *folded, size_t lowest, size_t last)
{
	const char *line = folded_line(folded, last);
	size_t length = strlen(line);
	if (!length || length > CANDIDATE_LINE_MAX || !strchr(":>-", line[length - 1]))
		return false;
	if (has_hint(words, line) || last == lowest)
		return has_hint(words, line);
	const char *before = folded_line(folded, last - 1);
	if (has_hint(words, before))
		return true;
	char *both = g_strconcat(before, " ", line, NULL); /* "ha", "scritto:" */
	bool found = has_hint(words, both);
	g_free(both);
	return found;
}

/*
 * "reply On Wed, Apr 4, 2012 at 3:59 PM, bob@example.com wrote:": where in LINE the attribution begins behind
 * other words. Only for capital letters as programs write them, with a day or a date next.
 */
static size_t shared_start(const struct mail_words *words, const char *line, size_t length)
{
	const struct phrases *openers = &words->phrases[MAIL_INNER_OPENER];
	for (size_t i = 1; i + 4 < length; i++) {
		bool at_word = line[i - 1] == ' ' || line[i - 1] == '-';
		for (size_t k = 0; at_word && k < openers->count; k++) {
			const char *opener = openers->list[k];
			size_t size = strlen(opener);
			if (line[i] != g_ascii_toupper(opener[0]) || i + size >= length ||
			    strncmp(line + i + 1, opener + 1, size - 1) != 0 || line[i + size] != ' ')
				continue;
			char next[12] = "";
			for (size_t n = 0; n + 1 < sizeof(next) && i + size + 1 + n < length; n++)
				next[n] = g_ascii_tolower(line[i + size + 1 + n]);
			next[strcspn(next, " ,.")] = '\0';
			if (starts_like_date(words, next))
				return i;
		}
	}
	return 0;
}

static size_t without_dashes(const char *line, size_t length)
{
	while (length && (line[length - 1] == '-' || line[length - 1] == ' '))
		length--;
	return length;
}

enum attribution_strength attribution_find(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, size_t lowest, size_t last, struct attribution *attribution)
{
	struct candidate candidate;
	enum attribution_strength best = ATTRIBUTION_NONE;
	*attribution = (struct attribution){.first = last};
	if (!may_end_here(words, folded, lowest, last))
		return ATTRIBUTION_NONE;
	bool starts_right = false;
	for (size_t count = 1; count <= ATTRIBUTION_MAX_LINES && last + 1 >= lowest + count; count++) {
		size_t first = last + 1 - count;
		const char *line = folded_line(folded, first);
		bool is_complete = best == ATTRIBUTION_STRONG && attribution->first == last;
		if (!*line && is_complete) /* what stands above the gap is the author's */
			break;
		if (!*line)
			continue;
		if (!candidate_set(&candidate, folded, first, last))
			break;
		candidate_trim(&candidate);
		/* "a écrit :" and "Le Goff <a@b> a écrit :" begin with an opener's letters, but hold no day
		 */
		bool opens = is_opener(words, candidate.text) || starts_like_date(words, candidate.text);
		/* without an opener more lines are only taken for a name or an address that was wrapped */
		if (count > 2 && !opens)
			continue;
		enum attribution_strength strength = judge(words, &candidate);
		opens = opens && has_digit(candidate.text) && !starts_with_year(candidate.text);
		if (strength > best || (strength == best && strength && opens && !starts_right)) {
			best = strength;
			attribution->first = first;
			starts_right = opens;
		}
		if (best && starts_right)
			break;
	}
	if (best == ATTRIBUTION_STRONG && attribution->first == last && !starts_right) {
		const struct text_line *line = text_lines_at(lines, last);
		const char *text = text_line_text(lines, line);
		size_t start = shared_start(words, text, line->length);
		attribution->own_length = start ? without_dashes(text, start) : 0;
	}
	return best;
}
