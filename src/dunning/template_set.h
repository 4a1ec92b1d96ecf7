/*
 * The template files: DIR/LANGUAGE/NAME.KIND with the kinds subject, txt and html; a site's own folder
 * (template_extra_dir) goes before the shipped one (template_dir), file by file.
 *
 *	STEP.subject   one line, for mails that answer no invoice mail
 *	STEP.txt       the mail's words: a paragraph is one long line; {{table}} alone on a line is the table
 *	STEP.html      the whole HTML part; without one it is made of STEP.txt and layout.html
 *	table.txt      the items, the total and how to pay, in the text part
 *	table.html     the same in the HTML part
 *	table.letter   the same on paper: cells separated by tabs, "!" before a bold row, then lines of text
 *	decompte.letter  the statement of interest of a formal notice on paper
 *	broken instalment thanks copy  as STEP: mails that are no step of a ladder
 *	digest answer  mails to our own people
 *	../layout.html the frame of the HTML part, of all languages; {{content}} is what is inside
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
