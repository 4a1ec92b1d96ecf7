/*
 * Text on its way to a person's screen: how wide it is, and that nothing in it can take the screen over. Mail
 * writes what it likes into subjects and names; control characters, escape sequences and the marks that turn
 * the writing direction around are never printed raw.
 */
#ifndef RELANCE_REPORT_DISPLAY_H
#define RELANCE_REPORT_DISPLAY_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/money.h"

/* C0, DEL, C1, U+2028, U+2029, and what turns the writing direction (UAX #9: U+061C, 200E, 200F, 202A-202E,
 * 2066-2069). */
bool display_is_dangerous(uint32_t code_point);
/*
 * Appends TEXT as one line that is safe to print: line ends and tabs become one space, other dangerous
 * characters and bytes that are no UTF-8 become U+FFFD. NULL appends nothing.
 */
void display_append(struct buffer *buffer, const char *text);
/* display_append on the heap (free with free()). */
char *display_text(const char *text);
/* As display_append, line by line, each with BEFORE in front. */
void display_append_lines(struct buffer *buffer, const char *text, const char *before);
/* Columns that TEXT takes on a terminal (wide East Asian characters two, combining ones none). */
int display_width(const char *text);
/* The length in bytes of the longest start of TEXT that fits into WIDTH columns. */
size_t display_fit(const char *text, int width);
/* The length in bytes of what fits into WIDTH columns, cut at a space where there is one; NEXT gets where the
 * rest begins. */
size_t display_wrap(const char *text, int width, size_t *next);
/*
 * An amount for people: digits grouped and pointed in the manner of LANGUAGE, the currency code behind
 * ("1,188.00 EUR" en, "1 188,00 EUR" fr, "1.188,00 EUR" de es it nl). Appends nothing for none.
 */
void display_append_money(struct buffer *buffer, struct money amount, const char *language);
/* The screen: columns of FILE's terminal, and whether colour may be used there (NO_COLOR, TERM=dumb). 0: no
 * terminal. */
int display_columns(int descriptor);
bool display_has_colour(int descriptor);

#endif
