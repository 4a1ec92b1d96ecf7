#include "base/base.h"
#include "dunning/payment_qr.h"

#include <ctype.h>
#include <qrencode.h>

#define NAME_MOST      70
#define TEXT_MOST      140
#define AMOUNT_MOST    INT64_C(99999999999)
#define VERSION_MOST   13
#define QUIET_MODULES  4
#define MODULE_PIXELS  4
#define DEFLATE_STORED 65535

/* The number that TEXT stands for once its first four characters are moved to its end and letters are 10 to
 * 35, modulo 97; -1 where anything else stands in it. */
static int modulo_97(const char *text, size_t length)
{
	int remainder = 0;
	for (size_t i = 0; i < length; i++) {
		char one = text[(i + 4) % length];
		if (isdigit((unsigned char)one))
			remainder = (remainder * 10 + (one - '0')) % 97;
		else if (isupper((unsigned char)one))
			remainder = (remainder * 100 + (one - 'A' + 10)) % 97;
		else
			return -1;
	}
	return remainder;
}

bool creditor_reference_is_valid(const char *text)
{
	size_t length = strlen(text);
	return length >= 5 && length < CREDITOR_REFERENCE_SIZE && text[0] == 'R' && text[1] == 'F' &&
	       isdigit((unsigned char)text[2]) && isdigit((unsigned char)text[3]) &&
	       modulo_97(text, length) == 1;
}

bool creditor_reference_make(const char *number, char text[CREDITOR_REFERENCE_SIZE])
{
	char draft[CREDITOR_REFERENCE_SIZE] = "RF00";
	size_t length = 4;
	for (; *number; number++) {
		if (!isascii((unsigned char)*number) || !isalnum((unsigned char)*number))
			continue;
		if (length + 1 == sizeof draft)
			return false;
		draft[length++] = (char)toupper((unsigned char)*number);
	}
	if (length == 4)
		return false;
	int check = 98 - modulo_97(draft, length);
	draft[2] = (char)('0' + check / 10);
	draft[3] = (char)('0' + check % 10);
	memcpy(text, draft, sizeof draft);
	return true;
}

/* The first MOST characters of a line of UTF-8, without line breaks. */
static void append_line(struct buffer *text, const char *line, int most)
{
	for (int count = 0; line && *line; line++) {
		bool starts = ((unsigned char)*line & 0xc0) != 0x80;
		if (starts && count++ == most)
			break;
		buffer_append_char(text, *line == '\n' || *line == '\r' ? ' ' : *line);
	}
	buffer_append_char(text, '\n');
}

bool payment_qr_text(const struct payment_qr *payment, struct buffer *text)
{
	if (strcmp(payment->amount.currency, "EUR") != 0 || payment->amount.minor < 1 ||
	    payment->amount.minor > AMOUNT_MOST || !payment->iban || !*payment->iban)
		return false;
	char amount[MONEY_TEXT_SIZE];
	bool structured = payment->reference && creditor_reference_is_valid(payment->reference);
	buffer_append_text(text, "BCD\n002\n1\nSCT\n");
	append_line(text, payment->bic, 11);
	append_line(text, payment->name, NAME_MOST);
	append_line(text, payment->iban, 34);
	buffer_printf(text, "EUR%s\n\n", money_format(payment->amount, amount));
	append_line(text, structured ? payment->reference : "", 25);
	append_line(text, structured ? "" : payment->reference, TEXT_MOST);
	/* elements at the end that are empty are left out with their line breaks */
	while (text->length && text->bytes[text->length - 1] == '\n')
		text->bytes[--text->length] = '\0';
	return true;
}

static void append_number(struct buffer *png, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buffer_append_char(png, (char)(number >> shift & 0xff));
}

/* CRC-32 of ISO 3309, as PNG wants it behind each chunk. */
static uint32_t checksum(const char *bytes, size_t length)
{
	/* of each four bits */
	static const uint32_t remainders[] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190,
	    0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0,
	    0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
	uint32_t crc = 0xffffffffu;
	for (size_t i = 0; i < length; i++) {
		crc ^= (unsigned char)bytes[i];
		crc = crc >> 4 ^ remainders[crc & 15];
		crc = crc >> 4 ^ remainders[crc & 15];
	}
	return ~crc;
}

static void append_chunk(struct buffer *png, const char *type, const struct buffer *content)
{
	append_number(png, (uint32_t)content->length);
	size_t start = png->length;
	buffer_append(png, type, 4);
	buffer_append(png, content->bytes, content->length);
	append_number(png, checksum(png->bytes + start, png->length - start));
}

/* zlib without compression: a code is a few kilobytes at most, and mail encodes it anyway. */
static void store(const struct buffer *raw, struct buffer *packed)
{
	uint32_t low = 1, high = 0;
	buffer_append(packed, "\x78\x01", 2);
	for (size_t at = 0; at < raw->length; at += DEFLATE_STORED) {
		size_t left = raw->length - at, size = left < DEFLATE_STORED ? left : DEFLATE_STORED;
		buffer_append_char(packed, size == left);
		buffer_append_char(packed, (char)(size & 0xff));
		buffer_append_char(packed, (char)(size >> 8));
		buffer_append_char(packed, (char)(~size & 0xff));
		buffer_append_char(packed, (char)(~size >> 8 & 0xff));
		buffer_append(packed, raw->bytes + at, size);
	}
	for (size_t i = 0; i < raw->length; i++) {
		low = (low + (unsigned char)raw->bytes[i]) % 65521;
		high = (high + low) % 65521;
	}
	append_number(packed, high << 16 | low);
}

static bool is_dark(const QRcode *code, int x, int y)
{
	x = x / MODULE_PIXELS - QUIET_MODULES;
	y = y / MODULE_PIXELS - QUIET_MODULES;
	return x >= 0 && y >= 0 && x < code->width && y < code->width &&
	       (code->data[y * code->width + x] & 1);
}

/* One bit a pixel, 1 is white; each row begins with the filter type 0. */
static void draw_row(const QRcode *code, int size, int y, struct buffer *row)
{
	buffer_append_char(row, 0);
	for (int x = 0; x < size; x += 8) {
		unsigned byte = 0;
		for (int bit = 0; bit < 8; bit++)
			byte = byte << 1 | !(x + bit < size && is_dark(code, x + bit, y));
		buffer_append_char(row, (char)byte);
	}
}

/* The rows of a module are the same. */
static void draw(const QRcode *code, int size, struct buffer *raw)
{
	struct buffer row = BUFFER_EMPTY;
	for (int y = 0; y < size; y++) {
		if (y % MODULE_PIXELS == 0) {
			buffer_reset(&row);
			draw_row(code, size, y, &row);
		}
		buffer_append(raw, row.bytes, row.length);
	}
	buffer_clear(&row);
}

bool payment_qr_png(const char *text, struct buffer *png)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code || code->version > VERSION_MOST) {
		QRcode_free(code);
		return false;
	}
	int size = (code->width + 2 * QUIET_MODULES) * MODULE_PIXELS;
	struct buffer header = BUFFER_EMPTY, raw = BUFFER_EMPTY, packed = BUFFER_EMPTY, none = BUFFER_EMPTY;
	append_number(&header, (uint32_t)size);
	append_number(&header, (uint32_t)size);
	buffer_append(&header, "\x01\x00\x00\x00\x00",
	    5); /* one bit, grey, the one compression, filter, no interlace */
	draw(code, size, &raw);
	QRcode_free(code);
	store(&raw, &packed);
	buffer_append(png, "\x89PNG\r\n\x1a\n", 8);
	append_chunk(png, "IHDR", &header);
	append_chunk(png, "IDAT", &packed);
	append_chunk(png, "IEND", &none);
	buffer_clear(&header);
	buffer_clear(&raw);
	buffer_clear(&packed);
	return true;
}
