/*
 * Bytes that grow: text being built, a file's content, a message. Always ends in a NUL that the length does not count, so
 * that `bytes` can be read as a C string where the content is text. Running out of memory aborts.
 */
#ifndef RELANCE_BASE_BUFFER_H
#define RELANCE_BASE_BUFFER_H

#include "base/base.h"
#include <stdarg.h>

/* In caller storage: `struct buffer buffer = BUFFER_EMPTY;` and buffer_clear() at the end. */
struct buffer {
	char *bytes; /* never NULL; owned once capacity is not 0 */
	size_t length;
	size_t capacity;
};

extern char buffer_nothing[1];
#define BUFFER_EMPTY {buffer_nothing, 0, 0}

void buffer_init(struct buffer *buffer);
/* Frees the bytes; the buffer is empty and can be used again. */
void buffer_clear(struct buffer *buffer);
/* Empties it and keeps the memory. */
void buffer_reset(struct buffer *buffer);
/* Makes room for MORE bytes behind the present ones. */
void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_char(struct buffer *buffer, char one);
void buffer_printf(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments) PRINTF_LIKE(2, 0);
/* Appends TEXT (UTF-8) as a JSON string with its quotes; NULL gives null. Bytes that are no UTF-8 become U+FFFD. */
void buffer_append_json_string(struct buffer *buffer, const char *text);
/* Gives the bytes to the caller, who frees them with free(); the buffer is empty. */
char *buffer_take(struct buffer *buffer);

#endif
