/*
 * The body as lines that know how deep they are quoted and what the mail program marked: the common ground of
 * plain text and HTML, on which cutting works. Pure.
 */
#ifndef RELANCE_MAIL_TEXT_LINES_H
#define RELANCE_MAIL_TEXT_LINES_H

#include "base/base.h"

#include <glib.h>

enum line_mark {
	LINE_HISTORY = 1,     /* a mail program's mark (HTML): from here on it is the mail that is answered */
	LINE_ATTRIBUTION = 2, /* "Le ... a écrit :", marked as such */
	LINE_SIGNATURE = 4,   /* inside an element that holds the signature */
	LINE_RULE = 8,	      /* a horizontal rule */
	LINE_FORWARD = 16,    /* a forwarded mail begins here */
};

struct text_line {
	size_t start; /* in the text of the lines */
	size_t length;
	unsigned quote; /* depth, 0: the author's own */
	unsigned marks;
	unsigned hue;	  /* enum hue: the colour in which the line ends, HUE_NONE where HTML gives none */
	size_t hue_start; /* where in the line that colour begins */
};

/* A person does not write more: what follows is left out. */
#define TEXT_LINES_MAX 20000

struct text_lines {
	GString *text; /* the lines without quote marks, each ended by LF */
	GArray *list;  /* of struct text_line */
	bool cut;      /* lines were left out */
};

void text_lines_init(struct text_lines *lines);
void text_lines_clear(struct text_lines *lines);
void text_lines_add(
    struct text_lines *lines, const char *text, size_t length, unsigned quote, unsigned marks);
/* As text_lines_add, after taking quote marks ("> > ") off, which deepen QUOTE. */
void text_lines_add_marked(
    struct text_lines *lines, const char *text, size_t length, unsigned quote, unsigned marks);
const char *text_line_text(const struct text_lines *lines, const struct text_line *line);
struct text_line *text_lines_at(const struct text_lines *lines, size_t index);
/*
 * Splits plain text; with IS_FLOWED soft line ends are joined (RFC 3676), with IS_DELSP without their
 * blank.
 */
void text_lines_from_plain(struct text_lines *lines, const char *text, bool is_flowed, bool is_delsp);
/* All lines in one text, quoted ones marked with ">"; g_free. */
char *text_lines_join(const struct text_lines *lines);

#endif
