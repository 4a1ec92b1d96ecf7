/* Colours of text in HTML, as coarse as people name them. Pure. */
#ifndef RELANCE_MAIL_HUE_H
#define RELANCE_MAIL_HUE_H

#include "base/base.h"

enum hue {
	HUE_NONE = 0, /* black, grey, white, a mail program's own colour, or none given */
	HUE_RED = 1,
	HUE_ORANGE = 2,
	HUE_YELLOW = 4,
	HUE_GREEN = 8,
	HUE_BLUE = 16,
	HUE_PURPLE = 32,
};

/* Of a colour in CSS or HTML ("red", "#c00000", "rgb(192,0,0)") in lower case without blanks. */
enum hue hue_of_colour(const char *colour);
/*
 * Of a style in lower case without blanks: of its text, or else of its background. IS_GIVEN: it sets the
 * colour of the text, be it black.
 */
enum hue hue_of_style(const char *style, bool *is_given);

#endif
