/* Bytes that concern a receivable, kept as they were: compressed with zstd, named by their SHA-256. */
#include "base/base.h"
#include "store/rows_message.h"

#include <zstd.h>

#define COMPRESSION_LEVEL 3
#define MAX_BLOB_SIZE	  (256u * 1024 * 1024)

void sha256_text(const void *bytes, size_t length, char text[SHA256_TEXT_SIZE])
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(checksum, bytes, (gssize)length);
	memcpy(text, g_checksum_get_string(checksum), SHA256_TEXT_SIZE);
}

static bool has_blob(struct store *store, const char *sha256, bool *has, struct error *error)
{
	struct query query;
	query_open(&query, store, "SELECT 1 FROM blob WHERE sha256 = $1", "t", sha256);
	*has = query_row(&query);
	return query_close(&query, error);
}

bool blob_put(
    struct store *store, const void *bytes, size_t length, char sha256[SHA256_TEXT_SIZE], struct error *error)
{
	bool has;
	sha256_text(bytes, length, sha256);
	if (!has_blob(store, sha256, &has, error))
		return false;
	if (has)
		return true;
	if (length > MAX_BLOB_SIZE)
		return error_set(
		    error, STATUS_DATA, "a document of %zu bytes is too big for the store", length);
	size_t bound = ZSTD_compressBound(length);
	g_autofree void *compressed = g_malloc(bound);
	size_t size = ZSTD_compress(compressed, bound, bytes, length, COMPRESSION_LEVEL);
	if (ZSTD_isError(size))
		return error_set(error, STATUS_SOFTWARE, "zstd: %s", ZSTD_getErrorName(size));
	return store_run(store, error,
	    "INSERT INTO blob (sha256, size, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", "tib",
	    sha256, (int64_t)length, compressed, size);
}

static GBytes *decompress(
    const char *sha256, int64_t size, const void *content, size_t length, struct error *error)
{
	if (size < 0 || size > MAX_BLOB_SIZE) {
		error_set(error, STATUS_IO, "document %s: its size is wrong", sha256);
		return NULL;
	}
	g_autofree void *bytes = g_malloc((size_t)size + 1);
	char found[SHA256_TEXT_SIZE] = "";
	size_t got = ZSTD_decompress(bytes, (size_t)size, content, length);
	if (!ZSTD_isError(got) && got == (size_t)size)
		sha256_text(bytes, got, found);
	if (strcmp(found, sha256)) {
		error_set(error, STATUS_IO, "document %s: it is damaged", sha256);
		return NULL;
	}
	return g_bytes_new_take(g_steal_pointer(&bytes), (size_t)size);
}

GBytes *blob_get(struct store *store, const char *sha256, struct error *error)
{
	struct query query;
	GBytes *bytes = NULL;
	bool found = false;
	query_open(&query, store, "SELECT size, content FROM blob WHERE sha256 = $1", "t", sha256);
	if (query_row(&query)) {
		size_t length;
		const void *content = query_blob(&query, 1, &length);
		found = true;
		bytes = decompress(sha256, query_integer(&query, 0), content, length, error);
	}
	if (!query_close(&query, error)) {
		g_clear_pointer(&bytes, g_bytes_unref);
	} else if (!found) {
		error_set(error, STATUS_DATA, "document %s is not in the store", sha256);
	}
	return bytes;
}
