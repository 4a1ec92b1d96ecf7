#include "base/base.h"
#include "base/error.h"

#include <stdarg.h>

static const char ellipsis[] = "…";

static void mark_if_cut(struct error *error, int wanted)
{
	if (wanted >= (int)sizeof error->text)
		memcpy(error->text + sizeof error->text - sizeof ellipsis, ellipsis, sizeof ellipsis);
}

bool error_set(struct error *error, enum exit_status status, const char *format, ...)
{
	if (!error)
		return false;
	va_list arguments;
	va_start(arguments, format);
	mark_if_cut(error, vsnprintf(error->text, sizeof error->text, format, arguments));
	va_end(arguments);
	error->status = status;
	return false;
}

bool error_set_errno(struct error *error, enum exit_status status, int errnum, const char *format, ...)
{
	if (!error)
		return false;
	char what[sizeof error->text];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	char reason[128];
	const char *text = strerror_r(errnum, reason, sizeof reason);
	return error_set(error, status, "%s: %s", what, text);
}

bool error_prefix(struct error *error, const char *format, ...)
{
	if (!error)
		return false;
	char place[sizeof error->text];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(place, sizeof place, format, arguments);
	va_end(arguments);
	char rest[sizeof error->text];
	memcpy(rest, error->text, sizeof rest);
	return error_set(error, error->status, "%s: %s", place, rest);
}
