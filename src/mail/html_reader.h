/*
 * HTML as a stream of tags and texts. Our own reader and not libxml2's: that one compares each attribute with
 * all others of its tag and each end tag with all open elements, so a mail of 1 MB can keep it busy for
 * minutes. Here the time is linear, nothing is refused, and nothing is built. Pure.
 */
#ifndef RELANCE_MAIL_HTML_READER_H
#define RELANCE_MAIL_HTML_READER_H

#include "base/base.h"

#include <glib.h>

enum html_token_type { HTML_TEXT, HTML_OPEN, HTML_CLOSE };

struct html_token {
	enum html_token_type type;
	const char *text; /* of HTML_TEXT, raw; borrowed */
	size_t length;
	char name[16];		/* of a tag, lower case, cut to what fits */
	const char *attributes; /* of HTML_OPEN, raw */
	size_t attributes_length;
};

struct html_reader {
	const char *at;
	const char *end;
	/* what the rest is known not to hold, so that nobody searches for it again */
	bool no_quote[2];   /* ' and " */
	bool no_quoted_end; /* a > outside of quotes */
	bool no_end;	    /* any > */
};

void html_reader_init(struct html_reader *reader, const char *html, size_t length);
/* False at the end. Comments, declarations and the content of style, script and title are passed over. */
bool html_reader_next(struct html_reader *reader, struct html_token *token);

struct html_attribute {
	char name[16];
	const char *value; /* raw, borrowed */
	size_t length;
};
/* Steps through the attributes: *AT starts as 0. */
bool html_next_attribute(const struct html_token *token, size_t *at, struct html_attribute *attribute);

/* Appends raw text with its character references resolved. */
void html_append_text(GString *text, const char *raw, size_t length);

#endif
