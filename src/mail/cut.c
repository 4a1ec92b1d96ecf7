#include "base/base.h"
#include "mail/cut.h"

#include "mail/attribution.h"
#include "mail/coloured.h"
#include "mail/folded.h"
#include "mail/pointing.h"
#include "mail/quoted_header.h"
#include "mail/signature.h"

/* What a line is; the letters are those of the technique: one letter a line, then rules over the letters. */
enum line_class {
	CLASS_EMPTY = 'e',
	CLASS_TEXT = 't',
	CLASS_QUOTED = 'q',
	CLASS_ATTRIBUTION = 'a', /* quoted text follows, marked or not */
	CLASS_WEAK = 'w',	 /* an attribution if marked quoted lines follow, else text */
	CLASS_HISTORY = 'h',	 /* from here on all is old */
	CLASS_RULE = 'r',
	CLASS_BANNER = 'b',
	CLASS_COLOURED = 'c', /* quoted, but for the author's words in colour at its end */
};

/* The length above which mail programs wrap lines. */
#define WRAP_LENGTH 66

struct cutter {
	const struct mail_words *words;
	const struct text_lines *lines;
	struct folded folded;
	GString *classes;   /* one letter a line */
	bool is_unsure;	    /* what follows may be the old mail */
	GHashTable *shared; /* line + 1 -> bytes of new text before an attribution in the same line */
};

static bool is_text_before(struct cutter *cutter, size_t index)
{
	return memchr(cutter->classes->str, CLASS_TEXT, index) != NULL;
}

/* ">>> Us <us@us.example> 16/03/2026 09:00 >>>" of GroupWise, whose marks are no quote. */
static bool is_arrowed_attribution(const struct text_line *line, const char *folded)
{
	size_t length = strlen(folded);
	return line->quote == 3 && length > 3 && !strcmp(folded + length - 3, ">>>") &&
	       strpbrk(folded, "0123456789");
}

/* ">>> On 3/16/2026 at 9:00 AM, in message <1@us.example>," of GroupWise, whose verb may stand in a later
 * line */
static bool is_arrowed_opening(struct cutter *cutter, const struct text_line *line, const char *folded)
{
	return line->quote == 3 && strpbrk(folded, "0123456789") &&
	       mail_words_begin(cutter->words, MAIL_OPENER, folded);
}

static enum line_class class_of(struct cutter *cutter, size_t index)
{
	const struct text_line *line = text_lines_at(cutter->lines, index);
	const char *folded = folded_line(&cutter->folded, index);
	if (line->marks & (LINE_HISTORY | LINE_FORWARD))
		return CLASS_HISTORY;
	if (is_arrowed_attribution(line, folded))
		return CLASS_ATTRIBUTION;
	if (line->quote)
		return CLASS_QUOTED;
	if (line->marks & LINE_RULE)
		return CLASS_RULE;
	if (!line->length)
		return CLASS_EMPTY;
	enum separator separator = separator_of(cutter->words, folded);
	if (separator == SEPARATOR_REPLY_ABOVE && !is_text_before(cutter, index))
		return CLASS_TEXT; /* a ticket system's own mail begins with it */
	if (separator != SEPARATOR_NONE ||
	    quoted_header_at(cutter->words, cutter->lines, &cutter->folded, index))
		return CLASS_HISTORY;
	return is_rule_line(folded) ? CLASS_RULE : CLASS_TEXT;
}

static char *letter(struct cutter *cutter, size_t index)
{
	return &cutter->classes->str[index];
}

/* The first line from INDEX on that is not empty, or the number of lines. */
static size_t next_filled(struct cutter *cutter, size_t index)
{
	while (index < cutter->classes->len && *letter(cutter, index) == CLASS_EMPTY)
		index++;
	return index;
}

static void mark_attribution(struct cutter *cutter, size_t last, size_t lowest)
{
	struct attribution attribution;
	enum attribution_strength strength =
	    attribution_find(cutter->words, cutter->lines, &cutter->folded, lowest, last, &attribution);
	if (strength == ATTRIBUTION_NONE)
		return;
	if (attribution.own_length)
		g_hash_table_insert(
		    cutter->shared, GSIZE_TO_POINTER(last + 1), GSIZE_TO_POINTER(attribution.own_length));
	char class = strength == ATTRIBUTION_STRONG ? CLASS_ATTRIBUTION : CLASS_WEAK;
	for (size_t i = attribution.first; i <= last; i++)
		*letter(cutter, i) = class;
}

/* "> wrote:": the > belonged to the address of the line before. */
static void free_wrapped_verb(struct cutter *cutter, size_t index)
{
	const char *line = folded_line(&cutter->folded, index);
	const char *verb = mail_words_begin(cutter->words, MAIL_WROTE, line);
	if (!verb || !index || *letter(cutter, index - 1) == CLASS_QUOTED)
		return;
	const char *end = line + strlen(verb);
	if (!strcmp(end, ":") || !strcmp(end, " :"))
		*letter(cutter, index) = CLASS_TEXT;
}

/* Lines of an attribution that GroupWise may make. */
#define ARROWED_MAX_LINES 5

static bool ends_attribution(struct cutter *cutter, const char *line)
{
	size_t length = strlen(line);
	return length && line[length - 1] == ':' && mail_words_within(cutter->words, MAIL_WROTE, line);
}

/* Where its marks are no quote, no line around has one. */
static void mark_arrowed(struct cutter *cutter)
{
	for (size_t i = 0; i < cutter->classes->len; i++) {
		const struct text_line *line = text_lines_at(cutter->lines, i);
		if (*letter(cutter, i) != CLASS_QUOTED ||
		    !is_arrowed_opening(cutter, line, folded_line(&cutter->folded, i)) ||
		    (i && *letter(cutter, i - 1) == CLASS_QUOTED))
			continue;
		size_t last = i, end = MIN(cutter->classes->len, i + ARROWED_MAX_LINES);
		while (last < end && !ends_attribution(cutter, folded_line(&cutter->folded, last)) &&
		       (last == i || *letter(cutter, last) == CLASS_TEXT))
			last++;
		bool is_whole = last < end && (last == i || *letter(cutter, last) == CLASS_TEXT);
		bool is_nested = last + 1 < cutter->classes->len && last == i &&
				 text_lines_at(cutter->lines, last + 1)->quote >= 3;
		if (is_whole && !is_nested)
			memset(letter(cutter, i), CLASS_ATTRIBUTION, last - i + 1);
	}
}

static void mark_attributions(struct cutter *cutter)
{
	size_t lowest = 0;
	for (size_t i = 0; i < cutter->classes->len; i++) {
		if (*letter(cutter, i) == CLASS_QUOTED)
			free_wrapped_verb(cutter, i);
		if (*letter(cutter, i) == CLASS_TEXT &&
		    (text_lines_at(cutter->lines, i)->marks & LINE_ATTRIBUTION))
			*letter(cutter, i) = CLASS_ATTRIBUTION;
		else if (*letter(cutter, i) == CLASS_TEXT)
			mark_attribution(cutter, i, lowest);
		/* a weak one may be the upper part of one that ends further down */
		if (!strchr("tew", *letter(cutter, i)))
			lowest = i + 1;
	}
}

/* "| old words" of some programs and people; a table's line ends with the mark, too. */
static bool is_barred(struct cutter *cutter, size_t index)
{
	if (index >= cutter->classes->len || *letter(cutter, index) != CLASS_TEXT)
		return false;
	const char *line = folded_line(&cutter->folded, index);
	return line[0] == '|' && (!line[1] || line[strlen(line) - 1] != '|');
}

/* Only an attribution makes bars the marks of a quote. */
static void mark_barred(struct cutter *cutter)
{
	for (size_t i = 0; i + 1 < cutter->classes->len; i++) {
		if (!strchr("aw", *letter(cutter, i)))
			continue;
		for (size_t next = next_filled(cutter, i + 1); is_barred(cutter, next);
		     next = next_filled(cutter, next + 1))
			*letter(cutter, next) = CLASS_QUOTED;
	}
}

static bool is_banner(struct cutter *cutter, size_t index)
{
	return mail_words_begin(cutter->words, MAIL_BANNER, folded_line(&cutter->folded, index)) != NULL;
}

/* A banner stands on top. It goes on in the next line where its own is full, or where that is one, too. */
static void mark_banner(struct cutter *cutter)
{
	bool goes_on = false;
	for (size_t i = next_filled(cutter, 0); i < cutter->classes->len && *letter(cutter, i) == CLASS_TEXT;
	     i++) {
		if (!goes_on && !is_banner(cutter, i))
			return;
		*letter(cutter, i) = CLASS_BANNER;
		goes_on =
		    text_lines_at(cutter->lines, i)->length >= WRAP_LENGTH && i + 1 < cutter->classes->len &&
		    !mail_words_begin(cutter->words, MAIL_GREETING, folded_line(&cutter->folded, i + 1));
	}
}

/*
 * An attribution with no quote marks after it begins a history without marks (Outlook), if the author has
 * written something above it. A weak one is then ordinary text.
 */
static void settle_attributions(struct cutter *cutter)
{
	size_t count = cutter->classes->len;
	for (size_t i = 0; i < count; i++) {
		char class = *letter(cutter, i);
		if (class != CLASS_ATTRIBUTION && class != CLASS_WEAK)
			continue;
		size_t end = i;
		while (end < count && *letter(cutter, end) == class)
			end++;
		size_t next = next_filled(cutter, end);
		bool marked = next < count && (*letter(cutter, next) == CLASS_QUOTED ||
						  *letter(cutter, next) == CLASS_HISTORY);
		bool shares = g_hash_table_contains(cutter->shared, GSIZE_TO_POINTER(i + 1));
		if (class == CLASS_WEAK)
			memset(letter(cutter, i), marked ? CLASS_ATTRIBUTION : CLASS_TEXT, end - i);
		else if (!marked && next < count && (shares || is_text_before(cutter, i)))
			*letter(cutter, i) = CLASS_HISTORY;
		i = end - 1;
	}
}

/* Rules and empty lines before the history belong to it. */
static void mark_history(struct cutter *cutter)
{
	char *history = memchr(cutter->classes->str, CLASS_HISTORY, cutter->classes->len);
	if (!history)
		return;
	size_t start = (size_t)(history - cutter->classes->str);
	memset(history, CLASS_HISTORY, cutter->classes->len - start);
	while (start && strchr("er", *letter(cutter, start - 1)))
		*letter(cutter, --start) = CLASS_HISTORY;
}

static bool is_short(struct cutter *cutter, size_t index, unsigned most)
{
	const struct text_line *line = text_lines_at(cutter->lines, index);
	return line->length && line->length <= most;
}

/* "Anne Martin, Mar 16, 2026, 09:00 GMT+1" between two rules: who wrote the comment below. */
static bool is_comment_head(struct cutter *cutter, size_t index)
{
	const char *line = folded_line(&cutter->folded, index);
	return is_short(cutter, index, 100) && attribution_has_time(line) && strpbrk(line, ",-") &&
	       !strpbrk(line, "?!€$£");
}

/* "2026-03-16 09:00:00 CET - Anne Martin (Additional comments)" of ServiceNow. */
static bool is_stamped(struct cutter *cutter, size_t index)
{
	const char *line = folded_line(&cutter->folded, index);
	size_t date = strspn(line, "0123456789-./"),
	       time_ = line[date] == ' ' ? strspn(line + date + 1, "0123456789:") : 0;
	const char *name = strstr(line, " - ");
	return is_short(cutter, index, 120) && date >= 8 && date <= 10 && time_ == 8 && name &&
	       !strpbrk(name, "0123456789.€$£");
}

/*
 * Ticket systems send all comments, the newest first, ours below. Only where their mark stands on top is a
 * rule between two of them; ServiceNow's stamps speak for themselves.
 */
static void mark_comments(struct cutter *cutter)
{
	size_t first = next_filled(cutter, 0), heads = 0, count = cutter->classes->len;
	bool is_ticket = first < count && separator_of(cutter->words, folded_line(&cutter->folded, first)) ==
					      SEPARATOR_REPLY_ABOVE;
	bool after_rule = false;
	for (size_t i = first; i < count && *letter(cutter, i) != CLASS_HISTORY; i++) {
		char class = *letter(cutter, i);
		bool is_head =
		    class == CLASS_TEXT &&
		    (is_stamped(cutter, i) || (is_ticket && after_rule && is_comment_head(cutter, i)));
		if (is_head && ++heads == 2) {
			*letter(cutter, i) = CLASS_HISTORY;
			return;
		}
		after_rule = class == CLASS_RULE || (after_rule && class == CLASS_EMPTY);
	}
}

/* Lines between a closing and a greeting: names, telephones. */
#define BLOCK_MAX_LINES 12

static bool is_greeting_line(struct cutter *cutter, size_t index)
{
	const char *line = folded_line(&cutter->folded, index);
	return is_short(cutter, index, 60) && mail_words_begin(cutter->words, MAIL_GREETING, line) &&
	       !strpbrk(line, ".?");
}

/* "Ihr" and "best" begin other lines, too: a short formula stands with little more. */
static bool is_closing_line(struct cutter *cutter, size_t index)
{
	const char *line = folded_line(&cutter->folded, index);
	const char *phrase =
	    is_short(cutter, index, 60) ? mail_words_begin(cutter->words, MAIL_CLOSING, line) : NULL;
	bool is_formula = phrase && strchr(phrase, ' ');
	return phrase && strlen(line) <= strlen(phrase) + (is_formula ? 30 : 12) &&
	       !strpbrk(line, "0123456789:?") && !mail_words_begin(cutter->words, MAIL_GREETING, line);
}

static bool ends_statement(struct cutter *cutter, size_t index)
{
	const char *line = folded_line(&cutter->folded, index);
	size_t length = strlen(line);
	return length && strchr(".!?", line[length - 1]) && strchr(line, ' ') &&
	       !is_greeting_line(cutter, index);
}

/*
 * Some programs put the old mail below without a word between: nobody greets again behind his own closing and
 * his name. The old mail has its own closing. Behind a statement alone a greeting makes it doubtful only.
 */
static void mark_unannounced(struct cutter *cutter)
{
	size_t closing = 0, greeting = 0, count = cutter->classes->len;
	bool is_said = false;
	for (size_t i = 0; i < count && !strchr("haq", *letter(cutter, i)); i++) {
		if (*letter(cutter, i) != CLASS_TEXT)
			continue;
		bool is_closing = is_text_before(cutter, i) && is_closing_line(cutter, i);
		if (greeting && is_closing && i > greeting + 1) {
			if (closing)
				*letter(cutter, greeting) = CLASS_HISTORY;
			cutter->is_unsure = !closing;
			return;
		}
		if (greeting)
			continue;
		bool follows = closing ? i - closing <= BLOCK_MAX_LINES
				       : is_said && *letter(cutter, i - 1) == CLASS_EMPTY;
		if (follows && is_greeting_line(cutter, i))
			greeting = i;
		else if (is_closing)
			closing = i;
		else if (closing && !is_short(cutter, i, 80))
			closing = 0;
		is_said = is_said || ends_statement(cutter, i);
	}
}

/*
 * Quoted lines that were wrapped on their way leave a piece without a mark between two quoted lines. An
 * answer there is told apart by the line before: it was full, or it opened a bracket that the piece closes.
 */
static bool is_wrapped_piece(struct cutter *cutter, size_t index)
{
	if (!index || index + 1 >= cutter->classes->len || *letter(cutter, index - 1) != CLASS_QUOTED ||
	    *letter(cutter, index + 1) != CLASS_QUOTED)
		return false;
	const struct text_line *before = text_lines_at(cutter->lines, index - 1);
	const char *previous = folded_line(&cutter->folded, index - 1),
		   *piece = folded_line(&cutter->folded, index);
	const char *open = strrchr(previous, '(');
	bool opened = open && !strchr(open, ')') && strchr(piece, ')');
	bool is_link = starts_with_word(piece, "(http") || starts_with_word(piece, "<http") ||
		       starts_with_word(piece, "(https") || starts_with_word(piece, "<https");
	bool was_full =
	    before->length >= WRAP_LENGTH &&
	    !strchr(".?!:", previous[0] ? previous[strlen(previous) - 1] : '.') &&
	    g_ascii_islower(text_line_text(cutter->lines, text_lines_at(cutter->lines, index))[0]);
	return opened || is_link || was_full;
}

static void mark_wrapped_pieces(struct cutter *cutter)
{
	for (size_t i = 0; i < cutter->classes->len; i++)
		if (*letter(cutter, i) == CLASS_TEXT && is_wrapped_piece(cutter, i))
			*letter(cutter, i) = CLASS_QUOTED;
}

static bool is_own(char class)
{
	return class == CLASS_TEXT || class == CLASS_EMPTY || class == CLASS_RULE;
}

static void append_line(GString *text, const struct text_lines *lines, size_t index)
{
	const struct text_line *line = text_lines_at(lines, index);
	g_string_append_len(text, text_line_text(lines, line), (gssize)line->length + 1);
}

static char *take_stripped(GString *text)
{
	return g_strstrip(g_string_free(text, FALSE));
}

static char *take_or_null(GString *text)
{
	char *taken = take_stripped(text);
	if (!*taken)
		g_clear_pointer(&taken, g_free);
	return taken;
}

/* The author's lines in their order, in parts between which he quotes. */
struct own_lines {
	GArray *list;	/* of size_t: numbers of lines */
	GArray *starts; /* of size_t: where in LIST each part begins */
	char *signs;	/* of each line of the mail: whether it is signature */
};

static void own_lines_init(struct own_lines *own, struct cutter *cutter)
{
	own->list = g_array_new(FALSE, FALSE, sizeof(size_t));
	own->starts = g_array_new(FALSE, FALSE, sizeof(size_t));
	own->signs = g_malloc0(cutter->classes->len + 1);
	bool inside = false;
	for (size_t i = 0; i < cutter->classes->len; i++) {
		char class = *letter(cutter, i);
		if (is_own(class) && !inside) {
			size_t start = own->list->len;
			g_array_append_val(own->starts, start);
		}
		if (is_own(class))
			g_array_append_val(own->list, i);
		inside = is_own(class) || (inside && class == CLASS_BANNER);
	}
}

static void own_lines_clear(struct own_lines *own)
{
	g_array_free(own->list, TRUE);
	g_array_free(own->starts, TRUE);
	g_free(own->signs);
}

/* The signature is the end of the last part; a part that is nothing else (a list's footer) lets the one
 * before have one. */
static void mark_signature(struct cutter *cutter, struct own_lines *own)
{
	size_t end = own->list->len;
	for (size_t part = own->starts->len; part-- > 0;) {
		size_t start = g_array_index(own->starts, size_t, part);
		size_t found =
		    signature_find(cutter->words, cutter->lines, &cutter->folded, own->list, start, end);
		for (size_t i = found; i < end; i++)
			own->signs[g_array_index(own->list, size_t, i)] = 1;
		bool is_empty = true;
		for (size_t i = start; i < found && is_empty; i++)
			is_empty =
			    text_lines_at(cutter->lines, g_array_index(own->list, size_t, i))->length == 0;
		if (!is_empty)
			return;
		end = start;
	}
}

/* Answers in the quoted mail that are told by their colour, if the author names it. */
static enum coloured mark_coloured(struct cutter *cutter, size_t quoted, unsigned hues)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(size_t));
	enum coloured coloured = coloured_find(
	    cutter->words, cutter->lines, &cutter->folded, cutter->classes->str, quoted, hues, found);
	for (size_t i = 0; i < found->len; i++)
		*letter(cutter, g_array_index(found, size_t, i)) = CLASS_COLOURED;
	g_array_free(found, TRUE);
	return coloured;
}

/* What the last thing is that the author says above the quoted mail: a remark that points there? */
static struct pointing last_words(struct cutter *cutter, const struct own_lines *own, size_t quoted)
{
	struct pointing pointing = {0};
	for (size_t i = 0; i < own->list->len; i++) {
		size_t index = g_array_index(own->list, size_t, i);
		if (index > quoted || own->signs[index] || !text_lines_at(cutter->lines, index)->length)
			continue;
		const char *line = folded_line(&cutter->folded, index);
		bool is_polite = mail_words_begin(cutter->words, MAIL_THANKS, line) ||
				 mail_words_begin(cutter->words, MAIL_CLOSING, line);
		struct pointing present = pointing_of(cutter->words, line);
		if (present.points || !(pointing.points && is_polite && strlen(line) < 60))
			pointing = present;
	}
	return pointing;
}

static bool is_answered_below(struct cutter *cutter, const struct own_lines *own, size_t quoted)
{
	for (size_t i = 0; i < own->list->len; i++) {
		size_t index = g_array_index(own->list, size_t, i);
		if (index > quoted && !own->signs[index] && *folded_line(&cutter->folded, index))
			return true;
	}
	return false;
}

/* Follows a remark of the author's to the answers in the quoted mail. */
static bool is_partial(struct cutter *cutter, const struct own_lines *own)
{
	size_t quoted = strcspn(cutter->classes->str, "hqa");
	if (quoted == cutter->classes->len)
		return false;
	struct pointing pointing = last_words(cutter, own, quoted);
	if (!pointing.points)
		return false;
	enum coloured coloured = mark_coloured(cutter, quoted, pointing.hues);
	return coloured == COLOURED_DOUBTFUL ||
	       (coloured == COLOURED_NONE && !is_answered_below(cutter, own, quoted));
}

/* The author's words in the same line with somebody else's. */
static void append_share(struct cutter *cutter, size_t index, GString *own_text, GString *quoted)
{
	const struct text_line *line = text_lines_at(cutter->lines, index);
	const char *text = text_line_text(cutter->lines, line);
	size_t shared = GPOINTER_TO_SIZE(g_hash_table_lookup(cutter->shared, GSIZE_TO_POINTER(index + 1)));
	if (*letter(cutter, index) == CLASS_COLOURED) {
		g_string_append_len(
		    own_text, text + line->hue_start, (gssize)(line->length - line->hue_start));
		g_string_append_c(own_text, '\n');
		g_string_append_len(quoted, text, (gssize)line->hue_start);
		g_string_append_c(quoted, '\n');
		return;
	}
	append_line(quoted, cutter->lines, index);
	if (shared) { /* before an attribution */
		g_string_append_len(own_text, text, (gssize)shared);
		g_string_append_c(own_text, '\n');
	}
}

static void write_out(struct cutter *cutter, struct cut *cut)
{
	GString *own_text = g_string_new(NULL), *signature = g_string_new(NULL), *quoted = g_string_new(NULL);
	struct own_lines own;
	own_lines_init(&own, cutter);
	mark_signature(cutter, &own);
	cut->is_partial = is_partial(cutter, &own) || cutter->is_unsure;
	for (size_t i = 0; i < cutter->classes->len; i++) {
		if (is_own(*letter(cutter, i)))
			append_line(own.signs[i] ? signature : own_text, cutter->lines, i);
		else
			append_share(cutter, i, own_text, quoted);
	}
	cut->new_text = take_stripped(own_text);
	cut->signature = take_or_null(signature);
	cut->quoted = take_or_null(quoted);
	own_lines_clear(&own);
}

void cut_lines(const struct mail_words *words, const struct text_lines *lines, struct cut *cut)
{
	struct cutter cutter = {.words = words,
	    .lines = lines,
	    .classes = g_string_sized_new(lines->list->len + 1),
	    .shared = g_hash_table_new(g_direct_hash, g_direct_equal)};
	folded_init(&cutter.folded, lines);
	for (size_t i = 0; i < lines->list->len; i++)
		g_string_append_c(cutter.classes, (char)class_of(&cutter, i));
	mark_banner(&cutter);
	mark_arrowed(&cutter);
	mark_attributions(&cutter);
	mark_barred(&cutter);
	settle_attributions(&cutter);
	mark_unannounced(&cutter);
	mark_comments(&cutter);
	mark_history(&cutter);
	mark_wrapped_pieces(&cutter);
	write_out(&cutter, cut);
	g_hash_table_destroy(cutter.shared);
	g_string_free(cutter.classes, TRUE);
	folded_clear(&cutter.folded);
}

void cut_clear(struct cut *cut)
{
	g_free(cut->new_text);
	g_free(cut->signature);
	g_free(cut->quoted);
}
