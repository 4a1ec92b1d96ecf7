#include "base/base.h"
#include "document/pdf.h"

#include "document/embedded.h"

#include <poppler.h>

enum {
	FIRST_PAGES = 30, /* of a long document, these and the last ones are read: */
	LAST_PAGES = 10,  /* number and dates stand at the front, totals at the end */
};

struct pdf {
	GBytes *bytes;
	PopplerDocument *document;
};

struct pdf *pdf_open(const void *bytes, size_t length, const char **reason)
{
	GError *error = NULL;
	GBytes *held = g_bytes_new_static(bytes, length);
	PopplerDocument *document = poppler_document_new_from_bytes(held, NULL, &error);
	if (document == NULL) {
		bool encrypted = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
		*reason = encrypted ? "PDF protected by a password" : "damaged PDF";
		g_clear_error(&error);
		g_bytes_unref(held);
		return NULL;
	}
	struct pdf *pdf = g_new0(struct pdf, 1);
	pdf->bytes = held;
	pdf->document = document;
	return pdf;
}

void pdf_close(struct pdf *pdf)
{
	if (pdf == NULL)
		return;
	g_object_unref(pdf->document);
	g_bytes_unref(pdf->bytes);
	g_free(pdf);
}

/* ---- attached files ---- */

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && g_ascii_isspace(*at))
		at++;
	return at;
}

static const char *skip_text(const char *at, const char *end)
{
	int depth = 0;
	for (; at < end; at++) {
		if (*at == '\\')
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
	}
	return end;
}

/* Whether the values of the name tree's leaf at AT, behind its "[", are all references to objects. */
static bool leaf_has_references(const char *at, const char *end)
{
	while ((at = skip_space(at, end)) < end && *at != ']') {
		const char *close = *at == '<' ? memchr(at, '>', (size_t)(end - at)) : NULL;
		if (*at != '(' && close == NULL)
			return false;
		at = skip_space(close != NULL ? close + 1 : skip_text(at, end), end);
		const char *value = at;
		while (at < end && (g_ascii_isdigit(*at) || g_ascii_isspace(*at)))
			at++;
		if (at == value || at == end || *at++ != 'R')
			return false;
	}
	return true;
}

/* poppler (22.12) does not survive a name tree with texts in the place of files. */
static bool can_list_attachments(GBytes *held)
{
	gsize length = 0;
	const char *at = g_bytes_get_data(held, &length), *end = at + length;
	while ((at = memmem(at, (size_t)(end - at), "/Names", 6)) != NULL) {
		at = skip_space(at + 6, end);
		if (at < end && *at == '[' && !leaf_has_references(at + 1, end))
			return false;
	}
	return true;
}

struct saving {
	GByteArray *kept;
	bool endless;
};

static gboolean save_part(const gchar *part, gsize length, gpointer context, GError **error)
{
	struct saving *saving = context;
	saving->endless = saving->kept->len + length > EMBEDDED_MAX;
	bool more = embedded_keep_part(part, length, saving->kept);
	if (!more)
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no more is wanted");
	return more;
}

static struct embedded_file *save(PopplerAttachment *attachment)
{
	struct saving saving = {.kept = g_byte_array_new()};
	GError *error = NULL;
	(void)poppler_attachment_save_to_callback(attachment, save_part, &saving, &error);
	g_clear_error(&error);
	struct embedded_file *file = NULL;
	if (saving.endless || embedded_looks_like_xml(saving.kept)) {
		file = g_new0(struct embedded_file, 1);
		file->name = attachment->name != NULL ? g_utf8_make_valid(attachment->name, -1) : NULL;
		file->refused = saving.endless ? EMBEDDED_TOO_LARGE : NULL;
		file->content = saving.endless ? NULL : g_byte_array_ref(saving.kept);
	}
	g_byte_array_unref(saving.kept);
	return file;
}

void pdf_attachments(const struct pdf *pdf, GPtrArray *files)
{
	if (!can_list_attachments(pdf->bytes) || !poppler_document_has_attachments(pdf->document))
		return;
	GList *list = poppler_document_get_attachments(pdf->document);
	for (GList *one = list; one != NULL; one = one->next) {
		struct embedded_file *file = files->len < EMBEDDED_FILES_MAX ? save(one->data) : NULL;
		if (file != NULL)
			g_ptr_array_add(files, file);
		g_object_unref(one->data);
	}
	g_list_free(list);
}

/* ---- the words on its pages ---- */

static struct box box_of(const PopplerRectangle *rectangle, double down)
{
	/* Hostile coordinates are cut to a range whose sums fit. */
	return (struct box){(int32_t)CLAMP(rectangle->x1 * 100, -1e7, 1e7),
	    (int32_t)CLAMP((rectangle->y1 + down) * 100, -1e8, 1e9),
	    (int32_t)CLAMP(rectangle->x2 * 100, -1e7, 1e7),
	    (int32_t)CLAMP((rectangle->y2 + down) * 100, -1e8, 1e9)};
}

/* The word that is being gathered from glyphs. */
struct word_run {
	GString *text; /* empty: no word is open */
	struct box box;
	bool upright;
	bool spaced; /* poppler put a space behind the last glyph */
};

static void end_word(struct page *page, struct word_run *run)
{
	if (run->text->len > 0 && run->upright) {
		/* ligatures to letters; but the sign of "n.º" would become a letter of the number behind it
		 */
		bool ordinal = strstr(run->text->str, "º") != NULL || strstr(run->text->str, "ª") != NULL;
		char *folded = g_utf8_normalize(run->text->str, (gssize)run->text->len,
		    ordinal ? G_NORMALIZE_DEFAULT_COMPOSE : G_NORMALIZE_ALL_COMPOSE);
		if (folded != NULL)
			page_add_word(page, folded, strlen(folded), run->box);
		g_free(folded);
	}
	g_string_truncate(run->text, 0);
}

/*
 * Whether the glyph stands where the word goes on: at the same height, without a step back, and with no gap —
 * or with one so small that the space in it was only supposed: poppler takes wide kerning for it ("Br
 * uttosumme").
 */
static bool continues(const struct word_run *run, const struct box *glyph)
{
	int32_t height = run->box.bottom - run->box.top;
	int32_t gap = glyph->left - run->box.right;
	int32_t widest = run->spaced ? height * 125 / 1000 : height * 300 / 1000;
	return abs(glyph->top - run->box.top) < height / 2 + 1 && gap < widest && gap > -height;
}

/* Whether the glyph stands over or under the one before: text that runs up the margin, of which no line can
 * be made. */
static bool stacks(const struct word_run *run, const struct box *glyph)
{
	int32_t width = run->box.right - run->box.left, slack = (run->box.bottom - run->box.top) + 100;
	bool same_column =
	    abs(glyph->left - run->box.left) <= width / 2 && abs(glyph->right - run->box.right) <= width / 2;
	return !run->spaced && same_column && glyph->top < run->box.bottom + slack &&
	       glyph->bottom > run->box.top - slack;
}

static void add_glyph(struct page *page, struct word_run *run, const char *letter, struct box glyph)
{
	bool stacked = false;
	if (run->text->len > 0 && !continues(run, &glyph)) {
		stacked = stacks(run, &glyph);
		run->upright &= !stacked;
		end_word(page, run);
	}
	if (run->text->len == 0) {
		run->box = glyph;
		run->upright = !stacked;
	}
	g_string_append_len(run->text, letter, g_utf8_next_char(letter) - letter);
	run->box.right = MAX(run->box.right, glyph.right);
	run->box.top = MIN(run->box.top, glyph.top);
	run->box.bottom = MAX(run->box.bottom, glyph.bottom);
	run->spaced = false;
}

static void add_page_words(struct page *page, PopplerPage *one, double down)
{
	char *text = poppler_page_get_text(one);
	PopplerRectangle *boxes = NULL;
	guint count = 0;
	if (text == NULL || !poppler_page_get_text_layout(one, &boxes, &count)) {
		g_free(text);
		return;
	}
	struct word_run run = {.text = g_string_new(NULL)};
	const char *at = text;
	for (guint i = 0; i < count && *at != '\0'; i++, at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);
		if (letter == '\n')
			end_word(page, &run);
		else if (g_unichar_isspace(letter) || g_unichar_iscntrl(letter))
			run.spaced = true;
		else
			add_glyph(page, &run, at, box_of(&boxes[i], down));
	}
	end_word(page, &run);
	g_string_free(run.text, TRUE);
	g_free(boxes);
	g_free(text);
}

struct page *pdf_page_text(const struct pdf *pdf, const char **reason)
{
	struct page *page = page_new();
	int count = poppler_document_get_n_pages(pdf->document);
	double down = 0;
	for (int i = 0; i < count; i++) {
		if (i == FIRST_PAGES && count - LAST_PAGES > i) {
			i = count - LAST_PAGES;
			*reason = "long PDF: only its first and last pages were read";
		}
		PopplerPage *one = poppler_document_get_page(pdf->document, i);
		if (one == NULL)
			continue;
		double width = 0, height = 0;
		poppler_page_get_size(one, &width, &height);
		add_page_words(page, one, down);
		down += CLAMP(height, 1, 20000);
		if (i == 0)
			page->first_bottom = (int32_t)(down * 100);
		g_object_unref(one);
	}
	page_settle(page);
	return page;
}

void pdf_setup(void)
{
	/* one page with one word */
	static const char page[] =
	    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 "
	    "R]>>endobj "
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 "
	    "R/Resources<</Font<</F<</Type/Font"
	    "/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>>>endobj 4 0 obj<</Length "
	    "29>>stream\n"
	    "BT /F 9 Tf 9 9 Td (word) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF\n";
	static struct pdf *kept;
	const char *reason = NULL;
	if (kept != NULL)
		return;
	kept = pdf_open(page, sizeof page - 1, &reason);
	g_assert(kept != NULL);
	page_free(pdf_page_text(kept, &reason));
}
