/*
 * The templates' small language, without logic. Pure.
 *
 *	{{name}}  {{customer.name}}     a value, escaped for the place it stands in
 *	{{#name}} … {{/name}}           once for each element of a list; once where the value is true, not
 *empty, not 0
 *	{{^name}} … {{/name}}           where it is none of that
 *	{{! a remark}}
 *
 * A tag other than a value that stands alone on its line takes the line with it. Inside a list's section the
 *element's own names come first, then those around it. There is no way to write a value unescaped, to
 *include, or to compute.
 */
#ifndef RELANCE_DUNNING_TEMPLATE_H
#define RELANCE_DUNNING_TEMPLATE_H

#include "base/base.h"
#include "base/buffer.h"

#include <jansson.h>

/* What values are escaped for. */
enum template_place {
	TEMPLATE_LINE, /* one line: line breaks become spaces */
	TEMPLATE_TEXT, /* plain text */
	TEMPLATE_HTML, /* text or attribute: & < > " '; a line break becomes <br> */
};

struct template;

/* FILE is for messages: "fr/first-reminder.txt:12: …". NULL with ERROR (STATUS_CONFIG). */
struct template *template_parse(const char *file, const char *text, struct error *error);
void template_free(struct template *template);
/* Whether every name is one of KNOWN (NULL at its end), list elements' names included; else ERROR names the
 * first. */
bool template_check(const struct template *template, const char *const *known, struct error *error);
/* Writes TO for FROM in its own words; values stay as they are. */
void template_respell(struct template *template, const char *from, const char *to);
/* Whether a section or value of this name stands in it. */
bool template_mentions(const struct template *template, const char *name);
/* Appends the text. A name that CONTEXT does not have gives nothing. */
void template_render(
    const struct template *template, const json_t *context, enum template_place place, struct buffer *text);

#endif
