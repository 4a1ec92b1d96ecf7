/* Filling templates in, and laying out what comes of it. */
#ifndef RELANCE_DUNNING_WORDS_H
#define RELANCE_DUNNING_WORDS_H

#include "base/buffer.h"
#include "dunning/template_set.h"

/* Renders LANGUAGE/NAME ("thanks.txt"); LANGUAGE NULL: beside the languages. g_free; NULL with ERROR. */
char *words_render(const struct config *config, const char *language, const char *name, const json_t *context,
    enum template_place place, struct error *error);
/* CONTENT (HTML already) in the frame of all our mails. g_free; NULL with ERROR. */
char *words_in_layout(const struct config *config, json_t *context, const char *content, struct error *error);
/* One of our own words as it is spelled where TAG (notation_tag) is written: "dreissig". Templates are
 * spelled so by themselves. g_free. */
char *words_spelled(const char *word, const char *tag);
/* TEXT with the first MARK replaced. g_free. */
char *words_replaced(const char *text, const char *mark, const char *instead);
/* Two and more empty lines, which sections that said nothing leave, become one. g_free. */
char *words_without_gaps(const char *text);

/* Appends TEXT with lines filled to 76 characters. INDENTED: those that begin with spaces as well, which go
 * on with twice as many; else they stay as they are. */
void text_wrap(struct buffer *wrapped, const char *text, bool indented);
/* Appends TEXT as HTML paragraphs; a paragraph that is MARK alone is replaced by INSTEAD (HTML already). */
void text_to_html(struct buffer *html, const char *text, const char *mark, const char *instead);

#endif
