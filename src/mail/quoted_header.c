#include "base/base.h"
#include "mail/quoted_header.h"

/* A quoted header is looked for in so many lines. */
#define HEADER_MAX_LINES 14
#define LABEL_MAX	 20

/* The fields of a quoted header. */
enum quoted_field {
	QUOTED_FROM = 1,
	QUOTED_DATE = 2,
	QUOTED_TO = 4,
	QUOTED_CC = 8,
	QUOTED_SUBJECT = 16,
	QUOTED_OTHER = 32,
};

static const struct {
	enum mail_word_kind labels;
	enum quoted_field field;
} quoted_fields[] = {
    {MAIL_FROM, QUOTED_FROM},
    {MAIL_DATE, QUOTED_DATE},
    {MAIL_TO, QUOTED_TO},
    {MAIL_CC, QUOTED_CC},
    {MAIL_SUBJECT, QUOTED_SUBJECT},
    {MAIL_OTHER_FIELD, QUOTED_OTHER},
};

static bool is_label(const struct phrases *labels, const char *line, size_t length)
{
	for (size_t i = 0; i < labels->count; i++)
		if (labels->list[i][0] == line[0] && strlen(labels->list[i]) == length &&
		    !memcmp(line, labels->list[i], length))
			return true;
	return false;
}

static enum quoted_field field_of(const struct mail_words *words, const char *line)
{
	size_t length = strcspn(line, ":");
	if (!line[length] || length > LABEL_MAX)
		return 0;
	while (length && line[length - 1] == ' ')
		length--;
	for (size_t i = 0; i < ARRAY_LENGTH(quoted_fields); i++)
		if (is_label(&words->phrases[quoted_fields[i].labels], line, length))
			return quoted_fields[i].field;
	return 0;
}

static bool has_value(const char *line)
{
	const char *colon = strchr(line, ':');
	return colon && colon[1 + strspn(colon + 1, " ")];
}

static unsigned count_bits(unsigned bits)
{
	return (unsigned)__builtin_popcount(bits);
}

/*
 * Letters and remittance advices have lines like "Date:" and "Subject:", too: a sender must be among them,
 * and an address or all that makes a header.
 */
static bool is_enough(unsigned fields, bool address)
{
	bool from = fields & QUOTED_FROM, date = fields & QUOTED_DATE, subject = fields & QUOTED_SUBJECT;
	bool to = fields & QUOTED_TO;
	if (from && subject && (date || to))
		return true;
	return address && count_bits(fields) >= 2 && (from || date);
}

bool quoted_header_at(
    const struct mail_words *words, const struct text_lines *lines, const struct folded *folded, size_t first)
{
	enum quoted_field opening = field_of(words, folded_line(folded, first));
	if (!(opening & (QUOTED_FROM | QUOTED_DATE | QUOTED_SUBJECT | QUOTED_TO)) ||
	    !has_value(folded_line(folded, first)))
		return false;
	unsigned fields = 0, others = 0, quote = text_lines_at(lines, first)->quote;
	bool address = false;
	size_t end = MIN(lines->list->len, first + HEADER_MAX_LINES);
	for (size_t i = first; i < end && others <= 3; i++) {
		const char *line = folded_line(folded, i);
		if (text_lines_at(lines, i)->quote != quote)
			break;
		enum quoted_field field = field_of(words, line);
		bool is_other_mark =
		    i > first && (text_lines_at(lines, i)->marks & (LINE_HISTORY | LINE_FORWARD));
		if (is_other_mark || (i > first && field == QUOTED_SUBJECT && opening == QUOTED_SUBJECT))
			return false; /* "Subject: ..." of a letter, above the header proper */
		fields |= field;
		others = field ? 0 : others + 1;
		bool is_continuation = !field && others == 1 && fields;
		address = address || ((field || is_continuation) && strchr(line, '@'));
	}
	return is_enough(fields, address);
}

/* Behind so many lines no header of the mail that is answered stands. */
#define SUBJECT_MAX_LINES 60
/* Lines between the fields of one header: wrapped addresses. */
#define FIELD_DISTANCE 5

/* Behind the first colon, which may be a wide one, or NULL. */
static const char *behind_colon(const char *line)
{
	const char *colon = strchr(line, ':'), *wide = strstr(line, WIDE_COLON);
	if (wide && (!colon || wide < colon))
		return wide + strlen(WIDE_COLON);
	return colon ? colon + 1 : NULL;
}

/* The field that LINE is, of which VALUE gets what is behind the colon; g_free. */
static enum quoted_field read_field(
    const struct mail_words *words, const char *line, size_t length, char **value)
{
	char *raw = g_utf8_make_valid(line, (gssize)MIN(length, FOLDED_MAX));
	char *plain = plain_words(raw, strlen(raw));
	const char *behind = behind_colon(raw);
	enum quoted_field field = behind ? field_of(words, plain + strspn(plain, "> ")) : 0;
	*value = g_strstrip(g_strdelimit(g_strdup(behind ? behind : ""), "*", ' '));
	g_free(plain);
	g_free(raw);
	return field;
}

char *quoted_header_subject(const struct mail_words *words, const char *text)
{
	char *subject = NULL;
	unsigned other = 0, found = 0; /* numbers of lines from 1 on */
	for (unsigned i = 1; *text && i < SUBJECT_MAX_LINES; i++) {
		size_t length = strcspn(text, "\n");
		char *value;
		enum quoted_field field = read_field(words, text, length, &value);
		if (field & (QUOTED_FROM | QUOTED_DATE | QUOTED_TO))
			other = i;
		if (field == QUOTED_SUBJECT && *value) {
			g_free(subject);
			subject = g_steal_pointer(&value);
			found = i;
		}
		g_free(value);
		/* "Subject: ..." of a letter stands alone */
		if (subject && other && (found > other ? found - other : other - found) <= FIELD_DISTANCE)
			return subject;
		text += length + (text[length] == '\n');
	}
	g_free(subject);
	return NULL;
}

bool is_rule_line(const char *line)
{
	size_t length = strlen(line);
	return length >= 3 && strspn(line, "-_=~# ") == length;
}

/* "|------------>": Notes draws a frame around each field of the header. */
static bool is_frame(const char *line)
{
	size_t dashes = line[0] == '|' ? strspn(line + 1, "-") : 0;
	return dashes >= 8 && !strcmp(line + 1 + dashes, ">");
}

enum separator separator_of(const struct mail_words *phrases, const char *line)
{
	size_t dashes = strspn(line, "-_=~#> ");
	const char *words = line + dashes;
	size_t length = strlen(line);
	bool around = dashes >= 2 || (length && strchr("-_", line[length - 1]));
	if (length > 150)
		return SEPARATOR_NONE;
	if (is_frame(line))
		return SEPARATOR_ORIGINAL;
	if (around && mail_words_begin(phrases, MAIL_ORIGINAL, words))
		return SEPARATOR_ORIGINAL;
	bool announces = around || (length && line[length - 1] == ':');
	if (announces && mail_words_begin(phrases, MAIL_FORWARDED, words))
		return SEPARATOR_FORWARD;
	const char *please = mail_words_begin(phrases, MAIL_PLEASE, words);
	words += please ? strlen(please) : 0;
	if (mail_words_begin(phrases, MAIL_REPLY_ABOVE, words + strspn(words, " ,")))
		return SEPARATOR_REPLY_ABOVE;
	return SEPARATOR_NONE;
}
