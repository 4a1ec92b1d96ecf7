/*
 * XML from a stranger to a small tree. No DTD is accepted (so no entity can be declared), nothing is fetched,
 * depth and size are bounded, and subtrees that nobody asks for (invoice lines, enclosed files) are left out
 * while reading, so that the tree of the largest invoice stays small. Names are local names: issuers change
 * prefixes and even namespaces.
 */
#ifndef RELANCE_DOCUMENT_XML_H
#define RELANCE_DOCUMENT_XML_H

#include "base/base.h"

#include <glib.h>

struct xml_node {
	const char *name;     /* local name */
	const char *text;     /* the text directly in it, trimmed; NULL where there is none */
	const char *scheme;   /* attribute schemeID or NULL */
	const char *currency; /* attribute currencyID or NULL */
	struct xml_node *parent, *first, *last, *next;
};

struct xml_tree {
	struct xml_node *root;	    /* NULL where not even a first tag was read */
	const char *root_namespace; /* or NULL */
	bool
	    whole; /* well-formed to its end; otherwise the tree holds the elements closed before the error */
	const char *reason; /* a literal, why it is not whole; or NULL */
	struct xml_arena *arena;
};

/* Reads LENGTH bytes; SKIP is a NULL-terminated list of element names whose subtrees are left out. */
struct xml_tree *xml_tree_read(const void *bytes, size_t length, const char *const *skip);
/* libxml2 prints what it dislikes of an encoding on standard error, whatever the parser's own handlers; this
 * stops it. */
void xml_silence(void);
void xml_tree_free(struct xml_tree *tree);

/*
 * The first element at PATH ("Agreement/SellerTradeParty/Name") below NODE, or NULL; NODE may be NULL. A step
 * may name alternatives with '|' ("IssuerAssignedID|ID"). All children are tried at every step.
 */
const struct xml_node *xml_find(const struct xml_node *node, const char *path);
/* The text there, or NULL. */
const char *xml_text(const struct xml_node *node, const char *path);
/* The first child called NAME behind PREVIOUS (NULL: the first of all), for walking repeated elements. */
const struct xml_node *xml_next(
    const struct xml_node *node, const char *name, const struct xml_node *previous);

#endif
