#include "base/base.h"
#include "mail/delivery.h"

static const char *const action_words[] = {
    [DELIVERY_FAILED] = "failed",
    [DELIVERY_DELAYED] = "delayed",
    [DELIVERY_DELIVERED] = "delivered",
    [DELIVERY_RELAYED] = "relayed",
    [DELIVERY_EXPANDED] = "expanded",
};

void delivery_recipient_free(void *pointer)
{
	struct delivery_recipient *recipient = pointer;
	g_free(recipient->address);
	g_free(recipient->original);
	g_free(recipient->status);
	g_free(recipient->reason);
	g_free(recipient->remote_mta);
	g_free(recipient->diagnostic);
	g_free(recipient);
}

struct delivery *delivery_new(void)
{
	struct delivery *delivery = g_new0(struct delivery, 1);
	delivery->recipients = g_ptr_array_new_with_free_func(delivery_recipient_free);
	return delivery;
}

void delivery_free(struct delivery *delivery)
{
	if (!delivery)
		return;
	g_ptr_array_free(delivery->recipients, TRUE);
	g_free(delivery->original_message_id);
	g_free(delivery->envelope_id);
	g_free(delivery);
}

const char *delivery_action_word(enum delivery_action action)
{
	return action_words[action];
}

bool delivery_action_from_word(const char *word, enum delivery_action *action)
{
	for (size_t i = 0; i < ARRAY_LENGTH(action_words); i++)
		if (!strcmp(word, action_words[i])) {
			*action = (enum delivery_action)i;
			return true;
		}
	return false;
}
