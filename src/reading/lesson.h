/*
 * A lesson: samples of one company's invoices with what is to be read from each, and the layout that follows
 * from them (document/layout.h). `relance teach` sends one to a reader's worker, so that the documents are
 * parsed in the cage.
 *
 * A lesson is one line of JSON, a newline, and the bytes of the samples behind each other:
 *   {"name":"le-goff", "currency":"EUR", "marks":["FR19812345676"],
 *    "samples":[{"file":"a.pdf", "length":4711, "values":{"number":"F2026-118", "payable":"1188.00"}}]}
 * name and currency may be null. The answer is
 *   {"schema":1, "layout":"layout le-goff\n…", "name":"le-goff", "notes":["…"]}
 * or {"schema":1, "error":"a.pdf: payable: …"}.
 */
#ifndef RELANCE_READING_LESSON_H
#define RELANCE_READING_LESSON_H

#include "base/base.h"

#include <glib.h>
#include <jansson.h>

/* A lesson has at most so many samples, and a file of them at most so many bytes. */
#define LESSON_MAX_SAMPLES 50
#define LESSON_MAX_BYTES   (32 * 1024 * 1024)

/* LAYOUTS: those that are known already (of struct layout *; NULL: none). A new reference, never NULL. */
json_t *lesson_read(const void *bytes, size_t length, const GPtrArray *layouts);
/* The answer of one that could not be read. */
json_t *lesson_failed(const char *why);

#endif
