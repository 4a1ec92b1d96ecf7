#include "base/base.h"
#include "mail/attached_text.h"

#include "mail/html_text.h"

/* What is longer is a document. */
#define PLAIN_MAX 20000
#define HTML_MAX  20000
/* The words of a page that is an answer, not an invoice; Exchange's own may be longer. */
#define PAGE_WORDS_MAX 1500

static bool has_suffix(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);
	return length > tail && !g_ascii_strcasecmp(name + length - tail, suffix);
}

/* "ATT00001.htm": what Exchange calls the texts behind an attachment. */
static bool is_of_exchange(const char *name)
{
	size_t digits = 0;
	if (g_ascii_strncasecmp(name, "ATT", 3) != 0)
		return false;
	while (g_ascii_isdigit(name[3 + digits]))
		digits++;
	return digits == 5 && (!name[8] || name[8] == '.');
}

static bool is_plain(const struct entity *entity, const char *name)
{
	if (entity_is(entity, "application/octet-stream"))
		return has_suffix(name, ".txt");
	return entity_is(entity, "text/plain") &&
	       (!*name || has_suffix(name, ".txt") || is_of_exchange(name));
}

static bool is_page(const struct entity *entity, const char *name)
{
	bool is_named = has_suffix(name, ".htm") || has_suffix(name, ".html");
	return entity_is(entity, "text/html") && (!*name || is_named);
}

static bool read_part(struct entity *entity, struct text_lines *lines)
{
	const char *name = entity->file_name ? entity->file_name : "";
	bool plain = is_plain(entity, name), page = is_page(entity, name);
	if (!plain && !page)
		return false;
	char *text = entity_text(entity);
	size_t length = strlen(text);
	if (plain && length <= PLAIN_MAX)
		text_lines_from_plain(lines, text, entity->is_flowed, entity->is_delsp);
	else if (page && length <= HTML_MAX)
		text_lines_from_html(lines, text, length);
	g_free(text);
	return lines->text->len && (!page || is_of_exchange(name) || lines->text->len <= PAGE_WORDS_MAX);
}

bool attached_text_next(const struct body *body, unsigned *at, struct text_lines *lines, bool *continues)
{
	while (*at < body->attachments->len) {
		struct entity *entity = g_ptr_array_index(body->attachments, (*at)++);
		*continues = entity->file_name && is_of_exchange(entity->file_name);
		if (read_part(entity, lines))
			return true;
		text_lines_clear(lines);
		text_lines_init(lines);
	}
	return false;
}
