/* HTML as mail programs write it to lines of text, keeping what they marked as quoted. Linear, never fails.
 * Pure. */
#ifndef RELANCE_MAIL_HTML_TEXT_H
#define RELANCE_MAIL_HTML_TEXT_H

#include "base/base.h"
#include "mail/text_lines.h"

void text_lines_from_html(struct text_lines *lines, const char *html, size_t length);

#endif
