/*
 * What can be told of a PDF from its bytes, stream by stream, without its structure: faster than by opening
 * it, and however damaged the structure is. Whose files are embedded is told by embedded.h.
 */
#ifndef RELANCE_DOCUMENT_PDF_SCAN_H
#define RELANCE_DOCUMENT_PDF_SCAN_H

#include "base/base.h"

#include <glib.h>

struct pdf_stream {
	const char *dictionary; /* from behind the object's "obj" to the keyword */
	size_t dictionary_length;
	long number;	  /* of the object; 0 where it is not told */
	const char *body; /* as it is packed */
	const char *end;  /* of the file */
};

/* The next stream at or behind *AT, which moves on, of the file between START and END; false where there is
 * no more. */
bool pdf_next_stream(const char *start, const char *end, const char **at, struct pdf_stream *stream);
/* Whether its dictionary has NAME, or one of LIST (ended by NULL), anywhere. */
bool pdf_stream_names(const struct pdf_stream *stream, const char *name);
bool pdf_stream_names_one_of(const struct pdf_stream *stream, const char *const *list);

/* Takes what was unpacked; false to stop. */
typedef bool pdf_take_part(const char *part, size_t length, void *context);
/* Unpacks it as far as its data are good. False: it is packed in a way that is not read (neither by deflate
 * nor as hexadecimal or base-85 digits, or by deflate twice). */
bool pdf_stream_read(const struct pdf_stream *stream, pdf_take_part *take, void *context);

/* Why its pages should not be rendered (a literal), or NULL. */
const char *pdf_excess(const void *bytes, size_t length);

#endif
