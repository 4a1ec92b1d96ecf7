#include "base/base.h"
#include "mail/hue.h"

#include <glib.h>

/* Below this difference of the channels a colour is a grey. */
#define GREY 48

static const struct {
	const char *name;
	enum hue hue;
} names[] = {
    {"red", HUE_RED},
    {"darkred", HUE_RED},
    {"crimson", HUE_RED},
    {"firebrick", HUE_RED},
    {"maroon", HUE_RED},
    {"tomato", HUE_RED},
    {"orangered", HUE_RED},
    {"orange", HUE_ORANGE},
    {"darkorange", HUE_ORANGE},
    {"yellow", HUE_YELLOW},
    {"gold", HUE_YELLOW},
    {"green", HUE_GREEN},
    {"darkgreen", HUE_GREEN},
    {"lime", HUE_GREEN},
    {"forestgreen", HUE_GREEN},
    {"seagreen", HUE_GREEN},
    {"olive", HUE_GREEN},
    {"blue", HUE_BLUE},
    {"darkblue", HUE_BLUE},
    {"mediumblue", HUE_BLUE},
    {"navy", HUE_BLUE},
    {"royalblue", HUE_BLUE},
    {"dodgerblue", HUE_BLUE},
    {"steelblue", HUE_BLUE},
    {"teal", HUE_BLUE},
    {"aqua", HUE_BLUE},
    {"cyan", HUE_BLUE},
    {"purple", HUE_PURPLE},
    {"violet", HUE_PURPLE},
    {"fuchsia", HUE_PURPLE},
    {"magenta", HUE_PURPLE},
    {"pink", HUE_PURPLE},
    {"hotpink", HUE_PURPLE},
    {"deeppink", HUE_PURPLE},
    {"indigo", HUE_PURPLE},
};

/* What programs colour of themselves, whoever writes: Outlook's answers and its links, and those of Gmail. */
static bool is_of_program(int red, int green, int blue)
{
	static const int colours[] = {0x1f497d, 0x0563c1, 0x954f72, 0x467886, 0x96607d, 0x1155cc};
	for (size_t i = 0; i < ARRAY_LENGTH(colours); i++)
		if (colours[i] == ((red << 16) | (green << 8) | blue))
			return true;
	return false;
}

/* The angle of a colour on the wheel, in degrees. */
static enum hue hue_of_channels(int red, int green, int blue)
{
	if (is_of_program(red, green, blue))
		return HUE_NONE;
	int most = MAX(red, MAX(green, blue)), least = MIN(red, MIN(green, blue)), range = most - least;
	if (range < GREY)
		return HUE_NONE;
	int angle = most == red	    ? 60 * (green - blue) / range
		    : most == green ? 120 + 60 * (blue - red) / range
				    : 240 + 60 * (red - green) / range;
	angle = (angle + 360) % 360;
	static const struct {
		int below;
		enum hue hue;
	} wheel[] = {{16, HUE_RED}, {48, HUE_ORANGE}, {70, HUE_YELLOW}, {168, HUE_GREEN}, {255, HUE_BLUE},
	    {335, HUE_PURPLE}, {360, HUE_RED}};
	for (size_t i = 0; i < ARRAY_LENGTH(wheel); i++)
		if (angle < wheel[i].below)
			return wheel[i].hue;
	return HUE_NONE;
}

static enum hue hue_of_hex(const char *digits)
{
	int channels[3];
	size_t count = 0;
	while (g_ascii_isxdigit(digits[count]))
		count++;
	if (count != 3 && count != 6)
		return HUE_NONE;
	for (size_t i = 0; i < 3; i++) {
		const char *at = digits + i * (count / 3);
		channels[i] = g_ascii_xdigit_value(at[0]) * 16 + g_ascii_xdigit_value(at[count == 6]);
	}
	return hue_of_channels(channels[0], channels[1], channels[2]);
}

static enum hue hue_of_rgb(const char *numbers)
{
	int channels[3] = {0};
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; g_ascii_isdigit(*numbers) && k < 3; k++)
			channels[i] = channels[i] * 10 + g_ascii_digit_value(*numbers++);
		if (i < 2 && *numbers++ != ',')
			return HUE_NONE;
	}
	return hue_of_channels(channels[0], channels[1], channels[2]);
}

enum hue hue_of_colour(const char *colour)
{
	if (*colour == '#')
		return hue_of_hex(colour + 1);
	if (!strncmp(colour, "rgb(", 4))
		return hue_of_rgb(colour + 4);
	if (!strncmp(colour, "rgba(", 5))
		return hue_of_rgb(colour + 5);
	size_t length = strcspn(colour, ";! ");
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
		if (strlen(names[i].name) == length && !memcmp(names[i].name, colour, length))
			return names[i].hue;
	return HUE_NONE;
}

/* The value of PROPERTY ("color:") in STYLE, or NULL. */
static const char *value_of(const char *style, const char *property)
{
	for (const char *at = style; (at = strstr(at, property)); at++)
		if (at == style || at[-1] == ';')
			return at + strlen(property);
	return NULL;
}

enum hue hue_of_style(const char *style, bool *is_given)
{
	const char *colour = value_of(style, "color:");
	*is_given = colour != NULL;
	enum hue hue = colour ? hue_of_colour(colour) : HUE_NONE;
	if (hue)
		return hue;
	const char *background = value_of(style, "background:");
	if (!background)
		background = value_of(style, "background-color:");
	return background ? hue_of_colour(background) : HUE_NONE;
}
