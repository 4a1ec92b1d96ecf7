/*
 * Bytes in some declared character set to UTF-8. All converters are opened once by charset_setup, so that the
 * cage, which may open no files, never loads a converter's module. Pure after the set-up.
 */
#ifndef RELANCE_MAIL_CHARSET_H
#define RELANCE_MAIL_CHARSET_H

#include "base/base.h"

#include <glib.h>

/* Opens the converters; without it only UTF-8 and windows-1252 are known. Idempotent, not thread safe. */
void charset_setup(void);
/*
 * Appends LENGTH bytes as UTF-8: by the DECLARED charset (may be NULL), else as UTF-8, else as windows-1252,
 * which accepts anything. NUL bytes are left out, what cannot be converted becomes U+FFFD. False where
 * DECLARED was wrong.
 */
bool charset_append(GString *text, const char *bytes, size_t length, const char *declared);

#endif
