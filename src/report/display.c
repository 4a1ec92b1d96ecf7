#include "base/base.h"
#include "report/display.h"
#include "base/utf8.h"

#include <glib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool display_is_dangerous(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f) || code_point == 0x061c ||
	       code_point == 0x200e || code_point == 0x200f ||
	       (code_point >= 0x2028 && code_point <= 0x202e) ||
	       (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0xfeff;
}

void display_append(struct buffer *buffer, const char *text)
{
	size_t left = text == NULL ? 0 : strlen(text);
	bool spaced = false;
	while (left > 0) {
		size_t length = utf8_sequence_length(text, left);
		uint32_t code_point = length == 0 ? 0xfffd : utf8_code_point(text);
		bool space =
		    code_point == '\n' || code_point == '\r' || code_point == '\t' || code_point == ' ';
		if (space && !spaced)
			buffer_append_char(buffer, ' ');
		else if (!space && (length == 0 || display_is_dangerous(code_point)))
			buffer_append_text(buffer, "\xef\xbf\xbd");
		else if (!space)
			buffer_append(buffer, text, length);
		spaced = space && code_point != ' ';
		text += length == 0 ? 1 : length;
		left -= length == 0 ? 1 : length;
	}
}

char *display_text(const char *text)
{
	struct buffer buffer = BUFFER_EMPTY;
	display_append(&buffer, text);
	return buffer_take(&buffer);
}

void display_append_lines(struct buffer *buffer, const char *text, const char *before)
{
	while (text != NULL && *text != '\0') {
		size_t length = strcspn(text, "\n");
		char *line = g_strndup(text, length);
		buffer_append_text(buffer, before);
		display_append(buffer, line);
		buffer_append_char(buffer, '\n');
		g_free(line);
		text += length + (text[length] == '\n');
	}
}

static int character_width(uint32_t code_point)
{
	if (g_unichar_iszerowidth(code_point))
		return 0;
	return g_unichar_iswide(code_point) ? 2 : 1;
}

int display_width(const char *text)
{
	int width = 0;
	size_t left = strlen(text);
	while (left > 0) {
		size_t length = utf8_sequence_length(text, left);
		width += length == 0 ? 1 : character_width(utf8_code_point(text));
		text += length == 0 ? 1 : length;
		left -= length == 0 ? 1 : length;
	}
	return width;
}

size_t display_fit(const char *text, int width)
{
	size_t left = strlen(text);
	const char *here = text;
	while (left > 0) {
		size_t length = utf8_sequence_length(here, left);
		width -= length == 0 ? 1 : character_width(utf8_code_point(here));
		if (width < 0)
			break;
		here += length == 0 ? 1 : length;
		left -= length == 0 ? 1 : length;
	}
	return (size_t)(here - text);
}

size_t display_wrap(const char *text, int width, size_t *next)
{
	size_t fits = display_fit(text, width);
	if (text[fits] == '\0') {
		*next = fits;
		return fits;
	}
	size_t cut = fits;
	while (cut > 0 && text[cut] != ' ')
		cut--;
	if (cut == 0) { /* one word longer than the line: it is broken, at least one character goes on */
		if (fits == 0) {
			size_t length = utf8_sequence_length(text, strlen(text));
			fits = length == 0 ? 1 : length;
		}
		*next = fits;
		return fits;
	}
	*next = cut + 1;
	return cut;
}

void display_append_money(struct buffer *buffer, struct money amount, const char *language)
{
	if (money_is_none(amount))
		return;
	char text[MONEY_TEXT_SIZE];
	const char *digits = money_format(amount, text);
	bool english = language == NULL || strncmp(language, "en", 2) == 0;
	bool french = language != NULL && strncmp(language, "fr", 2) == 0;
	char group = english ? ',' : french ? ' ' : '.';
	char point = english ? '.' : ',';
	if (*digits == '-')
		buffer_append_char(buffer, *digits++);
	size_t whole = strcspn(digits, ".");
	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			buffer_append_char(buffer, group);
		buffer_append_char(buffer, digits[i]);
	}
	if (digits[whole] == '.') {
		buffer_append_char(buffer, point);
		buffer_append_text(buffer, digits + whole + 1);
	}
	buffer_printf(buffer, " %s", amount.currency);
}

int display_columns(int descriptor)
{
	struct winsize size;
	if (isatty(descriptor) != 1)
		return 0;
	if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

bool display_has_colour(int descriptor)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");
	if (no_colour != NULL && *no_colour != '\0')
		return false;
	return isatty(descriptor) == 1 && terminal != NULL && strcmp(terminal, "dumb") != 0;
}
