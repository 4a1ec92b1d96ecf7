#include "base/base.h"
#include "mail/html_text.h"

#include "mail/folded.h"
#include "mail/html_reader.h"
#include "mail/hue.h"

/* Open elements that are followed; deeper ones have no effect of their own. */
#define STACK_MAX 1000
/* How far up an end tag looks for its element: broken mail leaves elements open. */
#define STACK_SEARCH 64

enum element_effect {
	EFFECT_QUOTE = 1,
	EFFECT_HIDDEN = 2,
	EFFECT_SIGNATURE = 4,
	EFFECT_ATTRIBUTION = 8,
	EFFECT_PRE = 16,
	EFFECT_HISTORY = 32, /* all that follows, whatever closes */
	EFFECT_FORWARD = 64,
};

/*
 * What mail programs write around the mail that is answered. ATTRIBUTE holds WORD (in any case, blanks left
 * out for a style); ELEMENT NULL: any. Containers quote what is in them; a header of the old mail (Outlook)
 * only tells where the history begins.
 */
static const struct mark {
	const char *element;
	const char *attribute;
	const char *word;
	unsigned effect;
} marks[] = {
    {"div", "class", "gmail_attr", EFFECT_ATTRIBUTION},
    {"div", "class", "moz-cite-prefix", EFFECT_ATTRIBUTION},
    {"div", "class", "moz-forward-container", EFFECT_FORWARD},
    {"div", "class", "moz-email-headers-table", EFFECT_FORWARD},
    {"div", "class", "yahoo_quoted", EFFECT_QUOTE},
    {"div", "id", "yahoo_quoted", EFFECT_QUOTE},
    {"div", "class", "protonmail_quote", EFFECT_QUOTE},
    {"div", "class", "tutanota_quote", EFFECT_QUOTE},
    {"div", "class", "zmail_extra", EFFECT_QUOTE},
    {"div", "class", "hs_reply", EFFECT_QUOTE},
    {"div", "class", "freshdesk_quote", EFFECT_QUOTE},
    {"div", "class", "replyforwardheader", EFFECT_HISTORY},
    {"div", "name", "messagereplysection", EFFECT_QUOTE},
    {"div", "name", "quote", EFFECT_QUOTE},
    {"div", "id", "divrplyfwdmsg", EFFECT_HISTORY},
    {"div", "id", "appendonsend", EFFECT_HISTORY},
    {"div", "id", "mail-editor-reference-message-container", EFFECT_HISTORY},
    {"span", "id", "olk_src_body_section", EFFECT_QUOTE},
    {"div", "class", "outlookmessageheader", EFFECT_HISTORY},
    {"div", "style", "border-top:solid#e1e1e1", EFFECT_HISTORY},
    {"div", "style", "border-top:solid#b5c4df", EFFECT_HISTORY},
    {"div", "style", "border-top:#e1e1e1", EFFECT_HISTORY},
    {"div", "style", "border-top:#b5c4df", EFFECT_HISTORY},
    {"div", "style", "border-top:1pxsolid#b5c4df", EFFECT_HISTORY},
    {"div", "style", "border-top:solidwindowtext1.0pt;padding:3.0pt0", EFFECT_HISTORY},
    {"div", "style", "border-top:1ptsolidrgb(225,225,225)", EFFECT_HISTORY},
    {"div", "style", "border-top:1ptsolidrgb(181,196,223)", EFFECT_HISTORY},
    {"div", "style", "border-top-color:rgb(229,229,229);border-top-width:1px;border-top-style:solid",
	EFFECT_HISTORY},
    {"div", "style", "border-style:solidnonenone", EFFECT_HISTORY},
    {"hr", "id", "stopspelling", EFFECT_HISTORY},
    {"hr", "id", "zwchr", EFFECT_HISTORY},
    {"hr", "data-marker", "__divider__", EFFECT_HISTORY},
    {NULL, "class", "gmail_signature", EFFECT_SIGNATURE},
    {NULL, "class", "moz-signature", EFFECT_SIGNATURE},
    {NULL, "class", "protonmail_signature_block", EFFECT_SIGNATURE},
    {NULL, "id", "applemailsignature", EFFECT_SIGNATURE},
    {NULL, "id", "ms-outlook-mobile-signature", EFFECT_SIGNATURE},
    {"div", "id", "signature", EFFECT_SIGNATURE},
    {"div", "id", "x_signature", EFFECT_SIGNATURE},
    {NULL, "data-marker", "__sig_pre__", EFFECT_SIGNATURE},
    {NULL, "data-marker", "__sig_post__", EFFECT_SIGNATURE},
    {NULL, "style", "display:none", EFFECT_HIDDEN},
    {NULL, "style", "text-decoration:line-through", EFFECT_HIDDEN},
    {NULL, "style", "text-decoration-line:line-through", EFFECT_HIDDEN},
    {NULL, "style", "mso-hide:all", EFFECT_HIDDEN},
    {NULL, "style", "max-height:0;", EFFECT_HIDDEN},
    {NULL, "style", "max-height:0px", EFFECT_HIDDEN},
    {NULL, "style", "font-size:0;", EFFECT_HIDDEN},
    {NULL, "style", "font-size:0px", EFFECT_HIDDEN},
    {NULL, "style", "visibility:hidden", EFFECT_HIDDEN},
};

/* Elements that are followed on the stack, since they may carry a mark. */
static const char *const followed[] = {"div", "blockquote", "span", "table", "tbody", "tr", "td", "p", "pre",
    "section", "article", "center", "head", "s", "del", "strike", "font"};

/* Elements that begin and end a line. */
static const char *const blocks[] = {"p", "div", "table", "tr", "ul", "ol", "li", "dl", "dt", "dd",
    "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "body", "html", "head", "form", "center",
    "section", "article", "header", "footer", "address", "fieldset", "tbody", "thead"};

struct element {
	char name[16];
	unsigned effect;
	enum hue hue; /* of the text in it */
};

struct writer {
	struct text_lines *lines;
	GString *line;
	GArray *stack;	    /* of struct element */
	unsigned counts[7]; /* open elements by bit of their effect */
	unsigned pending;   /* marks for the next line */
	enum hue hue;	    /* the colour of the last characters of LINE */
	size_t hue_start;   /* where they begin */
	bool blank;	    /* white space is due before the next text */
	bool hard_blank;    /* it holds a no-break space: programs fill empty paragraphs with it */
	char *link;	    /* the address to which the open link writes, or NULL */
	size_t link_start;  /* where its text begins in LINE */
	guint link_line;    /* and the number of the line */
	bool in_link;	    /* to wherever */
};

static bool is_among(const char *name, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (name[0] == names[i][0] && !strcmp(name, names[i]))
			return true;
	return false;
}

static unsigned count_of(const struct writer *writer, enum element_effect effect)
{
	return writer->counts[__builtin_ctz(effect)];
}

static void count_effects(struct writer *writer, unsigned effect, int by)
{
	for (size_t bit = 0; bit < ARRAY_LENGTH(writer->counts); bit++)
		if (effect & (1U << bit))
			writer->counts[bit] = (unsigned)((int)writer->counts[bit] + by);
}

static unsigned marks_of(const struct writer *writer)
{
	unsigned line_marks = writer->pending;
	line_marks |= count_of(writer, EFFECT_SIGNATURE) ? LINE_SIGNATURE : 0;
	line_marks |= count_of(writer, EFFECT_ATTRIBUTION) ? LINE_ATTRIBUTION : 0;
	return line_marks;
}

static enum hue hue_of(const struct writer *writer)
{
	size_t depth = writer->stack->len;
	return depth ? g_array_index(writer->stack, struct element, depth - 1).hue : HUE_NONE;
}

/* To be called before text in the present colour goes to the line. */
static void note_hue(struct writer *writer)
{
	enum hue hue = hue_of(writer);
	if (hue != writer->hue)
		writer->hue_start = writer->line->len;
	writer->hue = hue;
}

static void set_hue(struct writer *writer)
{
	if (writer->lines->cut)
		return;
	struct text_line *line = text_lines_at(writer->lines, writer->lines->list->len - 1);
	size_t marks = writer->line->len > line->length ? writer->line->len - line->length : 0;
	line->hue = writer->hue;
	line->hue_start = writer->hue_start > marks ? MIN(writer->hue_start - marks, line->length) : 0;
	writer->hue = HUE_NONE;
	writer->hue_start = 0;
}

static void end_line(struct writer *writer)
{
	text_lines_add_marked(writer->lines, writer->line->str, writer->line->len,
	    count_of(writer, EFFECT_QUOTE), marks_of(writer));
	set_hue(writer);
	g_string_truncate(writer->line, 0);
	writer->pending = 0;
	writer->blank = writer->hard_blank = false;
}

static void end_line_if_any(struct writer *writer)
{
	writer->blank = false;
	if (writer->line->len || writer->hard_blank)
		end_line(writer);
}

/* U+00A0 is how HTML writes ordinary blanks; U+00AD, U+200B..U+200D, U+2060 and U+FEFF show nothing. */
static size_t invisible(const char *text)
{
	static const char *const characters[] = {
	    "\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf"};
	for (size_t i = 0; i < ARRAY_LENGTH(characters); i++)
		if (!strncmp(text, characters[i], strlen(characters[i])))
			return strlen(characters[i]);
	return 0;
}

static void write_text(struct writer *writer, const char *raw, size_t length)
{
	if (count_of(writer, EFFECT_HIDDEN))
		return;
	GString *text = g_string_sized_new(length);
	html_append_text(text, raw, length);
	bool is_pre = count_of(writer, EFFECT_PRE) != 0;
	for (const char *at = text->str; *at;) {
		size_t unseen = (unsigned char)*at >= 0xc2 ? invisible(at) : 0;
		bool is_hard_blank = at[0] == '\xc2' && at[1] == '\xa0';
		if (unseen) {
			at += unseen;
		} else if (is_pre && *at == '\n') {
			end_line(writer);
			at++;
		} else if (g_ascii_isspace(*at) || is_hard_blank) {
			writer->blank = true;
			writer->hard_blank = writer->hard_blank || is_hard_blank;
			at += is_hard_blank ? 2 : 1;
		} else {
			if (writer->blank && writer->line->len)
				g_string_append_c(writer->line, ' ');
			writer->blank = false;
			note_hue(writer);
			size_t run = 1;
			while (at[run] && !g_ascii_isspace(at[run]) && (unsigned char)at[run] < 0xc2)
				run++;
			g_string_append_len(writer->line, at, (gssize)run);
			at += run;
		}
	}
	g_string_free(text, TRUE);
}

static char *without_blanks(const char *value, size_t length)
{
	GString *text = g_string_sized_new(length);
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isspace(value[i]))
			g_string_append_c(text, g_ascii_tolower(value[i]));
	return g_string_free(text, FALSE);
}

/* Values above this (pictures in a data: URL) hold no mark. */
#define VALUE_MAX 1000

static unsigned effect_of_attribute(const char *element, const struct html_attribute *attribute)
{
	unsigned effect = 0;
	char *value = without_blanks(attribute->value, MIN(attribute->length, VALUE_MAX));
	for (size_t i = 0; i < ARRAY_LENGTH(marks); i++)
		if (!strcmp(marks[i].attribute, attribute->name) &&
		    (!marks[i].element || !strcmp(marks[i].element, element)) && strstr(value, marks[i].word))
			effect |= marks[i].effect;
	g_free(value);
	return effect;
}

/* A blockquote without border and class is how web mail indents the author's own text. */
static bool is_indentation(const struct html_token *token)
{
	struct html_attribute attribute;
	bool borderless = false, cites = false;
	for (size_t at = 0; html_next_attribute(token, &at, &attribute);) {
		char *value = without_blanks(attribute.value, MIN(attribute.length, VALUE_MAX));
		borderless = borderless || (!strcmp(attribute.name, "style") && strstr(value, "border:none"));
		cites = cites || !strcmp(attribute.name, "class") || !strcmp(attribute.name, "type") ||
			!strcmp(attribute.name, "cite");
		g_free(value);
	}
	return borderless && !cites;
}

static bool carries_marks(const char *attribute)
{
	static const char *const names[] = {"class", "id", "style", "name", "data-marker"};
	return is_among(attribute, names, ARRAY_LENGTH(names));
}

static unsigned effect_of(const struct html_token *token)
{
	unsigned effect = 0;
	struct html_attribute attribute;
	for (size_t at = 0; html_next_attribute(token, &at, &attribute);)
		if (carries_marks(attribute.name) && attribute.length)
			effect |= effect_of_attribute(token->name, &attribute);
	if (!strcmp(token->name, "blockquote") && !is_indentation(token))
		effect |= EFFECT_QUOTE;
	if (!strcmp(token->name, "pre"))
		effect |= EFFECT_PRE;
	/* what its author has struck out he does not say */
	static const char *const unsaid[] = {"head", "s", "del", "strike"};
	if (is_among(token->name, unsaid, ARRAY_LENGTH(unsaid)))
		effect |= EFFECT_HIDDEN;
	return effect;
}

/* The colour of the text in an element: its own, or that around it. */
static enum hue hue_inside(const struct writer *writer, const struct html_token *token)
{
	enum hue hue = hue_of(writer);
	struct html_attribute attribute;
	for (size_t at = 0; html_next_attribute(token, &at, &attribute);) {
		bool is_style = !strcmp(attribute.name, "style");
		if (!is_style && strcmp(attribute.name, "color") != 0)
			continue;
		char *value = without_blanks(attribute.value, MIN(attribute.length, VALUE_MAX));
		bool is_given = true;
		enum hue own = is_style ? hue_of_style(value, &is_given) : hue_of_colour(value);
		bool is_link = own == HUE_BLUE && writer->in_link; /* no colour that a person chose */
		if (!is_link)
			hue = own || is_given ? own : hue;
		g_free(value);
	}
	return hue;
}

static void pop(struct writer *writer, size_t to)
{
	while (writer->stack->len > to) {
		count_effects(
		    writer, g_array_index(writer->stack, struct element, writer->stack->len - 1).effect, -1);
		g_array_set_size(writer->stack, writer->stack->len - 1);
	}
}

static void close_element(struct writer *writer, const char *name)
{
	size_t length = writer->stack->len;
	for (size_t up = 1; up <= MIN(length, STACK_SEARCH); up++) {
		const struct element *element = &g_array_index(writer->stack, struct element, length - up);
		if (element->name[0] == name[0] && !strcmp(element->name, name)) {
			pop(writer, length - up);
			return;
		}
		bool is_wall =
		    !strcmp(element->name, "blockquote") || !strcmp(element->name, "td") ||
		    (!strcmp(name, "font") && (!strcmp(element->name, "div") || !strcmp(element->name, "p")));
		if (is_wall && strcmp(name, "table") != 0 && strcmp(name, "tr") != 0)
			return;
	}
}

static void open_element(struct writer *writer, const struct html_token *token)
{
	unsigned effect = effect_of(token);
	if (effect & EFFECT_HISTORY)
		writer->pending |= LINE_HISTORY;
	if (effect & EFFECT_FORWARD)
		writer->pending |= LINE_FORWARD;
	if (!is_among(token->name, followed, ARRAY_LENGTH(followed)) || writer->stack->len >= STACK_MAX)
		return;
	/* a paragraph ends the one before it; the end of head and pre must not be missed */
	if (!strcmp(token->name, "p") && writer->stack->len &&
	    !strcmp(g_array_index(writer->stack, struct element, writer->stack->len - 1).name, "p"))
		close_element(writer, "p");
	struct element element = {.effect = effect & ~(unsigned)(EFFECT_HISTORY | EFFECT_FORWARD),
	    .hue = hue_inside(writer, token)};
	memcpy(element.name, token->name, sizeof(element.name));
	g_array_append_val(writer->stack, element);
	count_effects(writer, element.effect, 1);
}

static bool is_paragraph(const struct html_token *token)
{
	if (strcmp(token->name, "p") != 0)
		return false;
	struct html_attribute attribute;
	for (size_t at = 0; html_next_attribute(token, &at, &attribute);)
		if (!strcmp(attribute.name, "class") || !strcmp(attribute.name, "style"))
			return false; /* Outlook's paragraphs stand close together */
	return true;
}

/* An address has at most 254 bytes (RFC 5321, 4.5.3.1.3); each may be encoded in three. */
#define LINK_MAX 1000

/* "mailto:jo%2ba@x.example?subject=y" (RFC 6068); NULL where it is none; g_free. */
static char *link_address(const char *raw, size_t length)
{
	GString *link = g_string_new(NULL);
	html_append_text(link, raw, MIN(length, LINK_MAX));
	g_strstrip(link->str);
	bool is_mail = !g_ascii_strncasecmp(link->str, "mailto:", 7);
	char *start = link->str + (is_mail ? 7 : 0);
	char *address = is_mail ? g_uri_unescape_segment(start, start + strcspn(start, "?,"), NULL) : NULL;
	g_string_free(link, TRUE);
	const char *at = address ? strchr(address, '@') : NULL;
	if (!at || at == address || !at[1] || strpbrk(address, " \t\r\n<>\"") ||
	    !g_utf8_validate(address, -1, NULL))
		g_clear_pointer(&address, g_free);
	return address;
}

static void open_link(struct writer *writer, const struct html_token *token)
{
	struct html_attribute attribute;
	g_clear_pointer(&writer->link, g_free);
	writer->in_link = true;
	for (size_t at = 0; !writer->link && html_next_attribute(token, &at, &attribute);)
		if (!strcmp(attribute.name, "href"))
			writer->link = link_address(attribute.value, attribute.length);
	writer->link_start = writer->line->len;
	writer->link_line = writer->lines->list->len;
}

/* Behind "our accountants" stands the address that only the link holds. */
static void close_link(struct writer *writer)
{
	writer->in_link = false;
	bool is_here = writer->link && writer->link_line == writer->lines->list->len &&
		       writer->line->len > writer->link_start && !count_of(writer, EFFECT_HIDDEN);
	if (is_here) {
		const char *text = writer->line->str + writer->link_start;
		char *shown = lower_text(text, strlen(text));
		char *address = lower_text(writer->link, strlen(writer->link));
		if (!strstr(shown, address))
			g_string_append_printf(writer->line, " <%s>", writer->link);
		g_free(address);
		g_free(shown);
	}
	g_clear_pointer(&writer->link, g_free);
}

static void write_open(struct writer *writer, const struct html_token *token)
{
	if (!strcmp(token->name, "br")) {
		if (!count_of(writer, EFFECT_HIDDEN))
			end_line(writer);
		return;
	}
	if (!strcmp(token->name, "body"))
		close_element(writer, "head"); /* its end tag may be left out */
	if (is_among(token->name, blocks, ARRAY_LENGTH(blocks)))
		end_line_if_any(writer);
	if (is_paragraph(token) && writer->lines->list->len)
		end_line(writer);
	open_element(writer, token);
	if (!strcmp(token->name, "a")) {
		open_link(writer, token);
	} else if (!strcmp(token->name, "hr")) {
		writer->pending |= LINE_RULE;
		end_line(writer);
	} else if (!strcmp(token->name, "li")) {
		g_string_append(writer->line, "- ");
	} else if (!strcmp(token->name, "td") || !strcmp(token->name, "th")) {
		writer->blank = true;
	}
}

static void write_close(struct writer *writer, const struct html_token *token)
{
	if (is_among(token->name, blocks, ARRAY_LENGTH(blocks)))
		end_line_if_any(writer);
	if (!strcmp(token->name, "a"))
		close_link(writer);
	close_element(writer, token->name);
}

void text_lines_from_html(struct text_lines *lines, const char *html, size_t length)
{
	struct writer writer = {.lines = lines,
	    .line = g_string_new(NULL),
	    .stack = g_array_new(FALSE, FALSE, sizeof(struct element))};
	struct html_reader reader;
	struct html_token token;
	html_reader_init(&reader, html, length);
	while (!lines->cut && html_reader_next(&reader, &token)) {
		if (token.type == HTML_TEXT)
			write_text(&writer, token.text, token.length);
		else if (token.type == HTML_OPEN)
			write_open(&writer, &token);
		else
			write_close(&writer, &token);
	}
	end_line_if_any(&writer);
	g_free(writer.link);
	g_string_free(writer.line, TRUE);
	g_array_free(writer.stack, TRUE);
}
