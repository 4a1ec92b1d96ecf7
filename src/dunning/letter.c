#include "base/base.h"
#include "dunning/letter.h"

#include "base/buffer.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define MILLIMETRES(n) ((n)*72.0 / 25.4)

/* Lengths on paper are no money: floating point is cairo's own unit. */
static const double page_width = MILLIMETRES(210), page_height = MILLIMETRES(297);
static const double margin = MILLIMETRES(25), bottom = MILLIMETRES(297 - 22);
static const double window_top = MILLIMETRES(50), window_right_left = MILLIMETRES(110),
		    window_width = MILLIMETRES(80);
static const double body_top = MILLIMETRES(98), gap = 7, cell_gap = 6;
#define TEXT_SIZE  9.0
#define TABLE_SIZE 8.5
#define CELLS_MOST 8

struct sheet {
	cairo_t *cairo;
	double y;
	int page, page_count; /* count 0: this pass only counts */
};

/* WIDTH 0: as wide as the text is. */
static PangoLayout *new_layout(
    const struct sheet *sheet, const char *text, double width, bool bold, double size)
{
	PangoLayout *layout = pango_cairo_create_layout(sheet->cairo);
	PangoFontDescription *font = pango_font_description_from_string(bold ? "Sans Bold" : "Sans");
	pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	if (width > 0)
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

static double layout_width(PangoLayout *layout)
{
	int width;
	pango_layout_get_size(layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

static double layout_height(PangoLayout *layout)
{
	int height;
	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

static void draw_at(const struct sheet *sheet, const char *text, double x, double y, double width, bool bold)
{
	PangoLayout *layout = new_layout(sheet, text, width, bold, TEXT_SIZE);
	cairo_move_to(sheet->cairo, x, y);
	pango_cairo_show_layout(sheet->cairo, layout);
	g_object_unref(layout);
}

static void end_page(struct sheet *sheet)
{
	if (sheet->page_count > 1) {
		char number[32];
		snprintf(number, sizeof number, "%d/%d", sheet->page, sheet->page_count);
		PangoLayout *layout = new_layout(sheet, number, 0, false, TABLE_SIZE);
		cairo_move_to(
		    sheet->cairo, page_width - margin - layout_width(layout), page_height - MILLIMETRES(15));
		pango_cairo_show_layout(sheet->cairo, layout);
		g_object_unref(layout);
	}
	cairo_show_page(sheet->cairo);
}

/* Room for HEIGHT, on the next page where this one has none. */
static void make_room(struct sheet *sheet, double height)
{
	if (sheet->y + height <= bottom)
		return;
	end_page(sheet);
	sheet->page++;
	sheet->y = margin;
}

/* Line by line, so that a long paragraph goes over the page's end. */
static void draw_paragraph(struct sheet *sheet, const char *text, bool bold)
{
	PangoLayout *layout = new_layout(sheet, text, page_width - 2 * margin, bold, TEXT_SIZE);
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	do {
		PangoRectangle box;
		pango_layout_iter_get_line_extents(iter, NULL, &box);
		double height = (double)box.height / PANGO_SCALE;
		double ascent = (double)(pango_layout_iter_get_baseline(iter) - box.y) / PANGO_SCALE;
		make_room(sheet, height);
		cairo_move_to(sheet->cairo, margin, sheet->y + ascent);
		pango_cairo_show_layout_line(sheet->cairo, pango_layout_iter_get_line_readonly(iter));
		sheet->y += height;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
	g_object_unref(layout);
	sheet->y += gap;
}

/* The table's rows: "!" makes one bold. */
struct table_rows {
	GPtrArray *rows; /* of GStrv */
	double widths[CELLS_MOST];
	int columns;
	double size; /* of its letters */
};

static bool row_is_bold(char **cells)
{
	return cells[0][0] == '!';
}

static const char *cell_text(char **cells, int column)
{
	return column == 0 && row_is_bold(cells) ? cells[0] + 1 : cells[column];
}

/* Each column as wide as its widest cell; the words of a sum, beside empty cells, may reach over those. The
 * sum. */
static double measure(const struct sheet *sheet, struct table_rows *table)
{
	memset(table->widths, 0, sizeof table->widths);
	for (guint r = 0; r < table->rows->len; r++) {
		char **cells = table->rows->pdata[r];
		for (int c = 0; c < CELLS_MOST && cells[c]; c++) {
			bool reaches_over = c == 0 && cells[1] && !*cells[1];
			PangoLayout *layout =
			    new_layout(sheet, cell_text(cells, c), 0, row_is_bold(cells), table->size);
			double width = layout_width(layout) + cell_gap;
			g_object_unref(layout);
			table->columns = MAX(table->columns, c + 1);
			if (!reaches_over && width > table->widths[c])
				table->widths[c] = width;
		}
	}
	double sum = 0;
	for (int c = 0; c < table->columns; c++)
		sum += table->widths[c];
	return sum;
}

/* Letters are made smaller until the table fits; the room that is left is shared. */
static void fit(const struct sheet *sheet, struct table_rows *table)
{
	double all = page_width - 2 * margin, sum;
	for (table->size = TABLE_SIZE; (sum = measure(sheet, table)) > all && table->size > 5;
	     table->size -= 0.5)
		;
	for (int c = 0; c < table->columns && sum < all; c++)
		table->widths[c] += (all - sum) / table->columns;
}

/* The first three columns say what it is, those behind them are numbers. */
static void draw_row(struct sheet *sheet, const struct table_rows *table, char **cells)
{
	PangoLayout *probe = new_layout(sheet, "X", 0, true, table->size);
	double height = layout_height(probe) + 4, x = margin;
	g_object_unref(probe);
	make_room(sheet, height);
	for (int c = 0; c < table->columns && cells[c]; c++) {
		PangoLayout *layout =
		    new_layout(sheet, cell_text(cells, c), 0, row_is_bold(cells), table->size);
		cairo_move_to(
		    sheet->cairo, c < 3 ? x : x + table->widths[c] - layout_width(layout), sheet->y + 2);
		pango_cairo_show_layout(sheet->cairo, layout);
		g_object_unref(layout);
		x += table->widths[c];
	}
	sheet->y += height;
	cairo_set_line_width(sheet->cairo, row_is_bold(cells) ? 0.8 : 0.3);
	cairo_move_to(sheet->cairo, margin, sheet->y);
	cairo_line_to(sheet->cairo, page_width - margin, sheet->y);
	cairo_stroke(sheet->cairo);
}

static void draw_table(struct sheet *sheet, const char *text)
{
	struct table_rows table = {.rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev)};
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *rest = g_string_new(NULL);
	for (char **line = lines; *line; line++) {
		if (strchr(*line, '\t'))
			g_ptr_array_add(table.rows, g_strsplit(*line, "\t", CELLS_MOST));
		else if (**line)
			g_string_append_printf(rest, "%s%s", rest->len ? "\n" : "", *line);
	}
	fit(sheet, &table);
	for (guint r = 0; r < table.rows->len; r++)
		draw_row(sheet, &table, table.rows->pdata[r]);
	sheet->y += gap;
	if (rest->len)
		draw_paragraph(sheet, rest->str, false);
	g_string_free(rest, TRUE);
	g_ptr_array_unref(table.rows);
}

static void draw_head(struct sheet *sheet, const struct letter *letter)
{
	double left = letter->window_right ? window_right_left : margin;
	draw_at(sheet, letter->sender, margin, MILLIMETRES(15), MILLIMETRES(80), false);
	draw_at(sheet, letter->recipient, left, window_top, window_width, false);
	draw_at(sheet, letter->date, window_right_left, MILLIMETRES(88), window_width, false);
	/* where the sheet is folded for the envelope */
	cairo_set_line_width(sheet->cairo, 0.3);
	cairo_move_to(sheet->cairo, MILLIMETRES(4), MILLIMETRES(105));
	cairo_line_to(sheet->cairo, MILLIMETRES(8), MILLIMETRES(105));
	cairo_stroke(sheet->cairo);
}

static void draw_letter(struct sheet *sheet, const struct letter *letter)
{
	sheet->page = 1;
	draw_head(sheet, letter);
	sheet->y = body_top;
	draw_paragraph(sheet, letter->subject, true);
	sheet->y += gap;
	g_auto(GStrv) paragraphs = g_strsplit(letter->body, "\n\n", -1);
	for (char **paragraph = paragraphs; *paragraph; paragraph++) {
		g_strstrip(*paragraph);
		if (strcmp(*paragraph, letter->mark) == 0)
			draw_table(sheet, letter->table);
		else if (**paragraph)
			draw_paragraph(sheet, *paragraph, false);
	}
	end_page(sheet);
}

static cairo_status_t collect(void *data, const unsigned char *bytes, unsigned length)
{
	g_byte_array_append(data, bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

/* One pass over the letter; PAGE_COUNT 0 finds out how many pages it has. */
static bool pass(const struct letter *letter, int *page_count, GByteArray *pdf)
{
	char created[INSTANT_TEXT_SIZE];
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, pdf, page_width, page_height);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, instant_format(letter->created_at, 0, created));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, letter->subject);
	struct sheet sheet = {.cairo = cairo_create(surface), .page_count = *page_count};
	draw_letter(&sheet, letter);
	*page_count = sheet.page;
	bool sound = cairo_status(sheet.cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(sheet.cairo);
	cairo_surface_finish(surface);
	sound = sound && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return sound;
}

GBytes *letter_render(const struct letter *letter, struct error *error)
{
	int page_count = 0;
	GByteArray *pdf = g_byte_array_new();
	bool sound = pass(letter, &page_count, pdf);
	g_byte_array_set_size(pdf, 0);
	sound = sound && pass(letter, &page_count, pdf);
	if (sound)
		return g_byte_array_free_to_bytes(pdf);
	g_byte_array_unref(pdf);
	error_set(error, STATUS_SOFTWARE, "the letter could not be drawn");
	return NULL;
}
