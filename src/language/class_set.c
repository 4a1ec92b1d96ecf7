#include "base/base.h"

#include "language/class_set.h"

void class_set_init(struct class_set *set, const struct lexicon *lexicon)
{
	guint classes = lexicon->class_names->len;
	set->filled = g_new0(uint32_t, classes);
	set->filling = 1;
	/* one more than there are: each class is written behind the others before it is known to be new */
	set->members = g_new(class_id, classes + 1);
	set->count = 0;
}

void class_set_clear(struct class_set *set)
{
	g_free(set->filled);
	g_free(set->members);
}

void class_set_fill(struct class_set *set, const struct stream *stream, size_t first, size_t end)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	uint32_t filling = ++set->filling; /* a text has fewer sentences and clauses than it can count */
	for (uint32_t a = starts[first]; a < starts[end]; a++)
		set->filled[all[a].class] = filling;
}

void class_set_fill_list(struct class_set *set, const struct stream *stream, size_t first, size_t end)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	uint32_t filling = ++set->filling;
	guint count = 0;
	for (uint32_t a = starts[first]; a < starts[end]; a++) {
		class_id class = all[a].class;
		set->members[count] = class;
		count += (all[a].uses & USE_LISTED) && set->filled[class] != filling;
		set->filled[class] = filling;
	}
	set->count = count;
}
