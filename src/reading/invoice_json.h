/* The table of the invoice object, for the documents of a reading; see reading.h for its two functions. */
#ifndef RELANCE_READING_INVOICE_JSON_H
#define RELANCE_READING_INVOICE_JSON_H

#include "reading/shape.h"

extern const struct shape invoice_shape;

#endif
