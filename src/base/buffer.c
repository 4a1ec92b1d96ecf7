#include "base/base.h"
#include "base/buffer.h"

#include "base/utf8.h"

char buffer_nothing[1] = "";

void buffer_init(struct buffer *buffer)
{
	*buffer = (struct buffer)BUFFER_EMPTY;
}

void buffer_clear(struct buffer *buffer)
{
	if (buffer->capacity)
		free(buffer->bytes);
	buffer_init(buffer);
}

void buffer_reset(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->capacity)
		buffer->bytes[0] = '\0';
}

void buffer_reserve(struct buffer *buffer, size_t more)
{
	if (more >= SIZE_MAX / 4 || buffer->length >= SIZE_MAX / 4)
		abort();
	size_t wanted = buffer->length + more + 1;
	if (wanted <= buffer->capacity)
		return;
	size_t capacity = buffer->capacity ? buffer->capacity : 64;
	while (capacity < wanted)
		capacity *= 2;
	char *bytes = realloc(buffer->capacity ? buffer->bytes : NULL, capacity);
	if (!bytes)
		abort();
	bytes[buffer->length] = '\0';
	buffer->bytes = bytes;
	buffer->capacity = capacity;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length)
{
	if (!length)
		return;
	buffer_reserve(buffer, length);
	memcpy(buffer->bytes + buffer->length, bytes, length);
	buffer->length += length;
	buffer->bytes[buffer->length] = '\0';
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, text, strlen(text));
}

void buffer_append_char(struct buffer *buffer, char one)
{
	buffer_append(buffer, &one, 1);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(buffer, format, arguments);
	va_end(arguments);
}

void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	buffer_reserve(buffer, 63); /* most texts are short: one pass is enough */
	size_t room = buffer->capacity - buffer->length;
	int length = vsnprintf(buffer->bytes + buffer->length, room, format, arguments);
	if (length < 0)
		abort();
	if ((size_t)length >= room) {
		buffer_reserve(buffer, (size_t)length);
		vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
	}
	va_end(again);
	buffer->length += (size_t)length;
}

void buffer_append_json_string(struct buffer *buffer, const char *text)
{
	if (!text) {
		buffer_append_text(buffer, "null");
		return;
	}
	buffer_append_char(buffer, '"');
	for (const char *at = text; *at;) {
		unsigned char byte = (unsigned char)*at;
		size_t length = utf8_sequence_length(at, strnlen(at, 4));
		if (byte == '"' || byte == '\\') {
			buffer_append_char(buffer, '\\');
			buffer_append_char(buffer, *at++);
		} else if (byte < 0x20 || byte == 0x7f) {
			buffer_printf(buffer, "\\u%04x", byte);
			at++;
		} else if (length) {
			buffer_append(buffer, at, length);
			at += length;
		} else {
			buffer_append_text(buffer, "\xef\xbf\xbd");
			at++;
		}
	}
	buffer_append_char(buffer, '"');
}

char *buffer_take(struct buffer *buffer)
{
	buffer_reserve(buffer, 0);
	char *bytes = buffer->bytes;
	buffer_init(buffer);
	return bytes;
}
