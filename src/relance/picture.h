/* A PDF of our own as one picture. */
#ifndef RELANCE_RELANCE_PICTURE_H
#define RELANCE_RELANCE_PICTURE_H

#include "base/base.h"

#include <glib.h>

/* PNG, 110 dots an inch, the pages below each other. NULL with ERROR. g_bytes_unref. */
GBytes *picture_of_pdf(GBytes *pdf, struct error *error);

#endif
