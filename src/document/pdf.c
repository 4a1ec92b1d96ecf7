#include "base/base.h"
#include "document/pdf.h"

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
