#include "base/base.h"
#include "mail/coloured.h"

#include "mail/attribution.h"
#include "mail/hue.h"
#include "mail/quoted_header.h"

/* The bytes before the colon of a field of a quoted header. */
#define LABEL_MAX 20

struct search {
	const struct mail_words *words;
	const struct text_lines *lines;
	const struct folded *folded;
	unsigned hues;
	bool in_header; /* still in the header of the mail that is answered */
	unsigned depth; /* the quote depth of its text */
	bool has_plain; /* some of its text has no colour */
	bool in_run;	/* the line before is coloured */
	unsigned runs;
	bool is_doubtful;
};

static bool is_coloured(const struct search *search, const struct text_line *line)
{
	return (line->hue & search->hues) && line->hue_start < line->length;
}

/* Whether words stand before the colour, not only a bullet. */
static bool has_words_before(const struct search *search, const struct text_line *line)
{
	const char *text = text_line_text(search->lines, line);
	for (size_t i = 0; i < line->hue_start; i++)
		if (g_ascii_isalnum(text[i]) || (unsigned char)text[i] >= 0x80)
			return true;
	return false;
}

static bool is_header_line(const struct search *search, size_t index)
{
	const char *line = folded_line(search->folded, index);
	return line[strcspn(line, ":")] && strcspn(line, ":") <= LABEL_MAX;
}

static bool begins_mail(const struct search *search, size_t index)
{
	struct attribution attribution;
	const struct text_line *line = text_lines_at(search->lines, index);
	return (line->marks & (LINE_HISTORY | LINE_FORWARD | LINE_ATTRIBUTION)) ||
	       separator_of(search->words, folded_line(search->folded, index)) != SEPARATOR_NONE ||
	       quoted_header_at(search->words, search->lines, search->folded, index) ||
	       attribution_find(search->words, search->lines, search->folded, index, index, &attribution) ==
		   ATTRIBUTION_STRONG;
}

/* The line behind the attribution, of several lines perhaps, that begins at FIRST; FIRST where there is none.
 */
static size_t behind_attribution(const struct search *search, size_t first)
{
	struct attribution attribution;
	size_t end = MIN(search->lines->list->len, first + ATTRIBUTION_MAX_LINES);
	for (size_t last = first; last < end; last++)
		if (attribution_find(search->words, search->lines, search->folded, first, last,
			&attribution) != ATTRIBUTION_NONE)
			return last + 1;
	return first;
}

static bool add_coloured(struct search *search, const struct text_line *line)
{
	bool opens_run = has_words_before(search, line);
	search->has_plain = search->has_plain || opens_run;
	search->runs += opens_run || !search->in_run;
	search->in_run = true;
	search->is_doubtful = search->is_doubtful || !search->has_plain || search->runs > 1;
	return search->has_plain;
}

/* False where the mail that is answered ends. TAKES: line INDEX ends in the author's words. */
static bool look_at(struct search *search, size_t index, bool *takes)
{
	const struct text_line *line = text_lines_at(search->lines, index);
	bool coloured = is_coloured(search, line), begins = begins_mail(search, index);
	if (begins && !search->in_header)
		return false;
	if (!line->length || begins || (search->in_header && !coloured && is_header_line(search, index)))
		return true;
	if (search->in_header)
		search->depth = line->quote;
	search->in_header = false;
	if (line->quote > search->depth)
		return false;
	if (coloured) {
		*takes = add_coloured(search, line);
		return true;
	}
	search->in_run = false;
	search->has_plain = search->has_plain || line->hue == HUE_NONE;
	return true;
}

enum coloured coloured_find(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, const char *classes, size_t first, unsigned hues, GArray *found)
{
	struct search search = {
	    .words = words, .lines = lines, .folded = folded, .hues = hues, .in_header = true};
	bool has_older = false, has_any = false;
	for (size_t i = hues ? behind_attribution(&search, first) : lines->list->len; i < lines->list->len;
	     i++) {
		if (!strchr("hq", classes[i])) {
			search.in_run = false;
			continue;
		}
		bool takes = false;
		has_any = has_any || is_coloured(&search, text_lines_at(lines, i));
		has_older = has_older || !look_at(&search, i, &takes);
		if (takes && !has_older)
			g_array_append_val(found, i);
	}
	if (!has_any)
		return COLOURED_NONE;
	return has_older || search.is_doubtful ? COLOURED_DOUBTFUL : COLOURED_SURE;
}
