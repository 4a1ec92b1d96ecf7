#include "base/base.h"
#include "dunning/template.h"

#include <ctype.h>
#include <glib.h>

enum node_kind { NODE_TEXT, NODE_VALUE, NODE_SECTION, NODE_INVERTED, NODE_END };

struct node {
	enum node_kind kind;
	char *text; /* literal text, or a name */
	int line;
	guint end; /* of a section: the index of its END */
};

struct template
{
	char *file;
	GArray *nodes; /* of struct node */
};

#define DEPTH_MOST 8

static struct node *node_at(const struct template *template, guint index)
{
	return &g_array_index(template->nodes, struct node, index);
}

static void add_node(
    struct template *template, enum node_kind kind, const char *text, size_t length, int line)
{
	if (kind == NODE_TEXT && length == 0)
		return;
	struct node node = {kind, g_strndup(text, length), line, 0};
	g_array_append_val(template->nodes, node);
}

void template_free(struct template *template)
{
	if (!template)
		return;
	for (guint i = 0; i < template->nodes->len; i++)
		g_free(node_at(template, i)->text);
	g_array_unref(template->nodes);
	g_free(template->file);
	g_free(template);
}

static bool only_blanks_back_to(const char *start, const char *at)
{
	while (at > start && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == start || at[-1] == '\n';
}

/* A reading position in the template's text. */
struct scan {
	const char *start, *literal, *at;
	const char *counted; /* lines are counted up to here: places are asked for in their order */
	int line;
};

static int line_of(struct scan *scan, const char *at)
{
	for (; scan->counted < at; scan->counted++)
		scan->line += *scan->counted == '\n';
	return scan->line;
}

/* Ends the literal text before a tag at OPEN..CLOSE and moves behind the tag; a tag alone on its line takes
 * it along. */
static void step_over_tag(
    struct template *template, struct scan *scan, const char *open, const char *close, bool may_stand_alone)
{
	const char *after = close + 2, *literal_end = open;
	size_t blanks = strspn(after, " \t\r");
	if (may_stand_alone && only_blanks_back_to(scan->literal, open) &&
	    (after[blanks] == '\n' || !after[blanks]) &&
	    (scan->literal == scan->start || literal_end > scan->literal || scan->literal[-1] == '\n')) {
		while (literal_end > scan->literal && literal_end[-1] != '\n')
			literal_end--;
		after += blanks + (after[blanks] == '\n');
	}
	add_node(template, NODE_TEXT, scan->literal, (size_t)(literal_end - scan->literal), 0);
	scan->literal = scan->at = after;
}

static bool is_name(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!islower((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) && text[i] != '_' &&
		    text[i] != '.')
			return false;
	return length > 0;
}

static bool add_tag(
    struct template *template, struct scan *scan, const char *open, const char *close, struct error *error)
{
	static const struct {
		char mark;
		enum node_kind kind;
	} marks[] = {{'#', NODE_SECTION}, {'^', NODE_INVERTED}, {'/', NODE_END}};
	const char *name = open + 2;
	int line = line_of(scan, open);
	enum node_kind kind = NODE_VALUE;
	bool remark = *name == '!';
	for (size_t i = 0; i < ARRAY_LENGTH(marks); i++)
		if (*name == marks[i].mark)
			kind = marks[i].kind;
	name += kind != NODE_VALUE;
	size_t length = (size_t)(close - name);
	while (length && *name == ' ')
		name++, length--;
	while (length && name[length - 1] == ' ')
		length--;
	if (!remark && !is_name(name, length))
		return error_set(error, STATUS_CONFIG, "%s:%d: \"%.*s\" is no name: a-z 0-9 _ and points",
		    template->file, line, (int)length, name);
	step_over_tag(template, scan, open, close, remark || kind != NODE_VALUE);
	if (!remark)
		add_node(template, kind, name, length, line);
	return true;
}

/* Tells each section where it ends. */
static bool match_sections(struct template *template, struct error *error)
{
	guint open[DEPTH_MOST];
	int depth = 0;
	for (guint i = 0; i < template->nodes->len; i++) {
		struct node *node = node_at(template, i);
		if (node->kind == NODE_SECTION || node->kind == NODE_INVERTED) {
			if (depth == DEPTH_MOST)
				return error_set(error, STATUS_CONFIG,
				    "%s:%d: more than %d sections inside each other", template->file,
				    node->line, DEPTH_MOST);
			open[depth++] = i;
		} else if (node->kind == NODE_END) {
			if (depth == 0 || strcmp(node_at(template, open[depth - 1])->text, node->text) != 0)
				return error_set(error, STATUS_CONFIG,
				    "%s:%d: {{/%s}} ends no section that is open here", template->file,
				    node->line, node->text);
			node_at(template, open[--depth])->end = i;
		}
	}
	if (depth)
		return error_set(error, STATUS_CONFIG, "%s:%d: {{#%s}} is never ended", template->file,
		    node_at(template, open[depth - 1])->line, node_at(template, open[depth - 1])->text);
	return true;
}

struct template *template_parse(const char *file, const char *text, struct error *error)
{
	struct template *template = g_new0(struct template, 1);
	template->file = g_strdup(file);
	template->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
	struct scan scan = {text, text, text, text, 1};
	const char *open;
	while ((open = strstr(scan.at, "{{"))) {
		const char *close = strstr(open, "}}");
		if (!close) {
			error_set(
			    error, STATUS_CONFIG, "%s:%d: {{ is never closed", file, line_of(&scan, open));
			template_free(template);
			return NULL;
		}
		if (!add_tag(template, &scan, open, close, error)) {
			template_free(template);
			return NULL;
		}
	}
	add_node(template, NODE_TEXT, scan.literal, strlen(scan.literal), 0);
	if (!match_sections(template, error)) {
		template_free(template);
		return NULL;
	}
	return template;
}

bool template_check(const struct template *template, const char *const *known, struct error *error)
{
	for (guint i = 0; i < template->nodes->len; i++) {
		const struct node *node = node_at(template, i);
		bool found = node->kind == NODE_TEXT;
		for (const char *const *name = known; !found && *name; name++)
			found = strcmp(*name, node->text) == 0;
		if (!found)
			return error_set(error, STATUS_CONFIG, "%s:%d: there is no \"%s\"", template->file,
			    node->line, node->text);
	}
	return true;
}

void template_respell(struct template *template, const char *from, const char *to)
{
	for (guint i = 0; i < template->nodes->len; i++) {
		struct node *node = node_at(template, i);
		if (node->kind != NODE_TEXT || !strstr(node->text, from))
			continue;
		g_auto(GStrv) parts = g_strsplit(node->text, from, -1);
		g_free(node->text);
		node->text = g_strjoinv(to, parts);
	}
}

bool template_mentions(const struct template *template, const char *name)
{
	for (guint i = 0; i < template->nodes->len; i++)
		if (node_at(template, i)->kind != NODE_TEXT && strcmp(node_at(template, i)->text, name) == 0)
			return true;
	return false;
}

/* The objects around the present place, outermost first. */
struct stack {
	const json_t *objects[DEPTH_MOST + 1];
	int depth;
};

static const json_t *look_up(const struct stack *stack, const char *name)
{
	char first[64];
	size_t length = strcspn(name, ".");
	if (length >= sizeof first)
		return NULL;
	memcpy(first, name, length);
	first[length] = '\0';
	const json_t *value = NULL;
	for (int i = stack->depth; i-- > 0 && !value;)
		value = json_object_get(stack->objects[i], first);
	while (value && name[length] == '.') {
		name += length + 1;
		length = strcspn(name, ".");
		char *part = g_strndup(name, length);
		value = json_object_get(value, part);
		g_free(part);
	}
	return value;
}

static bool is_true(const json_t *value)
{
	if (json_is_string(value))
		return *json_string_value(value) != '\0';
	if (json_is_array(value))
		return json_array_size(value) > 0;
	if (json_is_integer(value))
		return json_integer_value(value) != 0;
	return json_is_object(value) || json_is_true(value);
}

static void append_html(struct buffer *text, char one)
{
	static const struct {
		char one;
		const char *instead;
	} escapes[] = {
	    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}, {'\n', "<br>\n"}};
	for (size_t i = 0; i < ARRAY_LENGTH(escapes); i++)
		if (escapes[i].one == one) {
			buffer_append_text(text, escapes[i].instead);
			return;
		}
	buffer_append_char(text, one);
}

static void append_value(struct buffer *text, const json_t *value, enum template_place place)
{
	if (json_is_integer(value))
		buffer_printf(text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (!json_is_string(value))
		return;
	for (const char *c = json_string_value(value); *c; c++) {
		unsigned char one = (unsigned char)*c;
		if (*c == '\n' && place == TEMPLATE_LINE)
			buffer_append_char(text, ' ');
		else if (one < ' ' && *c != '\n')
			continue;
		else if (place == TEMPLATE_HTML)
			append_html(text, *c);
		else
			buffer_append_char(text, *c);
	}
}

static void render(const struct template *template, guint from, guint to, struct stack *stack,
    enum template_place place, struct buffer *text);

static void render_section(const struct template *template, guint index, struct stack *stack,
    enum template_place place, struct buffer *text)
{
	const struct node *node = node_at(template, index);
	const json_t *value = look_up(stack, node->text);
	if (node->kind == NODE_INVERTED) {
		if (!is_true(value))
			render(template, index + 1, node->end, stack, place, text);
		return;
	}
	if (!is_true(value))
		return;
	size_t times = json_is_array(value) ? json_array_size(value) : 1;
	for (size_t i = 0; i < times; i++) {
		const json_t *inner = json_is_array(value) ? json_array_get(value, i) : value;
		bool pushed = json_is_object(inner);
		if (pushed)
			stack->objects[stack->depth++] = inner;
		render(template, index + 1, node->end, stack, place, text);
		stack->depth -= pushed;
	}
}

static void render(const struct template *template, guint from, guint to, struct stack *stack,
    enum template_place place, struct buffer *text)
{
	for (guint i = from; i < to; i++) {
		const struct node *node = node_at(template, i);
		switch (node->kind) {
		case NODE_TEXT:
			buffer_append_text(text, node->text);
			break;
		case NODE_VALUE:
			append_value(text, look_up(stack, node->text), place);
			break;
		case NODE_SECTION:
		case NODE_INVERTED:
			render_section(template, i, stack, place, text);
			i = node->end;
			break;
		case NODE_END:
			break;
		}
	}
}

void template_render(
    const struct template *template, const json_t *context, enum template_place place, struct buffer *text)
{
	struct stack stack = {{context}, 1};
	render(template, 0, template->nodes->len, &stack, place, text);
}
