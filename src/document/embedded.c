#include "base/base.h"
#include "document/embedded.h"

#include "document/filespec.h"
#include "document/pdf.h"
#include "document/pdf_scan.h"

void embedded_file_free(struct embedded_file *file)
{
	if (file == NULL)
		return;
	g_free(file->name);
	if (file->content != NULL)
		g_byte_array_unref(file->content);
	g_free(file);
}

static void free_file(gpointer file)
{
	embedded_file_free(file);
}

bool embedded_looks_like_xml(const GByteArray *bytes)
{
	for (guint i = 0; i < bytes->len && i < 64; i++) {
		if (bytes->data[i] == '<')
			return true;
		/* a byte order mark, the zeros of UTF-16, white space */
		if (strchr(" \t\r\n\xef\xbb\xbf\xff\xfe", bytes->data[i]) == NULL)
			return false;
	}
	return false;
}

bool embedded_keep_part(const char *part, size_t length, void *context)
{
	GByteArray *kept = context;
	if (kept->len + length > EMBEDDED_MAX) {
		g_byte_array_set_size(kept, 0);
		return false;
	}
	g_byte_array_append(kept, (const guint8 *)part, (guint)length);
	return kept->len < 64 || embedded_looks_like_xml(kept);
}

/* ---- one stream ---- */

struct unpacking {
	GByteArray *kept;
	bool endless;
};

static bool keep_part(const char *part, size_t length, void *context)
{
	struct unpacking *unpacking = context;
	unpacking->endless = unpacking->kept->len + length > EMBEDDED_MAX;
	return embedded_keep_part(part, length, unpacking->kept);
}

/* The file that STREAM is; NULL where it is none that could be an invoice. */
static struct embedded_file *read_file(const struct pdf_stream *stream)
{
	struct unpacking unpacking = {.kept = g_byte_array_new()};
	bool unpacked = pdf_stream_read(stream, keep_part, &unpacking);
	struct embedded_file *file = NULL;
	if (unpacking.endless || !unpacked || embedded_looks_like_xml(unpacking.kept))
		file = g_new0(struct embedded_file, 1);
	if (unpacking.endless)
		file->refused = EMBEDDED_TOO_LARGE;
	else if (!unpacked)
		file->refused = "packed in a way that is not read";
	else if (file != NULL)
		file->content = g_byte_array_ref(unpacking.kept);
	g_byte_array_unref(unpacking.kept);
	return file;
}

/* ---- all of them ---- */

struct search {
	const char *start, *end;
	GPtrArray *files;   /* the last one first */
	GPtrArray *numbers; /* of their streams, in the same order */
};

typedef bool is_wanted(const struct pdf_stream *stream, const GPtrArray *filespecs);

static bool is_marked(const struct pdf_stream *stream, const GPtrArray *filespecs)
{
	static const char *const marks[] = {"/EmbeddedFile", "#2Fxml", "#2fxml", NULL};
	(void)filespecs;
	return pdf_stream_names_one_of(stream, marks);
}

/* The type may be left out: then a file specification alone tells what the stream is. */
static bool is_specified(const struct pdf_stream *stream, const GPtrArray *filespecs)
{
	return filespec_has(filespecs, stream->number);
}

static void find_files(struct search *search, is_wanted *wanted, const GPtrArray *filespecs)
{
	const char *at = search->start;
	struct pdf_stream stream;
	while (search->files->len < EMBEDDED_FILES_MAX &&
	       pdf_next_stream(search->start, search->end, &at, &stream)) {
		struct embedded_file *file = wanted(&stream, filespecs) ? read_file(&stream) : NULL;
		if (file == NULL)
			continue;
		g_ptr_array_insert(search->files, 0, file);
		g_ptr_array_insert(search->numbers, 0, GSIZE_TO_POINTER((gsize)stream.number));
	}
}

static void name_files(const struct search *search, const GPtrArray *filespecs)
{
	for (guint i = 0; i < search->files->len; i++) {
		struct embedded_file *file = g_ptr_array_index(search->files, i);
		gsize number = GPOINTER_TO_SIZE(g_ptr_array_index(search->numbers, i));
		file->name = g_strdup(filespec_name(filespecs, (long)number));
	}
}

/* By poppler, which decrypts what opens without a password. */
static GPtrArray *encrypted_files(const void *bytes, size_t length)
{
	const char *reason = NULL;
	struct pdf *pdf = pdf_open(bytes, length, &reason);
	GPtrArray *files = g_ptr_array_new_with_free_func(free_file);
	if (pdf != NULL)
		pdf_attachments(pdf, files);
	pdf_close(pdf);
	return files;
}

GPtrArray *embedded_files(const void *bytes, size_t length)
{
	struct search search = {.start = bytes, .end = (const char *)bytes + length};
	if (memmem(bytes, length, "/Encrypt", 8) != NULL)
		return encrypted_files(bytes, length);
	search.files = g_ptr_array_new_with_free_func(free_file);
	search.numbers = g_ptr_array_new();
	find_files(&search, is_marked, NULL);
	GPtrArray *filespecs = filespec_list(bytes, length);
	if (search.files->len == 0 && filespecs->len > 0)
		find_files(&search, is_specified, filespecs);
	name_files(&search, filespecs);
	g_ptr_array_unref(filespecs);
	g_ptr_array_unref(search.numbers);
	return search.files;
}
