#include "base/base.h"
#include "mail/fields.h"

#include "mail/charset.h"
#include "mail/encoded_word.h"
#include "mail/message.h"

static bool is_name_byte(char byte)
{
	return byte > ' ' && byte < 0x7f && byte != ':';
}

/* The length of the line at BYTES with its line end. */
static size_t line_size(const char *bytes, size_t length)
{
	const char *end = memchr(bytes, '\n', length);
	return end ? (size_t)(end - bytes) + 1 : length;
}

static bool is_empty_line(const char *line, size_t size)
{
	return size == 0 || line[0] == '\n' || (size >= 2 && line[0] == '\r' && line[1] == '\n') ||
	       (size == 1 && line[0] == '\r');
}

/* The position of the colon where LINE begins a field; blanks before the colon are an old form (RFC
 * 5322, 4.5). */
static size_t find_colon(const char *line, size_t size)
{
	size_t i = 0;
	while (i < size && is_name_byte(line[i]))
		i++;
	size_t name_length = i;
	while (i < size && (line[i] == ' ' || line[i] == '\t'))
		i++;
	return name_length && i < size && line[i] == ':' ? i : 0;
}

/* Lines that mailboxes and gateways leave before or among the fields. */
static bool is_envelope_line(const char *line, size_t size)
{
	return (size > 5 && !memcmp(line, "From ", 5)) || (size > 6 && !memcmp(line, ">From ", 6));
}

/*
 * Whether the field of SIZE bytes at LINE goes on behind: a fold, or a parameter ("boundary=...") whose fold
 * has lost its blank.
 */
static bool goes_on(const char *line, size_t size, size_t length)
{
	const char *next = line + size;
	if (*next == ' ' || *next == '\t')
		return true;
	size_t end = size;
	while (end && g_ascii_isspace(line[end - 1]))
		end--;
	if (!end || line[end - 1] != ';' || !g_ascii_isalpha(*next))
		return false;
	size_t name = 0;
	while (size + name < length && (g_ascii_isalpha(next[name]) || next[name] == '-'))
		name++;
	return size + name < length && next[name] == '=';
}

static void add_field(struct fields *fields, const char *line, size_t size, size_t colon)
{
	struct field field = {.name = line, .value = line + colon + 1, .value_length = size - colon - 1};
	while (field.name_length < colon && is_name_byte(line[field.name_length]))
		field.name_length++;
	if (fields->list->len < FIELDS_MAX)
		g_array_append_val(fields->list, field);
	else
		fields->cut = true;
}

void fields_init(struct fields *fields, const char *bytes, size_t length)
{
	*fields = (struct fields){.list = g_array_new(FALSE, FALSE, sizeof(struct field))};
	size_t at = 0;
	while (at < length) {
		const char *line = bytes + at;
		size_t size = line_size(line, length - at);
		if (is_empty_line(line, size)) {
			at += size;
			break;
		}
		size_t colon = find_colon(line, size);
		if (!colon) {
			bool skip = is_envelope_line(line, size) || (at && (*line == ' ' || *line == '\t'));
			if (!skip) /* the body without an empty line before it */
				break;
			at += size;
			continue;
		}
		while (at + size < length && goes_on(line, size, length - at)) {
			size_t more = line_size(line + size, length - at - size);
			size += more;
		}
		at += size;
		if (at <= MESSAGE_MAX_HEADER_BYTES)
			add_field(fields, line, size, colon);
		else
			fields->cut = true;
	}
	fields->size = at;
}

void fields_clear(struct fields *fields)
{
	g_array_free(fields->list, TRUE);
	fields->list = NULL;
}

const struct field *fields_find(const struct fields *fields, const char *name, size_t from, size_t *next)
{
	size_t name_length = strlen(name);
	for (size_t i = from; i < fields->list->len; i++) {
		const struct field *field = &g_array_index(fields->list, struct field, i);
		if (field->name_length == name_length &&
		    !g_ascii_strncasecmp(field->name, name, name_length)) {
			if (next)
				*next = i + 1;
			return field;
		}
	}
	return NULL;
}

char *fields_text(const struct fields *fields, const char *name)
{
	const struct field *field = fields_find(fields, name, 0, NULL);
	if (!field)
		return NULL;
	return encoded_words_decode(field->value, MIN(field->value_length, MESSAGE_MAX_FIELD_BYTES));
}

char *field_raw(const struct field *field)
{
	size_t length = MIN(field->value_length, MESSAGE_MAX_FIELD_BYTES);
	GString *text = g_string_sized_new(length);
	charset_append(text, field->value, length, NULL);
	size_t kept = 0;
	for (size_t i = 0; i < text->len; i++)
		if (text->str[i] != '\r' && text->str[i] != '\n')
			text->str[kept++] = text->str[i];
	g_string_truncate(text, kept);
	return g_strstrip(g_string_free(text, FALSE));
}

char *fields_raw(const struct fields *fields, const char *name)
{
	const struct field *field = fields_find(fields, name, 0, NULL);
	return field ? field_raw(field) : NULL;
}
