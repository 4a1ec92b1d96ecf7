#include "base/base.h"
#include "dunning/letter.h"

#include "base/buffer.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define MILLIMETRES(n) ((n)*72.0 / 25.4)

/* Lengths on paper are no money: floating point is cairo's own unit. */
static const double page_width = MILLIMETRES(210), page_height = MILLIMETRES(297);
static const double margin = MILLIMETRES(25), bottom = MILLIMETRES(297 - 22);
/* A page that is the only one has no footer. */
static const double only_bottom = MILLIMETRES(297 - 13);
static const double right_window_top = MILLIMETRES(50), right_window_left = MILLIMETRES(110);
static const double left_window_top = MILLIMETRES(62.7), left_window_left = MILLIMETRES(25),
		    sender_line_top = MILLIMETRES(57);
static const double window_width = MILLIMETRES(80), window_height = MILLIMETRES(27.3);
static const double right_half = MILLIMETRES(125), sender_width = MILLIMETRES(65);
static const double first_column_least = 90;
static const double qr_side = MILLIMETRES(26);
static const double body_top = MILLIMETRES(98), gap = 6, cell_gap = 6;
/* Between the farewell and the name: where a person signs. */
static const double signature_room = MILLIMETRES(14);
/* The first that is installed. */
#define FONT_FAMILIES "Liberation Sans,Arial,Helvetica,Sans"
/* In points. */
#define TEXT_SIZE   10.5
#define TABLE_SIZE  9.5
#define SENDER_SIZE 8.0
/* Letters of a table: the smallest before its first column breaks into lines, and at all. */
#define BREAKING_SIZE 8.5
#define SMALLEST_SIZE 6.5
/* The last words, the farewell and the signature. */
#define CLOSING_PARAGRAPHS 3
/* Lines of a paragraph that is not parted. */
#define WHOLE_LINES 6
#define CELLS_MOST  8
/* Before a row that stands only where a page ends. No invoice is called so. */
#define CARRIED "~\t"

struct sheet {
	cairo_t *cairo;
	const struct letter *letter;
	double y;
	int page, page_count; /* as it is drawn for */
};

/* WIDTH 0: as wide as the text is. */
static PangoLayout *new_layout(
    const struct sheet *sheet, const char *text, double width, bool bold, double size)
{
	PangoLayout *layout = pango_cairo_create_layout(sheet->cairo);
	/* cairo's unit on paper is the point; pango takes it for a pixel of a screen */
	pango_cairo_context_set_resolution(pango_layout_get_context(layout), 72);
	pango_layout_context_changed(layout);
	PangoFontDescription *font =
	    pango_font_description_from_string(bold ? FONT_FAMILIES " Bold" : FONT_FAMILIES);
	pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	/* where a long number is broken, no hyphen may seem to be part of it */
	PangoAttrList *attributes = pango_attr_list_new();
	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
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

/* Draws lines of SIZE from X, Y on; their height. */
static double draw_sized(
    const struct sheet *sheet, const char *text, double x, double y, double width, double size)
{
	PangoLayout *layout = new_layout(sheet, text, width, false, size);
	double height = layout_height(layout);
	cairo_move_to(sheet->cairo, x, y);
	pango_cairo_show_layout(sheet->cairo, layout);
	g_object_unref(layout);
	return height;
}

/* Of SIZE, or as large as it can be so that it stays within HEIGHT: long names break into more lines. */
static void draw_within(
    const struct sheet *sheet, const char *text, double x, double y, double width, double height, double size)
{
	for (; size > SMALLEST_SIZE; size -= 0.5) {
		PangoLayout *layout = new_layout(sheet, text, width, false, size);
		double needed = layout_height(layout);
		g_object_unref(layout);
		if (needed <= height)
			break;
	}
	draw_sized(sheet, text, x, y, width, size);
}

static void end_page(struct sheet *sheet)
{
	if (sheet->page_count > 1) {
		char number[32];
		snprintf(number, sizeof number, "%d/%d", sheet->page, sheet->page_count);
		double y = page_height - MILLIMETRES(15), width = page_width - 2 * margin;
		PangoLayout *layout = new_layout(sheet, number, 0, false, TABLE_SIZE);
		double left = width - layout_width(layout);
		cairo_move_to(sheet->cairo, margin + left, y);
		pango_cairo_show_layout(sheet->cairo, layout);
		g_object_unref(layout);
		layout = new_layout(sheet, sheet->letter->footer, left - gap, false, TABLE_SIZE);
		/* the sum at its end stays whole */
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE);
		cairo_move_to(sheet->cairo, margin, y);
		pango_cairo_show_layout(sheet->cairo, layout);
		g_object_unref(layout);
	}
	cairo_show_page(sheet->cairo);
}

static bool has_room(const struct sheet *sheet, double height)
{
	return sheet->y + height <= (sheet->page_count == 1 ? only_bottom : bottom);
}

static void next_page(struct sheet *sheet)
{
	end_page(sheet);
	sheet->page++;
	sheet->y = margin;
}

/* Room for HEIGHT, on the next page where this one has none. */
static void make_room(struct sheet *sheet, double height)
{
	if (!has_room(sheet, height))
		next_page(sheet);
}

/* Line by line, so that a long paragraph goes over the page's end; a short one stays whole. */
static void draw_lines(struct sheet *sheet, const char *text, double width, bool bold)
{
	PangoLayout *layout = new_layout(sheet, text, width, bold, TEXT_SIZE);
	if (pango_layout_get_line_count(layout) <= WHOLE_LINES)
		make_room(sheet, layout_height(layout));
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

static void draw_paragraph(struct sheet *sheet, const char *text, bool bold)
{
	draw_lines(sheet, text, page_width - 2 * margin, bold);
}

struct table_row {
	char **cells;	/* "!" before the first makes them bold */
	char **carried; /* the sum so far, for where the page ends behind it; NULL: it does not end there */
};

struct table_rows {
	GPtrArray *rows; /* of struct table_row */
	bool carries;	 /* some row says what is carried forward */
	double widths[CELLS_MOST];
	int columns, left;
	double size; /* of its letters */
};

static bool row_is_bold(char **cells)
{
	return cells[0][0] == '!';
}

static void table_row_free(void *data)
{
	struct table_row *row = data;
	g_strfreev(row->cells);
	g_strfreev(row->carried);
	g_free(row);
}

static const struct table_row *row_at(const struct table_rows *table, guint index)
{
	return table->rows->pdata[index];
}

static const char *cell_text(char **cells, int column)
{
	return column == 0 && row_is_bold(cells) ? cells[0] + 1 : cells[column];
}

static void measure_cells(const struct sheet *sheet, struct table_rows *table, char **cells)
{
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

/* Each column as wide as its widest cell; the words of a sum, beside empty cells, may reach over those. The
 * sum. */
static double measure(const struct sheet *sheet, struct table_rows *table)
{
	memset(table->widths, 0, sizeof table->widths);
	for (guint r = 0; r < table->rows->len; r++) {
		measure_cells(sheet, table, row_at(table, r)->cells);
		if (row_at(table, r)->carried)
			measure_cells(sheet, table, row_at(table, r)->carried);
	}
	double sum = 0;
	for (int c = 0; c < table->columns; c++)
		sum += table->widths[c];
	return sum;
}

/* Letters are made smaller until the table fits; then the first column gives way and breaks its lines. What
 * room is left is shared. */
static void fit(const struct sheet *sheet, struct table_rows *table)
{
	double all = page_width - 2 * margin, sum;
	for (table->size = TABLE_SIZE;; table->size -= 0.5) {
		sum = measure(sheet, table);
		double over = sum - all;
		bool may_break =
		    table->size <= BREAKING_SIZE && table->widths[0] - over >= first_column_least;
		if (over > 0 && may_break)
			table->widths[0] -= over;
		if (over <= 0 || may_break || table->size <= SMALLEST_SIZE)
			break;
	}
	for (int c = 0; c < table->columns && sum < all; c++)
		table->widths[c] += (all - sum) / table->columns;
}

/* The room of a cell: its column, and for a sum's words the empty ones behind it. */
static double cell_room(const struct table_rows *table, char **cells, int column)
{
	double room = table->widths[column] - cell_gap;
	for (int c = column + 1; column == 0 && c < table->columns && cells[c] && !*cells[c]; c++)
		room += table->widths[c];
	return room;
}

/* What the cell says, within its room: the first column breaks into lines, another one that is still too wide
 * is cut with an ellipsis rather than written over its neighbour. */
static PangoLayout *cell_layout(
    const struct sheet *sheet, const struct table_rows *table, char **cells, int column)
{
	double room = cell_room(table, cells, column);
	PangoLayout *layout = new_layout(sheet, cell_text(cells, column), 0, row_is_bold(cells), table->size);
	if (layout_width(layout) <= room)
		return layout;
	pango_layout_set_width(layout, (int)(room * PANGO_SCALE));
	if (column > 0)
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE);
	return layout;
}

static double row_height(const struct sheet *sheet, const struct table_rows *table, char **cells)
{
	PangoLayout *layout = cell_layout(sheet, table, cells, 0);
	double height = layout_height(layout) + 4;
	g_object_unref(layout);
	return height;
}

static void draw_cells(struct sheet *sheet, const struct table_rows *table, char **cells)
{
	double x = margin;
	for (int c = 0; c < table->columns && cells[c]; c++) {
		PangoLayout *layout = cell_layout(sheet, table, cells, c);
		double right = x + table->widths[c] - (c + 1 == table->columns ? 0 : cell_gap / 2);
		cairo_move_to(sheet->cairo, c < table->left ? x : right - layout_width(layout), sheet->y + 2);
		pango_cairo_show_layout(sheet->cairo, layout);
		g_object_unref(layout);
		x += table->widths[c];
	}
	sheet->y += row_height(sheet, table, cells);
	cairo_set_line_width(sheet->cairo, row_is_bold(cells) ? 0.8 : 0.3);
	cairo_move_to(sheet->cairo, margin, sheet->y);
	cairo_line_to(sheet->cairo, page_width - margin, sheet->y);
	cairo_stroke(sheet->cairo);
}

/* "À reporter|Report": what is carried forward at a page's foot, and once more at the next one's head. */
static void draw_carried(struct sheet *sheet, const struct table_rows *table, char **carried, bool at_head)
{
	g_auto(GStrv) cells = g_strdupv(carried);
	g_auto(GStrv) words = g_strsplit(cells[0], "|", 2);
	g_free(cells[0]);
	cells[0] = g_strdup(at_head && words[1] ? words[1] : words[0]);
	draw_cells(sheet, table, cells);
}

/* The last of the rows that stay on one page with row FIRST: up to one behind which a sum can be carried. */
static guint last_of_group(const struct table_rows *table, guint first)
{
	guint last = first;
	while (table->carries && !row_at(table, last)->carried && last + 1 < table->rows->len &&
	       !row_is_bold(row_at(table, last + 1)->cells))
		last++;
	return last;
}

/* The room for row FIRST and what may not be parted from it. */
static double group_height(const struct sheet *sheet, const struct table_rows *table, guint first)
{
	guint count = table->rows->len, last = last_of_group(table, first);
	double height = 0;
	/* the head and the last row are never alone */
	if (first == 0 && last + 1 < count)
		last = last_of_group(table, last + 1);
	if (last + 2 == count)
		last++;
	for (guint r = first; r <= last; r++)
		height += row_height(sheet, table, row_at(table, r)->cells);
	if (last + 1 < count && row_at(table, last)->carried)
		height += row_height(sheet, table, row_at(table, last)->carried);
	return height;
}

/* Each page that the table goes on begins with its head, and with the sum of those before it. */
static void draw_rows(struct sheet *sheet, const struct table_rows *table)
{
	guint count = table->rows->len;
	char **head = count && row_is_bold(row_at(table, 0)->cells) ? row_at(table, 0)->cells : NULL;
	for (guint r = 0; r < count;) {
		double height = group_height(sheet, table, r);
		char **carried = r > 0 ? row_at(table, r - 1)->carried : NULL;
		bool fits = has_room(sheet, height);
		if (!fits && carried)
			draw_carried(sheet, table, carried, false);
		if (!fits)
			next_page(sheet);
		if (!fits && r > 0 && head)
			draw_cells(sheet, table, head);
		if (!fits && carried)
			draw_carried(sheet, table, carried, true);
		for (guint last = last_of_group(table, r); r <= last; r++)
			draw_cells(sheet, table, row_at(table, r)->cells);
	}
}

struct png {
	const unsigned char *bytes;
	gsize left;
};

static cairo_status_t read_png(void *data, unsigned char *bytes, unsigned length)
{
	struct png *png = data;
	if (length > png->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(bytes, png->bytes, length);
	png->bytes += length;
	png->left -= length;
	return CAIRO_STATUS_SUCCESS;
}

/* At the right margin, its modules as sharp as they are. */
static void draw_qr(struct sheet *sheet, GBytes *bytes, double y)
{
	struct png png;
	png.bytes = g_bytes_get_data(bytes, &png.left);
	cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_png, &png);
	int pixels = cairo_image_surface_get_width(picture);
	if (cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS && pixels > 0) {
		cairo_save(sheet->cairo);
		cairo_translate(sheet->cairo, page_width - margin - qr_side, y);
		cairo_scale(sheet->cairo, qr_side / pixels, qr_side / pixels);
		cairo_set_source_surface(sheet->cairo, picture, 0, 0);
		cairo_pattern_set_filter(cairo_get_source(sheet->cairo), CAIRO_FILTER_NEAREST);
		cairo_paint(sheet->cairo);
		cairo_restore(sheet->cairo);
	}
	cairo_surface_destroy(picture);
}

/* How to pay, with the code beside it. */
static void draw_payment(struct sheet *sheet, const char *text, GBytes *qr)
{
	if (!qr) {
		draw_paragraph(sheet, text, false);
		return;
	}
	make_room(sheet, qr_side);
	int page = sheet->page;
	double top = sheet->y;
	draw_qr(sheet, qr, top);
	draw_lines(sheet, text, page_width - 2 * margin - qr_side - gap, false);
	if (sheet->page == page && sheet->y < top + qr_side + gap)
		sheet->y = top + qr_side + gap;
}

static void add_row(struct table_rows *table, const char *line)
{
	if (strncmp(line, CARRIED, strlen(CARRIED)) != 0) {
		struct table_row *row = g_new0(struct table_row, 1);
		row->cells = g_strsplit(line, "\t", CELLS_MOST);
		g_ptr_array_add(table->rows, row);
	} else if (table->rows->len) {
		struct table_row *row = table->rows->pdata[table->rows->len - 1];
		g_strfreev(row->carried);
		row->carried = g_strsplit(line + strlen(CARRIED), "\t", CELLS_MOST);
		table->carries = true;
	}
}

/* The rows of TEXT, as wide as they will be; its other lines go to REST. */
static void read_table(
    const struct sheet *sheet, const struct letter_table *of_letter, struct table_rows *table, GString *rest)
{
	*table = (struct table_rows){
	    .rows = g_ptr_array_new_with_free_func(table_row_free), .left = of_letter->left};
	g_auto(GStrv) lines = g_strsplit(of_letter->text, "\n", -1);
	for (char **line = lines; *line; line++) {
		if (strchr(*line, '\t'))
			add_row(table, *line);
		else if (**line)
			g_string_append_printf(rest, "%s%s", rest->len ? "\n" : "", *line);
	}
	fit(sheet, table);
}

static void draw_table(struct sheet *sheet, const struct letter_table *of_letter, GBytes *qr)
{
	struct table_rows table;
	GString *rest = g_string_new(NULL);
	read_table(sheet, of_letter, &table, rest);
	draw_rows(sheet, &table);
	sheet->y += gap;
	if (rest->len)
		draw_payment(sheet, rest->str, qr);
	g_string_free(rest, TRUE);
	g_ptr_array_unref(table.rows);
}

static void draw_fold(const struct sheet *sheet, double millimetres)
{
	cairo_set_line_width(sheet->cairo, 0.3);
	cairo_move_to(sheet->cairo, MILLIMETRES(4), MILLIMETRES(millimetres));
	cairo_line_to(sheet->cairo, MILLIMETRES(8), MILLIMETRES(millimetres));
	cairo_stroke(sheet->cairo);
}

static void draw_head(struct sheet *sheet, const struct letter *letter)
{
	if (letter->window_right) {
		draw_within(
		    sheet, letter->sender, margin, MILLIMETRES(15), window_width, MILLIMETRES(70), TEXT_SIZE);
		draw_within(sheet, letter->recipient, right_window_left, right_window_top, window_width,
		    window_height, TEXT_SIZE);
		draw_sized(sheet, letter->date, right_window_left, MILLIMETRES(88), window_width, TEXT_SIZE);
	} else {
		draw_within(sheet, letter->sender, right_half, MILLIMETRES(15), sender_width, MILLIMETRES(70),
		    TEXT_SIZE);
		draw_within(sheet, letter->sender_line, left_window_left, sender_line_top, window_width,
		    MILLIMETRES(5), SENDER_SIZE);
		draw_within(sheet, letter->recipient, left_window_left, left_window_top, window_width,
		    window_height, TEXT_SIZE);
		draw_sized(sheet, letter->date, right_half, MILLIMETRES(88), sender_width, TEXT_SIZE);
	}
	/* where the sheet is folded for the envelope */
	draw_fold(sheet, letter->window_right ? 99 : 105);
	draw_fold(sheet, letter->window_right ? 198 : 210);
}

/* The height of COUNT paragraphs, for those that must stay together. */
static double paragraphs_height(const struct sheet *sheet, char **paragraphs, guint count)
{
	double height = 0;
	for (guint i = 0; i < count; i++) {
		PangoLayout *layout =
		    new_layout(sheet, paragraphs[i], page_width - 2 * margin, false, TEXT_SIZE);
		height += layout_height(layout) + (i ? gap : 0);
		g_object_unref(layout);
	}
	return height;
}

static const struct letter_table *table_of(const struct letter *letter, const char *paragraph)
{
	for (size_t i = 0; i < letter->table_count; i++)
		if (strcmp(paragraph, letter->tables[i].mark) == 0)
			return &letter->tables[i];
	return NULL;
}

/* What a line above a table needs so that it does not stand alone: itself, the head and the first rows. */
static double heading_room(const struct sheet *sheet, char **heading, const struct letter_table *of_letter)
{
	struct table_rows table;
	GString *rest = g_string_new(NULL);
	read_table(sheet, of_letter, &table, rest);
	double height = paragraphs_height(sheet, heading, 1) + gap;
	if (table.rows->len)
		height += group_height(sheet, &table, 0);
	g_string_free(rest, TRUE);
	g_ptr_array_unref(table.rows);
	return height;
}

static void draw_body(struct sheet *sheet, const struct letter *letter)
{
	g_auto(GStrv) paragraphs = g_strsplit(letter->body, "\n\n", -1);
	guint count = g_strv_length(paragraphs);
	/* a line break at the end would be measured as one more line */
	for (guint i = 0; i < count; i++)
		g_strchomp(paragraphs[i]);
	for (guint i = 0; i < count; i++) {
		const struct letter_table *table = table_of(letter, paragraphs[i]);
		/* a signature never stands alone on a page */
		if (i + CLOSING_PARAGRAPHS == count && !table)
			make_room(sheet, paragraphs_height(sheet, paragraphs + i, CLOSING_PARAGRAPHS) +
					     (letter->mail_head ? 0 : signature_room));
		const struct letter_table *next = i + 1 < count ? table_of(letter, paragraphs[i + 1]) : NULL;
		if (!table && next)
			make_room(sheet, heading_room(sheet, paragraphs + i, next));
		if (i + 1 == count && !letter->mail_head)
			sheet->y += signature_room;
		if (table)
			draw_table(sheet, table, table == letter->tables ? letter->qr : NULL);
		else if (*paragraphs[i])
			draw_paragraph(sheet, paragraphs[i], false);
	}
}

static void draw_letter(struct sheet *sheet, const struct letter *letter)
{
	sheet->page = 1;
	sheet->y = letter->mail_head ? margin : body_top;
	if (letter->mail_head)
		draw_paragraph(sheet, letter->mail_head, false);
	else
		draw_head(sheet, letter);
	draw_paragraph(sheet, letter->subject, true);
	sheet->y += gap;
	draw_body(sheet, letter);
	end_page(sheet);
}

static cairo_status_t collect(void *data, const unsigned char *bytes, unsigned length)
{
	g_byte_array_append(data, bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

/* One pass over the letter as one of PAGE_COUNT pages, which becomes what it came to. */
static bool pass(const struct letter *letter, int *page_count, GByteArray *pdf)
{
	char created[INSTANT_TEXT_SIZE];
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, pdf, page_width, page_height);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, instant_format(letter->created_at, 0, created));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, letter->subject);
	struct sheet sheet = {.cairo = cairo_create(surface), .letter = letter, .page_count = *page_count};
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
	int page_count = 1, before;
	GByteArray *pdf = g_byte_array_new();
	bool sound;
	/* until it is what it was drawn for; with several pages it stays at several */
	do {
		before = page_count;
		g_byte_array_set_size(pdf, 0);
		sound = pass(letter, &page_count, pdf);
	} while (sound && page_count != before);
	if (sound)
		return g_byte_array_free_to_bytes(pdf);
	g_byte_array_unref(pdf);
	error_set(error, STATUS_SOFTWARE, "the letter could not be drawn");
	return NULL;
}
