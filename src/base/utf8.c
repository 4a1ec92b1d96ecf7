#include "base/base.h"
#include "base/utf8.h"

size_t utf8_sequence_length(const char *text, size_t length)
{
	const unsigned char *at = (const unsigned char *)text;
	if (!length)
		return 0;
	if (at[0] < 0x80)
		return 1;
	size_t wanted = at[0] >= 0xc2 && at[0] <= 0xdf ? 2 : at[0] >= 0xe0 && at[0] <= 0xef ? 3 :
	    at[0] >= 0xf0 && at[0] <= 0xf4                                                ? 4 :
												0;
	if (!wanted || length < wanted)
		return 0;
	for (size_t i = 1; i < wanted; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	/* overlong forms, surrogates, beyond U+10FFFF */
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) || (at[0] == 0xf0 && at[1] < 0x90) ||
	    (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return wanted;
}

uint32_t utf8_code_point(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	if (at[0] < 0x80)
		return at[0];
	if (at[0] < 0xe0)
		return ((uint32_t)(at[0] & 0x1f) << 6) | (at[1] & 0x3f);
	if (at[0] < 0xf0)
		return ((uint32_t)(at[0] & 0x0f) << 12) | ((uint32_t)(at[1] & 0x3f) << 6) | (at[2] & 0x3f);
	return ((uint32_t)(at[0] & 0x07) << 18) | ((uint32_t)(at[1] & 0x3f) << 12) |
	    ((uint32_t)(at[2] & 0x3f) << 6) | (at[3] & 0x3f);
}

/* Eight bytes of ASCII, as most are. */
static bool is_plain(const char *text)
{
	uint64_t bytes;
	memcpy(&bytes, text, sizeof bytes);
	return (bytes & UINT64_C(0x8080808080808080)) == 0;
}

bool utf8_is_valid(const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		if (length - at >= 8 && is_plain(text + at)) {
			at += 8;
			continue;
		}
		size_t step = utf8_sequence_length(text + at, length - at);
		if (!step)
			return false;
		at += step;
	}
	return true;
}

void utf8_trim(char *text)
{
	size_t length = strlen(text), back = 0;
	while (back < 3 && back < length && ((unsigned char)text[length - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < length && !utf8_sequence_length(text + length - 1 - back, back + 1))
		text[length - 1 - back] = '\0';
}
