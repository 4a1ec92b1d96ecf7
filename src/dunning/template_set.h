/*
 * The template files: DIR/LANGUAGE/NAME.KIND with the kinds subject, txt and html; a site's own folder
 * (template_extra_dir) goes before the shipped one (template_dir), file by file.
 *
 *	STEP.subject  one line, for mails that answer no invoice mail
 *	STEP.txt      the mail's words; a paragraph is one long line, {{table}} alone on a line stands for the
 *table STEP.html     the whole HTML part; where there is none (none is shipped) it is made of STEP.txt and
 *layout.html table.txt     table.html: the items, the total and how to pay, in both parts
 *	table.letter  the same for paper: rows of cells separated by tabs, "!" before a bold one; then lines
 *of text
 *	../layout.html  the frame of the HTML part, of all languages; {{content}} stands for what is inside
 */
#ifndef RELANCE_DUNNING_TEMPLATE_SET_H
#define RELANCE_DUNNING_TEMPLATE_SET_H

#include "base/config.h"
#include "dunning/template.h"

/* NAME is "first-reminder.txt"; LANGUAGE NULL: beside the languages. Where the language has none, English is
 * taken. NULL with ERROR (STATUS_CONFIG): missing, or wrong. */
struct template *template_load(
    const struct config *config, const char *language, const char *name, struct error *error);
bool template_exists(const struct config *config, const char *language, const char *name);
/* Loads all templates that can be needed, in every language. The first thing wrong is in ERROR, with its file
 * and line. */
bool templates_check(const struct config *config, struct error *error);

#endif
