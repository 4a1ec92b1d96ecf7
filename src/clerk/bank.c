#include "base/base.h"
#include "clerk/bank.h"

#include "ledger/act.h"

const char *bank_account_of(const struct company_config *company, const struct invoice *invoice)
{
	if (!company->iban.count)
		return invoice->iban->len ? invoice->iban->pdata[0] : NULL;
	for (guint i = 0; i < invoice->iban->len; i++)
		if (text_list_has(&company->iban, invoice->iban->pdata[i]))
			return invoice->iban->pdata[i];
	return NULL;
}

bool bank_question_mail(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, int64_t customer, int64_t receivable, int64_t message, struct error *error)
{
	const struct understanding *reply = intake->reading->reply;
	if (!reply || !reply->bank_change)
		return true;
	GString *detail = g_string_new(NULL);
	g_string_printf(
	    detail, "a mail of %s to the customer says: %s", intake->envelope->sender, reply->bank_change);
	for (guint i = 0; reply->ibans && i < reply->ibans->len; i++)
		g_string_append_printf(detail, " %s", (const char *)reply->ibans->pdata[i]);
	bool asked;
	bool done = task_was_opened(ledger->store, company->name, "bank_change", detail->str, &asked, error);
	struct task_draft draft = {
	    .company = company->name,
	    .kind = "bank_change",
	    .customer = customer,
	    .receivable = receivable,
	    .message = message,
	    .title = "Bank change to verify: a mail of ours announces it",
	    .detail = detail->str,
	    .due_on = ledger->today,
	};
	done = done && (asked || act_open_task(ledger, &draft, NULL, error));
	g_string_free(detail, TRUE);
	return done;
}
