/*
 * The tree is built from SAX events rather than taken from libxml2's own tree: so lines and enclosed files
 * cost no memory, and an element that was not closed (a cut-off file) is known as such and its text is never
 * taken for a value.
 */
#include "base/base.h"
#include "document/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

enum {
	DEPTH_MAX = 100,
	NODES_MAX = 100000,
	TEXT_MAX = 65536,    /* longest text of one element that is kept */
	KEPT_MAX = 16 << 20, /* text of all elements */
	CHUNK = 65536,
	TAG_MAX = 65536,
};

struct xml_arena {
	GStringChunk *strings;
	GPtrArray *nodes; /* blocks of struct xml_node */
	size_t used;	  /* in the last block */
};

enum { BLOCK = 256 };

struct reading {
	xmlParserCtxtPtr parser;
	struct xml_tree *tree;
	struct xml_node *current;
	const char *const *skip;
	size_t depth;
	size_t skipped_at; /* depth of the element whose subtree is left out; 0: none */
	size_t count;
	size_t kept;
	GString *texts[DEPTH_MAX + 1]; /* by depth: text of the open elements */
};

static struct xml_node *node_new(struct xml_arena *arena)
{
	if (arena->nodes->len == 0 || arena->used == BLOCK) {
		g_ptr_array_add(arena->nodes, g_new0(struct xml_node, BLOCK));
		arena->used = 0;
	}
	struct xml_node *block = g_ptr_array_index(arena->nodes, arena->nodes->len - 1);
	return &block[arena->used++];
}

static void stop(struct reading *reading, const char *reason)
{
	if (reading->tree->reason == NULL)
		reading->tree->reason = reason;
	xmlStopParser(reading->parser);
}

static const char *attribute(struct reading *reading, const xmlChar **attributes, int count, const char *name)
{
	for (int i = 0; i < count; i++) {
		const xmlChar **one = attributes + (ptrdiff_t)5 * i; /* localname, prefix, URI, value, end */
		if (strcmp((const char *)one[0], name) == 0)
			return g_string_chunk_insert_len(
			    reading->tree->arena->strings, (const char *)one[3], MIN(one[4] - one[3], 64));
	}
	return NULL;
}

static bool is_skipped(const struct reading *reading, const char *name)
{
	for (const char *const *skip = reading->skip; skip != NULL && *skip != NULL; skip++)
		if (strcmp(*skip, name) == 0)
			return true;
	return false;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted,
    const xmlChar **attributes)
{
	(void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
	struct reading *reading = context;
	reading->depth++;
	if (reading->skipped_at != 0)
		return;
	if (reading->depth > DEPTH_MAX) {
		stop(reading, "XML nested too deeply");
		return;
	}
	if (is_skipped(reading, (const char *)name)) {
		reading->skipped_at = reading->depth;
		return;
	}
	if (++reading->count > NODES_MAX) {
		stop(reading, "XML with too many elements");
		return;
	}
	struct xml_node *node = node_new(reading->tree->arena);
	node->name = g_string_chunk_insert_const(reading->tree->arena->strings, (const char *)name);
	node->scheme = attribute(reading, attributes, attribute_count, "schemeID");
	node->currency = attribute(reading, attributes, attribute_count, "currencyID");
	node->parent = reading->current;
	if (reading->current == NULL) {
		reading->tree->root = node;
		if (uri != NULL)
			reading->tree->root_namespace =
			    g_string_chunk_insert(reading->tree->arena->strings, (const char *)uri);
	}
	reading->current = node;
	if (reading->texts[reading->depth] == NULL)
		reading->texts[reading->depth] = g_string_new(NULL);
	g_string_truncate(reading->texts[reading->depth], 0);
}

static void append_child(struct xml_node *parent, struct xml_node *child)
{
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* An element joins its parent when it closes: one that is cut off never gets a text. */
static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	struct reading *reading = context;
	size_t depth = reading->depth--;
	if (reading->skipped_at != 0) {
		if (depth == reading->skipped_at)
			reading->skipped_at = 0;
		return;
	}
	if (depth > DEPTH_MAX || reading->current == NULL)
		return;
	struct xml_node *node = reading->current;
	char *text = g_strstrip(reading->texts[depth]->str);
	size_t length = strlen(text);
	if (length > 0 && length < TEXT_MAX && reading->kept + length <= KEPT_MAX) {
		node->text = g_string_chunk_insert_len(reading->tree->arena->strings, text, (gssize)length);
		reading->kept += length;
	}
	reading->current = node->parent;
	if (node->parent != NULL)
		append_child(node->parent, node);
}

static void on_text(void *context, const xmlChar *text, int length)
{
	struct reading *reading = context;
	if (reading->skipped_at != 0 || reading->current == NULL || reading->depth > DEPTH_MAX)
		return;
	GString *kept = reading->texts[reading->depth];
	if (kept->len < TEXT_MAX)
		g_string_append_len(kept, (const char *)text, length);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	stop(context, "XML with a document type declaration (entities are refused)");
}

/* What was open at the end still belongs to the tree, without its text. */
static void close_open_elements(struct reading *reading)
{
	for (struct xml_node *node = reading->current; node != NULL; node = node->parent)
		if (node->parent != NULL)
			append_child(node->parent, node);
}

/*
 * Whether a tag goes on for longer than any honest one: libxml2 compares each attribute with each, so a tag
 * of megabytes takes minutes. Comments, declarations and CDATA may be long.
 */
static bool has_endless_tag(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	for (const char *at = memchr(bytes, '<', length); at != NULL && at + 1 < end;
	     at = memchr(at, '<', (size_t)(end - at))) {
		at++;
		if (*at == '!' || *at == '?')
			continue;
		const char *close = memchr(at, '>', MIN((size_t)(end - at), (size_t)TAG_MAX));
		if (close == NULL && end - at > TAG_MAX)
			return true;
		at = close != NULL ? close : at;
	}
	return false;
}

static void on_error(void *context, const char *message, ...)
{
	(void)context, (void)message;
}

void xml_silence(void)
{
	xmlSetGenericErrorFunc(NULL, on_error);
}

struct xml_tree *xml_tree_read(const void *bytes, size_t length, const char *const *skip)
{
	xml_silence();
	struct xml_tree *tree = g_new0(struct xml_tree, 1);
	tree->arena = g_new0(struct xml_arena, 1);
	tree->arena->strings = g_string_chunk_new(4096);
	tree->arena->nodes = g_ptr_array_new_with_free_func(g_free);

	struct reading reading = {.tree = tree, .skip = skip};
	xmlSAXHandler events = {
	    .initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start,
	    .endElementNs = on_end,
	    .characters = on_text,
	    .cdataBlock = on_text,
	    .internalSubset = on_doctype,
	    .warning = on_error,
	    .error = on_error,
	    .fatalError = on_error,
	};
	reading.parser = xmlCreatePushParserCtxt(&events, &reading, NULL, 0, NULL);
	g_assert(reading.parser != NULL);
	/* XML_PARSE_HUGE lifts the limit of 10 MB for one text: an enclosed file may be larger. What it
	 * guards against besides needs entities, which need the document type declaration refused above;
	 * depth is counted here. */
	xmlCtxtUseOptions(reading.parser, XML_PARSE_NONET | XML_PARSE_HUGE);
	const char *rest = bytes;
	int status = 0;
	/* an empty line before the declaration, which some writers leave there, is all that is wrong */
	while (length > 0 && strchr(" \t\r\n", *rest) != NULL && *rest != '\0') {
		rest++;
		length--;
	}
	if (has_endless_tag(rest, length)) {
		tree->reason = "XML with a tag that does not end";
		length = 0;
	}
	while (length > 0 && status == 0) {
		int part = (int)MIN(length, (size_t)CHUNK);
		status = xmlParseChunk(reading.parser, rest, part, 0);
		rest += part;
		length -= (size_t)part;
	}
	if (status == 0)
		status = xmlParseChunk(reading.parser, rest, 0, 1);
	tree->whole = status == 0 && reading.parser->wellFormed && tree->reason == NULL && tree->root != NULL;
	if (!tree->whole && tree->reason == NULL)
		tree->reason = "XML that is not well-formed";
	close_open_elements(&reading);
	for (size_t i = 0; i < ARRAY_LENGTH(reading.texts); i++)
		if (reading.texts[i] != NULL)
			g_string_free(reading.texts[i], TRUE);
	xmlFreeParserCtxt(reading.parser);
	return tree;
}

void xml_tree_free(struct xml_tree *tree)
{
	if (tree == NULL)
		return;
	g_string_chunk_free(tree->arena->strings);
	g_ptr_array_unref(tree->arena->nodes);
	g_free(tree->arena);
	g_free(tree);
}

/* NAMES is "A|B/…": whether NAME is among those before the '/'. */
static bool step_matches(const char *names, const char *name)
{
	size_t length = strlen(name);
	for (;;) {
		size_t one = strcspn(names, "|/");
		if (one == length && memcmp(names, name, length) == 0)
			return true;
		if (names[one] != '|')
			return false;
		names += one + 1;
	}
}

const struct xml_node *xml_find(const struct xml_node *node, const char *path)
{
	if (node == NULL)
		return NULL;
	const char *rest = strchr(path, '/');
	for (const struct xml_node *child = node->first; child != NULL; child = child->next) {
		if (!step_matches(path, child->name))
			continue;
		if (rest == NULL)
			return child;
		const struct xml_node *found = xml_find(child, rest + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

const char *xml_text(const struct xml_node *node, const char *path)
{
	const struct xml_node *found = xml_find(node, path);
	return found != NULL ? found->text : NULL;
}

const struct xml_node *xml_next(
    const struct xml_node *node, const char *name, const struct xml_node *previous)
{
	if (node == NULL)
		return NULL;
	const struct xml_node *child = previous == NULL ? node->first : previous->next;
	while (child != NULL && !step_matches(name, child->name))
		child = child->next;
	return child;
}
