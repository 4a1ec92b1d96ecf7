#include "base/base.h"
#include "relance/picture.h"

#include <poppler.h>

#define DOTS_PER_INCH 110.0
/* Between two pages, in dots. */
#define PAGE_GAP 12

static cairo_status_t collect(void *data, const unsigned char *bytes, unsigned length)
{
	g_byte_array_append(data, bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *new_surface(PopplerDocument *document, double scale)
{
	double width = 0, height = 0;
	int pages = poppler_document_get_n_pages(document);
	for (int i = 0; i < pages; i++) {
		double page_width, page_height;
		PopplerPage *page = poppler_document_get_page(document, i);
		poppler_page_get_size(page, &page_width, &page_height);
		g_object_unref(page);
		width = MAX(width, page_width * scale);
		height += page_height * scale + (i ? PAGE_GAP : 0);
	}
	return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
}

static void draw(PopplerDocument *document, cairo_t *cairo, double scale)
{
	double y = 0;
	cairo_set_source_rgb(cairo, 0.6, 0.6, 0.6);
	cairo_paint(cairo);
	for (int i = 0; i < poppler_document_get_n_pages(document); i++) {
		double width, height;
		PopplerPage *page = poppler_document_get_page(document, i);
		poppler_page_get_size(page, &width, &height);
		cairo_save(cairo);
		cairo_translate(cairo, 0, y);
		cairo_scale(cairo, scale, scale);
		cairo_rectangle(cairo, 0, 0, width, height);
		cairo_set_source_rgb(cairo, 1, 1, 1);
		cairo_fill(cairo);
		poppler_page_render(page, cairo);
		cairo_restore(cairo);
		y += height * scale + PAGE_GAP;
		g_object_unref(page);
	}
}

GBytes *picture_of_pdf(GBytes *pdf, struct error *error)
{
	double scale = DOTS_PER_INCH / 72;
	PopplerDocument *document = poppler_document_new_from_bytes(pdf, NULL, NULL);
	if (!document) {
		error_set(error, STATUS_SOFTWARE, "the sheet cannot be read");
		return NULL;
	}
	GByteArray *png = g_byte_array_new();
	cairo_surface_t *surface = new_surface(document, scale);
	cairo_t *cairo = cairo_create(surface);
	draw(document, cairo, scale);
	bool sound = cairo_status(cairo) == CAIRO_STATUS_SUCCESS &&
		     cairo_surface_write_to_png_stream(surface, collect, png) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	g_object_unref(document);
	if (sound)
		return g_byte_array_free_to_bytes(png);
	g_byte_array_unref(png);
	error_set(error, STATUS_SOFTWARE, "the picture cannot be drawn");
	return NULL;
}
