#include "base/base.h"
#include "base/config_table.h"

#include "base/closing_days.h"
#include "base/config_value.h"

static const char *const log_words[] = {"syslog", "stderr", NULL};
static const char *const sending_words[] = {"off", "approve", "on", NULL};
static const char *const language_words[] = {"fr", "en", "de", "es", "it", "nl", NULL};
static const char *const anchor_words[] = {"due", "previous", "end-of-month", "promise", NULL};
static const char *const answer_words[] = {"note", "hold", "promise", "dispute", "stop", "address", NULL};
static const char *const contact_words[] = {"ignore", "propose", "adopt", NULL};
static const char *const task_words[] = {"none", "review", "dispute", "request", "delay", "address",
    "bank_data", "insolvency", "legal", "call", "approve", NULL};
static const char *const channel_words[] = {"mail", "letter", "call", "task", NULL};

#define ROOT(field)	  "", #field
#define COMPANY(field)	  "company", #field
#define STEP(field)	  "step", #field
#define EFFECT(field)	  "effect", #field
#define AT_ROOT(field)	  .offset = offsetof(struct config, field)
#define AT_COMPANY(field) .offset = offsetof(struct company_config, field)
#define AT_STEP(field)	  .offset = offsetof(struct step_config, field)
#define AT_EFFECT(field)  .offset = offsetof(struct effect_config, field)

#define AN_ADDRESS  "mail addresses: name@domain"
#define A_DIRECTORY "an absolute path"
#define SOME_DAYS   "days from 0 to 90: 7d"
#define SHIPPED	    "that of the shipped table"

const struct config_key config_table[] = {
    {{ROOT(socket), "unix:/PATH or inet:PORT@HOST", "unix:/var/spool/postfix/relance/relance.sock"},
	CONFIG_TEXT, AT_ROOT(socket), .check = value_is_socket},
    {{ROOT(socket_mode), "permissions in octal: 0660", "0660"}, CONFIG_MODE, AT_ROOT(socket_mode),
	.least = 0200, .most = 0777},
    {{ROOT(socket_group), "a group's name, or nothing to leave it", ""}, CONFIG_TEXT, AT_ROOT(socket_group),
	.check = value_is_text_or_empty},
    {{ROOT(user), "a user's name, or nothing to stay", "relance"}, CONFIG_TEXT, AT_ROOT(user),
	.check = value_is_text_or_empty},
    {{ROOT(state_dir), A_DIRECTORY, RELANCE_LOCALSTATEDIR "/lib/relance"}, CONFIG_TEXT, AT_ROOT(state_dir),
	.check = value_is_path},
    {{ROOT(spool_dir), A_DIRECTORY, "spool in state_dir"}, CONFIG_TEXT, AT_ROOT(spool_dir),
	.check = value_is_path},
    {{ROOT(run_dir), A_DIRECTORY, RELANCE_RUNSTATEDIR "/relance"}, CONFIG_TEXT, AT_ROOT(run_dir),
	.check = value_is_path},
    {{ROOT(lexicon_dir), A_DIRECTORY, RELANCE_DATADIR "/lexicon"}, CONFIG_TEXT, AT_ROOT(lexicon_dir),
	.check = value_is_path},
    {{ROOT(lexicon_extra_dir), A_DIRECTORY ", or nothing", RELANCE_SYSCONFDIR "/relance/lexicon.d"},
	CONFIG_TEXT, AT_ROOT(lexicon_extra_dir), .check = value_is_path_or_empty},
    {{ROOT(layout_dir), A_DIRECTORY ", or nothing", RELANCE_SYSCONFDIR "/relance/layouts"}, CONFIG_TEXT,
	AT_ROOT(layout_dir), .check = value_is_path_or_empty},
    {{ROOT(template_dir), A_DIRECTORY, RELANCE_DATADIR "/templates"}, CONFIG_TEXT, AT_ROOT(template_dir),
	.check = value_is_path},
    {{ROOT(template_extra_dir), A_DIRECTORY ", or nothing", RELANCE_SYSCONFDIR "/relance/templates"},
	CONFIG_TEXT, AT_ROOT(template_extra_dir), .check = value_is_path_or_empty},
    {{ROOT(sendmail), "the absolute path of sendmail(1)", "/usr/sbin/sendmail"}, CONFIG_TEXT,
	AT_ROOT(sendmail), .check = value_is_path},
    {{ROOT(log), "syslog or stderr", "syslog"}, CONFIG_TEXT, AT_ROOT(log), .choices = log_words},

    {{ROOT(networks), "IPv4 or IPv6 networks: 192.0.2.0/24", "{\"127.0.0.0/8\", \"::1/128\"}"}, CONFIG_LIST,
	AT_ROOT(networks), .check = value_is_network},
    {{ROOT(authserv_ids), "names that our own mail server signs Authentication-Results with", "{}"},
	CONFIG_LIST, AT_ROOT(authserv_ids), .check = value_is_text, .lower_case = true},
    {{ROOT(max_message_size), "bytes from 64kB to 1GB: 25MB", "25MB"}, CONFIG_BYTES,
	AT_ROOT(max_message_size), .least = 64000, .most = 1000000000},
    {{ROOT(max_messages), "a number from 1 to 10000", "100"}, CONFIG_INTEGER, AT_ROOT(max_messages),
	.least = 1, .most = 10000},
    {{ROOT(max_spool_size), "bytes from 1MB to 1000GB: 1GB", "1GB"}, CONFIG_BYTES, AT_ROOT(max_spool_size),
	.least = 1000000, .most = 1000000000000},

    {{ROOT(readers), "a number from 1 to 64", "2"}, CONFIG_INTEGER, AT_ROOT(readers), .least = 1, .most = 64},
    {{ROOT(reader_seconds), "seconds from 1 to 600: 20s", "20s"}, CONFIG_SECONDS, AT_ROOT(reader_seconds),
	.least = 1, .most = 600},
    {{ROOT(reader_memory), "bytes from 64MB to 16GB: 512MB", "512MB"}, CONFIG_BYTES, AT_ROOT(reader_memory),
	.least = 64000000, .most = 16000000000},

    {{ROOT(sending), "off, approve or on", "off"}, CONFIG_CHOICE, AT_ROOT(sending), .choices = sending_words},
    {{ROOT(time_zone), "a name of the tz database: Europe/Paris", "that of the first company's country"},
	CONFIG_TEXT, AT_ROOT(time_zone), .check = value_is_zone},
    {{ROOT(business_start), "a time of day: 09:00", "09:00"}, CONFIG_TIME, AT_ROOT(business_start),
	.least = 0, .most = 86400},
    {{ROOT(business_end), "a time of day after business_start: 17:00", "17:00"}, CONFIG_TIME,
	AT_ROOT(business_end), .least = 0, .most = 86400},
    {{ROOT(daily_cap), "a number from 0 (no cap) to 1000000", "500"}, CONFIG_INTEGER, AT_ROOT(daily_cap),
	.least = 0, .most = 1000000},
    {{ROOT(promise_grace), SOME_DAYS, "3d"}, CONFIG_DAYS, AT_ROOT(promise_grace), .least = 0, .most = 90},
    {{ROOT(minimum_gap), SOME_DAYS, "3d"}, CONFIG_DAYS, AT_ROOT(minimum_gap), .least = 0, .most = 90},
    {{ROOT(weekly_cap), "a number from 0 (no cap) to 7", "2"}, CONFIG_INTEGER, AT_ROOT(weekly_cap),
	.least = 0, .most = 7},
    {{ROOT(delivered_after), "days from 0 (never) to 90: 6d", "6d"}, CONFIG_DAYS, AT_ROOT(delivered_after),
	.least = 0, .most = 90},
    {{ROOT(waive_interest), "yes or no", "yes"}, CONFIG_SWITCH, AT_ROOT(waive_interest)},
    {{ROOT(bank_data_age), "days from 0 (any number) to 90: 2d", "0d"}, CONFIG_DAYS, AT_ROOT(bank_data_age),
	.least = 0, .most = 90},
    {{ROOT(receipt_wait), "a duration from 10s to 7d: 10min", "10min"}, CONFIG_SECONDS, AT_ROOT(receipt_wait),
	.least = 10, .most = 604800},
    {{ROOT(hold_ack), SOME_DAYS, "7d"}, CONFIG_DAYS, AT_ROOT(hold_ack), .least = 0, .most = 90},
    {{ROOT(hold_paid), SOME_DAYS, "5d"}, CONFIG_DAYS, AT_ROOT(hold_paid), .least = 0, .most = 90},
    {{ROOT(hold_unknown), SOME_DAYS, "3d"}, CONFIG_DAYS, AT_ROOT(hold_unknown), .least = 0, .most = 90},
    {{ROOT(confidence), "a share from 0 to 1: 0.80", "0.80"}, CONFIG_THOUSANDTHS, AT_ROOT(confidence),
	.least = 0, .most = 1000},
    {{ROOT(tolerance), "minor units (cents) from 0 to 100000", "5"}, CONFIG_MINOR, AT_ROOT(tolerance),
	.least = 0, .most = 100000},
    {{ROOT(resend), "yes or no", "no"}, CONFIG_SWITCH, AT_ROOT(resend)},
    {{ROOT(test_clock), "yes or no", "no"}, CONFIG_SWITCH, AT_ROOT(test_clock)},

    {{COMPANY(domains), "mail domains: example.com", NULL}, CONFIG_LIST, AT_COMPANY(domains),
	.check = value_is_domain, .required = true, .lower_case = true},
    {{COMPANY(senders), AN_ADDRESS, NULL}, CONFIG_LIST, AT_COMPANY(senders), .check = value_is_address,
	.required = true, .lower_case = true},
    {{COMPANY(mailboxes), AN_ADDRESS, "the senders"}, CONFIG_LIST, AT_COMPANY(mailboxes),
	.check = value_is_address, .lower_case = true},
    {{COMPANY(controllers), AN_ADDRESS, "{}"}, CONFIG_LIST, AT_COMPANY(controllers),
	.check = value_is_address, .lower_case = true},
    {{COMPANY(from), "a mailbox: Anne Le Goff <billing@example.com>",
	 "the company's name and its first sender"},
	CONFIG_TEXT, AT_COMPANY(from), .check = value_is_mailbox},
    {{COMPANY(language), "fr, en, de, es, it or nl", NULL}, CONFIG_TEXT, AT_COMPANY(language),
	.choices = language_words, .required = true},
    {{COMPANY(country), "a country by ISO 3166: FR", "that of the language; en: GB"}, CONFIG_TEXT,
	AT_COMPANY(country), .check = value_is_country},
    {{COMPANY(region), "a subdivision by ISO 3166-2: DE-BY, or nothing", ""}, CONFIG_TEXT, AT_COMPANY(region),
	.check = value_is_region},
    {{COMPANY(currency), "a currency by ISO 4217: EUR", "that of the country; else EUR"}, CONFIG_TEXT,
	AT_COMPANY(currency), .check = value_is_currency},
    {{COMPANY(ladder), "the name of a ladder", "business"}, CONFIG_TEXT, AT_COMPANY(ladder),
	.check = value_is_text},
    {{COMPANY(address), "a postal address, lines separated by \\n", ""}, CONFIG_TEXT, AT_COMPANY(address),
	.check = value_is_lines},
    {{COMPANY(legal_id), "a number of a public register (SIREN, SIRET, HRB, ...)", ""}, CONFIG_TEXT,
	AT_COMPANY(legal_id), .check = value_is_text_or_empty},
    {{COMPANY(vat_id), "a VAT number", ""}, CONFIG_TEXT, AT_COMPANY(vat_id), .check = value_is_text_or_empty},
    {{COMPANY(phone), "a telephone number", ""}, CONFIG_TEXT, AT_COMPANY(phone),
	.check = value_is_text_or_empty},
    {{COMPANY(closing_days), "days and ranges, without the year for every year: 2026-12-24, 08-01..08-21",
	 "{}"},
	CONFIG_LIST, AT_COMPANY(closing_days), .check = closing_days_is_valid},
    {{COMPANY(iban), "account numbers (IBAN)", "{}"}, CONFIG_LIST, AT_COMPANY(iban), .check = value_is_iban},
    {{COMPANY(bic), "8 or 11 capital letters and digits (BIC), or nothing", ""}, CONFIG_TEXT, AT_COMPANY(bic),
	.check = value_is_bic},
    {{COMPANY(creditor_reference), "yes or no", "no"}, CONFIG_SWITCH, AT_COMPANY(creditor_reference)},
    {{COMPANY(digest), "a time of day, or off: 07:30", "07:30"}, CONFIG_TEXT, AT_COMPANY(digest),
	.check = value_is_time_or_off},
    {{COMPANY(resend), "yes or no", "that of the installation"}, CONFIG_SWITCH, AT_COMPANY(resend)},
    {{COMPANY(confirm_payments), "yes or no", "no"}, CONFIG_SWITCH, AT_COMPANY(confirm_payments)},
    {{COMPANY(confirm_instalments), "yes or no", "no"}, CONFIG_SWITCH, AT_COMPANY(confirm_instalments)},
    {{COMPANY(interest_rate), "percent up to 100: 12 or 12.5; 0: the law's", "0"}, CONFIG_AMOUNT,
	AT_COMPANY(interest_rate), .least = 0, .most = 100 * 1000},

    {{EFFECT(action), "note, hold, promise, dispute, stop or address", SHIPPED}, CONFIG_CHOICE,
	AT_EFFECT(action), .choices = answer_words},
    {{EFFECT(days), SOME_DAYS, SHIPPED}, CONFIG_DAYS, AT_EFFECT(days), .least = 0, .most = 90},
    {{EFFECT(most), "days from 1 to 400: 30d", SHIPPED}, CONFIG_DAYS, AT_EFFECT(most), .least = 1,
	.most = 400},
    {{EFFECT(task),
	 "none, review, dispute, request, delay, address, bank_data, insolvency, legal, call or approve",
	 SHIPPED},
	CONFIG_TEXT, AT_EFFECT(task), .choices = task_words},
    {{EFFECT(task_days), SOME_DAYS, SHIPPED}, CONFIG_DAYS, AT_EFFECT(task_days), .least = 0, .most = 90},
    {{EFFECT(contact), "ignore, propose or adopt", SHIPPED}, CONFIG_CHOICE, AT_EFFECT(contact),
	.choices = contact_words},

    {{STEP(anchor), "due, previous, end-of-month or promise", "previous; of the first step: due"},
	CONFIG_CHOICE, AT_STEP(anchor), .choices = anchor_words},
    {{STEP(offset), "calendar or business days from -90 to 400: 7d, 5bd", NULL}, CONFIG_OFFSET,
	AT_STEP(offset), .least = -90, .most = 400, .required = true},
    {{STEP(channel), "mail, letter, call or task", "mail"}, CONFIG_CHOICE, AT_STEP(channel),
	.choices = channel_words},
    {{STEP(template), "a template's name: small letters, digits and hyphens", "the step's name"}, CONFIG_TEXT,
	AT_STEP(template), .check = value_is_name},
    {{STEP(approval), "yes or no", "no"}, CONFIG_SWITCH, AT_STEP(approval)},
    {{STEP(term), "days from 2 to 90: 8d", "8d"}, CONFIG_DAYS, AT_STEP(term), .least = 2, .most = 90},
    {{STEP(kinds), "business, public or consumer", "{}"}, CONFIG_LIST, AT_STEP(kinds),
	.check = value_is_kind},
    {{STEP(languages), "fr, en, de, es, it or nl", "{}"}, CONFIG_LIST, AT_STEP(languages),
	.check = value_is_language},
    {{STEP(minimum), "an amount: 100 or 99.50", "0"}, CONFIG_AMOUNT, AT_STEP(minimum), .least = 0,
	.most = INT64_MAX},
    {{STEP(maximum), "an amount: 100 or 99.50; 0: none", "0"}, CONFIG_AMOUNT, AT_STEP(maximum), .least = 0,
	.most = INT64_MAX},
};

const size_t config_table_count = ARRAY_LENGTH(config_table);

const struct config_key_info *config_keys(size_t *count)
{
	static struct config_key_info infos[ARRAY_LENGTH(config_table)];
	for (size_t i = 0; i < ARRAY_LENGTH(config_table); i++)
		infos[i] = config_table[i].info;
	*count = ARRAY_LENGTH(config_table);
	return infos;
}
