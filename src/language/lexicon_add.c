/* Takes a file into a lexicon: words and rules, or a model. */
#include "base/base.h"

#include "base/utf8.h"
#include "language/lexicon.h"

static size_t line_of(const char *text, size_t at)
{
	size_t line = 1;
	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

/* Eight bytes at once: none is 0, and none above 0x7f. */
static bool is_plain(const char *text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t eight;
	memcpy(&eight, text, sizeof eight);
	return !((eight | (eight - ones)) & high);
}

static bool check_bytes(const char *name, const char *text, size_t length, struct error *error)
{
	for (size_t at = 0; at < length;) {
		if (length - at >= 8 && is_plain(text + at)) { /* mostly */
			at += 8;
			continue;
		}
		if (text[at] && (unsigned char)text[at] < 0x80) {
			at++;
			continue;
		}
		size_t bytes = text[at] ? utf8_sequence_length(text + at, length - at) : 0;
		if (bytes == 0)
			return error_set(
			    error, STATUS_CONFIG, "%s:%zu: not UTF-8 text", name, line_of(text, at));
		at += bytes;
	}
	return true;
}

static bool add_model(
    struct lexicon *lexicon, const char *name, const char *text, size_t length, struct error *error)
{
	struct model *model = model_parse(name, text, length, error);
	if (!model)
		return false;
	model_free(lexicon->model);
	lexicon->model = model;
	return true;
}

static bool add_text(
    struct lexicon *lexicon, const char *name, const char *text, size_t length, struct error *error)
{
	bool is_common;
	if (!check_bytes(name, text, length, error) ||
	    !lexicon_file_apply(lexicon, NULL, name, text, length, &is_common, error))
		return false;
	if (is_common) {
		struct common_text *common = g_new0(struct common_text, 1);
		common->name = g_strdup(name);
		common->text = g_strndup(text, length);
		g_ptr_array_add(lexicon->common, common);
	}
	return true;
}

bool lexicon_add(
    struct lexicon *lexicon, const char *name, const char *text, size_t length, struct error *error)
{
	if (lexicon->finished)
		return error_set(error, STATUS_SOFTWARE, "%s: the lexicon is finished already", name);
	bool added = model_is_text(text, length) ? add_model(lexicon, name, text, length, error)
						 : add_text(lexicon, name, text, length, error);
	lexicon->broken |= !added;
	return added;
}
