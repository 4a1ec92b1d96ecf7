#include "base/base.h"
#include "mail/signature.h"

#include "mail/quoted_header.h"

/* Lines of a signature; small print behind it aside. */
#define SIGNATURE_MAX_LINES 14
/* After "-- " anything is signature, but not half a page. */
#define DELIMITED_MAX_LINES  40
#define SIGNATURE_LINE_MAX   90
#define NAME_LINE_MAX	     60
#define NAME_BLOCK_MAX_LINES 6

struct part {
	const struct mail_words *words;
	const struct text_lines *lines;
	const struct folded *folded;
	const GArray *own;
	size_t from, to; /* positions in OWN */
};

static const char *folded_at(const struct part *part, size_t position)
{
	return folded_line(part->folded, g_array_index(part->own, size_t, position));
}

static const struct text_line *line_at(const struct part *part, size_t position)
{
	return text_lines_at(part->lines, g_array_index(part->own, size_t, position));
}

static void trim(struct part *part)
{
	while (part->to > part->from && line_at(part, part->to - 1)->length == 0)
		part->to--;
}

/* The position from which on at most LINES lines are not empty. */
static size_t last_lines(const struct part *part, size_t lines)
{
	size_t position = part->to;
	while (position > part->from && (lines || !line_at(part, position - 1)->length))
		lines -= line_at(part, --position)->length != 0;
	return position;
}

/* Also in the parts before: what is signature may stand alone below a quote. */
static bool has_text_before(const struct part *part, size_t position)
{
	while (position-- > 0)
		if (line_at(part, position)->length)
			return true;
	return false;
}

/* "-- " of RFC 3676 and what mail programs make of it. */
static bool is_delimiter(const char *line)
{
	return g_str_has_prefix(line, "-----begin pgp signature") || !strcmp(line, "--") ||
	       !strcmp(line, "---") || !strcmp(line, "-") || !strcmp(line, "__");
}

/* Marks of the mail program, "-- ", and the footer of a list. */
static size_t find_delimiter(const struct part *part)
{
	for (size_t i = last_lines(part, DELIMITED_MAX_LINES); i < part->to; i++) {
		const char *line = folded_at(part, i);
		bool marked = (line_at(part, i)->marks & LINE_SIGNATURE) && line_at(part, i)->length;
		bool delimits =
		    is_delimiter(line) || (strlen(line) >= 40 && strspn(line, "_") == strlen(line));
		if ((marked || delimits) && has_text_before(part, i))
			return i;
	}
	return part->to;
}

/* A line of small print: it begins like it, or it is long and speaks of confidence, viruses and trees. */
static bool is_small_print(const struct part *part, size_t position)
{
	const char *line = folded_at(part, position);
	const char *begin = line + strspn(line, "\"'([-_=~# ");
	if (!mail_words_begin(part->words, MAIL_SMALL_PRINT, begin))
		return false;
	return strlen(line) > 45 || mail_words_within(part->words, MAIL_SMALL_PRINT_WORD, line) ||
	       position + 3 >= part->to;
}

static size_t find_small_print(const struct part *part)
{
	for (size_t i = last_lines(part, DELIMITED_MAX_LINES); i < part->to; i++)
		if (is_small_print(part, i) && has_text_before(part, i))
			return i;
	return part->to;
}

static unsigned count_words(const char *line)
{
	unsigned words = 0;
	for (; *line; line += strspn(line, " ")) {
		words++;
		line += strcspn(line, " ");
	}
	return words;
}

static bool ends_sentence(const char *line)
{
	size_t length = strlen(line);
	return length && strchr(".?!:;", line[length - 1]);
}

static bool is_mobile_footer(const struct part *part, const char *line)
{
	const char *begin = line + strspn(line, "-_<[( ");
	if (!mail_words_begin(part->words, MAIL_FOOTER, begin))
		return false;
	/* "Sent from my desk, is much easier than my phone." is a sentence */
	return count_words(begin) <= 12 && !strchr(begin, ',');
}

/* Footers of phones and apps at the end, and a name between two of them. */
static size_t find_mobile_footer(const struct part *part)
{
	size_t seen = 0;
	for (size_t i = part->to; i-- > part->from && seen < 4;) {
		if (!line_at(part, i)->length)
			continue;
		seen++;
		if (is_mobile_footer(part, folded_at(part, i)))
			return i;
	}
	return part->to;
}

/* Letters that a name begins with, in the line as it was written. */
static bool is_capital(const char *text)
{
	unsigned char byte = (unsigned char)*text;
	if (byte < 0x80)
		return g_ascii_isupper((char)byte);
	gunichar character = g_utf8_get_char_validated(text, 4);
	return (int)character > 0 && g_unichar_isupper(character);
}

static bool is_digit_text(const char *word)
{
	return g_ascii_isdigit(*word);
}

/* Share of words that begin with a capital or are no words at all. */
static bool looks_like_name(const char *text, size_t length)
{
	unsigned words = 0, capitals = 0, small = 0;
	for (size_t i = 0; i < length;) {
		while (i < length && (text[i] == ' ' || strchr("(|/-&,.:;+*\"'", text[i])))
			i++;
		if (i >= length)
			break;
		words++;
		capitals += is_capital(text + i) || is_digit_text(text + i);
		size_t start = i;
		while (i < length && text[i] != ' ')
			i++;
		small += i - start <= 3;
	}
	return words && capitals && capitals + small >= words && words <= 8;
}

static bool is_contact(const struct part *part, const char *line)
{
	bool address = strchr(line, '@') && count_words(line) <= 4;
	unsigned digits = 0;
	for (const char *at = line; *at; at++)
		digits += g_ascii_isdigit(*at);
	bool telephone = digits >= 6 && strspn(line, "0123456789+()./- tel:mobfaxécgsp") == strlen(line);
	return address || telephone || mail_words_begin(part->words, MAIL_CONTACT, line);
}

/* What may stand in a signature below its first line. */
static bool is_signature_line(const struct part *part, size_t position)
{
	const char *line = folded_at(part, position);
	size_t length = line_at(part, position)->length;
	if (!length || is_small_print(part, position) || is_mobile_footer(part, line) ||
	    is_contact(part, line) || is_rule_line(line) ||
	    mail_words_within(part->words, MAIL_REGISTRATION, line))
		return true;
	if (length > SIGNATURE_LINE_MAX)
		return false;
	return !ends_sentence(line) || count_words(line) <= 6;
}

/* The longest phrase of KIND that LINE begins with, NULL for none. */
static const char *longest_phrase(const struct part *part, enum mail_word_kind kind, const char *line)
{
	const struct phrases *phrases = &part->words->phrases[kind];
	const char *longest = mail_words_begin(part->words, kind, line);
	for (size_t i = 0; longest && i < phrases->count; i++)
		if (strlen(phrases->list[i]) > strlen(longest) && starts_with_word(line, phrases->list[i]))
			longest = phrases->list[i];
	return longest;
}

static bool is_table_row(const char *text, size_t length)
{
	return g_strstr_len(text, (gssize)length, "   ") != NULL;
}

/* Behind a short word: "Ihre Rechnung 118: 613.32", "BR-1001", but not "LG Jo (1. Vorsitzende)", "Fdo.: Jo".
 */
static bool is_reference(const char *rest)
{
	unsigned digits = 0;
	for (const char *at = rest; *at; at++)
		digits += g_ascii_isdigit(*at);
	return digits >= 3 || strchr(rest + strspn(rest, ".: "), ':');
}

/*
 * "Cordialement", "Thanks & regards, Mary", "Mit freundlichen Grüßen aus Husum": a closing and little
 * more.
 */
static bool is_closing(const struct part *part, size_t position)
{
	const char *line = folded_at(part, position);
	size_t length = strlen(line);
	const struct text_line *written = line_at(part, position);
	if (!length || length > SIGNATURE_LINE_MAX ||
	    is_table_row(text_line_text(part->lines, written), written->length))
		return false; /* "Ihr Beleg   Brutto" */
	const char *phrase = longest_phrase(part, MAIL_CLOSING, line);
	if (phrase) {
		bool is_formula = strlen(phrase) > 12 || strchr(phrase, ' ');
		const char *rest = line + strlen(phrase);
		return count_words(rest) <= (is_formula ? 9 : 4) && !strchr(rest, '?') &&
		       (strlen(phrase) > 4 || !is_reference(rest));
	}
	phrase = longest_phrase(part, MAIL_THANKS, line);
	return phrase && count_words(line + strlen(phrase)) <= 2 && !strchr(line + strlen(phrase), '?');
}

/* The first closing of the end, behind which only lines of a signature stand. */
static size_t find_closing(const struct part *part)
{
	size_t found = part->to, lines = 0;
	for (size_t i = part->to; i-- > part->from;) {
		if (!line_at(part, i)->length)
			continue;
		if (is_closing(part, i) && has_text_before(part, i))
			found = i;
		if (!is_signature_line(part, i) || ++lines > SIGNATURE_MAX_LINES)
			break;
	}
	return found;
}

/* A function or a department, in small letters, too. */
static bool has_role(const struct part *part, const char *line)
{
	const struct phrases *roles = &part->words->phrases[MAIL_ROLE];
	for (const char *word = line; *word; word += strspn(word, " (,-/&")) {
		for (size_t i = 0; i < roles->count; i++)
			if (!strncmp(word, roles->list[i], strlen(roles->list[i])))
				return true;
		word += strcspn(word, " (,-/&");
	}
	return false;
}

/* A line that names somebody and states nothing. */
static bool is_name_line(const struct part *part, size_t position, bool is_first)
{
	const struct text_line *line = line_at(part, position);
	const char *text = text_line_text(part->lines, line), *folded = folded_at(part, position);
	size_t words = count_words(folded);
	bool is_item =
	    text[0] == '-' && !(is_first && line->length > 1 && is_capital(text + 1)); /* "-Joe" is a name */
	const char *column = memchr(text, ';', line->length);
	bool is_list = column && memchr(column + 1, ';', line->length - (size_t)(column + 1 - text));
	if (!line->length || line->length > NAME_LINE_MAX || is_item || is_list ||
	    is_table_row(text, line->length))
		return false;
	if (!is_first && is_contact(part, folded))
		return true;
	bool has_digits = strpbrk(folded, "0123456789") != NULL;
	if ((ends_sentence(folded) && words > 3) || (has_digits && (is_first || strpbrk(folded, "€$£%:"))))
		return false;
	return looks_like_name(text, line->length) || (words <= 6 && !has_digits && has_role(part, folded));
}

/* Whether the lines before say something: without that the last words are no signature but the message. */
static bool is_said_before(const struct part *part, size_t position)
{
	unsigned words = 0;
	for (size_t i = part->from; i < position && words < 4; i++) {
		const char *line = folded_at(part, i);
		bool is_greeting = words == 0 && count_words(line) <= 5 &&
				   mail_words_begin(part->words, MAIL_GREETING, line);
		words += is_greeting ? 0 : line_at(part, i)->length > FOLDED_MAX ? 4 : count_words(line);
	}
	return words >= 4;
}

/* The last block, where it is nothing but names, functions, companies, telephones. */
static size_t find_name_block(const struct part *part)
{
	size_t start = part->to, lines = 0;
	while (start > part->from && line_at(part, start - 1)->length && lines <= NAME_BLOCK_MAX_LINES) {
		start--;
		lines++;
	}
	bool after_gap = start > part->from && !line_at(part, start - 1)->length;
	if (!after_gap || lines > NAME_BLOCK_MAX_LINES || !is_said_before(part, start))
		return part->to;
	for (size_t i = start; i < part->to; i++)
		if (!is_name_line(part, i, i == start))
			return part->to;
	return start;
}

/* "We paid.": a small word with a point, which no name ends in. */
static bool ends_small(const struct part *part, size_t position)
{
	const char *text = text_line_text(part->lines, line_at(part, position));
	size_t length = line_at(part, position)->length;
	size_t start = length;
	while (start && text[start - 1] != ' ')
		start--;
	bool is_abbreviation = length - start < 5 || memchr(text + start, '.', length - start - 1);
	return start && text[length - 1] == '.' && !is_capital(text + start) && !is_abbreviation;
}

/*
 * A name right below the last sentence, without a gap: one or two short lines after a long or finished
 * one.
 */
static size_t find_name_below(const struct part *part)
{
	size_t start = part->to;
	while (start > part->from && part->to - start < 3 && is_name_line(part, start - 1, true) &&
	       line_at(part, start - 1)->length <= 40 && count_words(folded_at(part, start - 1)) <= 5)
		start--;
	if (start == part->to || start == part->from || part->to - start > 2 ||
	    !is_said_before(part, start) || ends_small(part, part->to - 1))
		return part->to;
	const char *before = folded_at(part, start - 1);
	size_t length = strlen(before);
	bool is_finished =
	    length && (strchr(".?!)", before[length - 1]) || (unsigned char)before[length - 1] >= 0x80);
	bool is_long = line_at(part, start - 1)->length > 45;
	return (is_finished || is_long) && count_words(before) > 3 ? start : part->to;
}

size_t signature_find(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, const GArray *own, size_t from, size_t to)
{
	struct part part = {
	    .words = words, .lines = lines, .folded = folded, .own = own, .from = from, .to = to};
	trim(&part);
	size_t whole = part.to;
	part.to = find_delimiter(&part);
	trim(&part);
	part.to = find_small_print(&part);
	trim(&part);
	part.to = find_mobile_footer(&part);
	trim(&part);
	size_t closing = find_closing(&part);
	size_t block = closing < part.to ? closing : find_name_block(&part);
	part.to = block < part.to ? block : find_name_below(&part);
	return part.to == whole ? to : part.to;
}

/* A line without a statement, in a mail that may have none. */
static bool says_nothing(const struct part *part, size_t position)
{
	const char *line = folded_at(part, position);
	if (!*line)
		return line_at(part, position)->length == 0;
	if (mail_words_begin(part->words, MAIL_GREETING, line) && count_words(line) <= 5)
		return true;
	if (mail_words_begin(part->words, MAIL_POINTER, line) && count_words(line) <= 8)
		return true;
	return is_closing(part, position) || is_delimiter(line) || is_rule_line(line) ||
	       is_contact(part, line) || is_mobile_footer(part, line) || is_small_print(part, position) ||
	       (is_name_line(part, position, false) && !ends_sentence(line));
}

/* What may be asked about a text all of which is PART. */
typedef bool part_test(const struct part *part);

static bool test_text(const struct mail_words *words, const char *text, part_test *test)
{
	struct text_lines lines;
	struct folded folded;
	text_lines_init(&lines);
	text_lines_from_plain(&lines, text, false, false);
	folded_init(&folded, &lines);
	GArray *own = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (size_t i = 0; i < lines.list->len; i++)
		g_array_append_val(own, i);
	struct part part = {.words = words, .lines = &lines, .folded = &folded, .own = own, .to = own->len};
	bool is_so = test(&part);
	g_array_free(own, TRUE);
	folded_clear(&folded);
	text_lines_clear(&lines);
	return is_so;
}

static bool all_say_nothing(const struct part *part)
{
	for (size_t i = part->from; i < part->to; i++)
		if (!says_nothing(part, i))
			return false;
	return true;
}

static bool begins_as_footer(const struct part *part)
{
	for (size_t i = part->from; i < part->to; i++) {
		const char *line = folded_at(part, i);
		bool is_list = strlen(line) >= 40 && strspn(line, "_") == strlen(line);
		if (is_list || is_small_print(part, i))
			return true;
		if (line_at(part, i)->length && !is_delimiter(line) && !is_rule_line(line))
			return false;
	}
	return false;
}

bool signature_is_all(const struct mail_words *words, const char *text)
{
	return strlen(text) <= SIGNATURE_MAX_LINES * SIGNATURE_LINE_MAX &&
	       test_text(words, text, all_say_nothing);
}

bool signature_is_footer(const struct mail_words *words, const char *text)
{
	return test_text(words, text, begins_as_footer);
}
