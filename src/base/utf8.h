/* UTF-8 (RFC 3629) without locale: what a sequence is, and making text of bytes that may not be. */
#ifndef RELANCE_BASE_UTF8_H
#define RELANCE_BASE_UTF8_H

#include "base/base.h"

/* Length in bytes (1 to 4) of the valid sequence at TEXT, of which LENGTH bytes may be read; 0 where none is valid. */
size_t utf8_sequence_length(const char *text, size_t length);
/* Decodes the valid sequence at TEXT. */
uint32_t utf8_code_point(const char *text);
bool utf8_is_valid(const char *text, size_t length);

/* Takes off the beginning of a character that a fixed size cut at the end of TEXT. */
void utf8_trim(char *text);

#endif
