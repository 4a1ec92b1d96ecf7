/* Adding to a GArray at its end without a call: texts have thousands of words. */
#ifndef RELANCE_LANGUAGE_PUSH_H
#define RELANCE_LANGUAGE_PUSH_H

#include "base/base.h"

#include <glib.h>

/* Room for COUNT more elements of ARRAY; ROOM is how many it can hold, of which the caller keeps account. */
static inline void array_reserve(GArray *array, guint *room, guint count)
{
	guint length = array->len;
	if (*room - length >= count)
		return;
	*room = MAX(2 * *room, length + count);
	g_array_set_size(array, *room);
	array->len = length;
}

/* One more element of TYPE at the end of ARRAY, to be filled. */
#define ARRAY_PUSH(array, room, type)                                                                        \
	(array_reserve((array), (room), 1), &g_array_index((array), type, (array)->len++))

#endif
