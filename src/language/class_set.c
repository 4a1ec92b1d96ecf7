#include "base/base.h"

#include "language/class_set.h"

void class_set_init(struct class_set *set, const struct lexicon *lexicon)
{
	guint classes = lexicon->class_names->len;
	set->has = g_new0(bool, classes);
	/* one more than there are: each class is written behind the others before it is known to be new */
	set->members = g_new(class_id, classes + 1);
	set->count = 0;
}

void class_set_clear(struct class_set *set)
{
	g_free(set->has);
	g_free(set->members);
}

void class_set_fill(struct class_set *set, const struct stream *stream, size_t first, size_t end)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	for (guint i = 0; i < set->count; i++)
		set->has[set->members[i]] = false;
	bool *has = set->has;
	class_id *members = set->members;
	guint count = 0;
	for (uint32_t a = starts[first]; a < starts[end]; a++) {
		class_id class = all[a].class;
		members[count] = class;
		count += !has[class];
		has[class] = true;
	}
	set->count = count;
}
