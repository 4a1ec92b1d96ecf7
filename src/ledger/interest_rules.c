/* The rules of the jurisdictions. Rates are in conf/rates.tsv. */
#include "base/base.h"
#include "ledger/interest.h"

#include <strings.h>

#define PERCENT *RATE_ONE_PERCENT

/* C. com. D441-5; directive 2011/7/EU, art. 6; BGB § 288 (5) */
static const struct compensation_band forty_euros[] = {{INT64_MAX, 4000}};
/* Late Payment of Commercial Debts (Interest) Act 1998, s. 5A */
static const struct compensation_band uk_bands[] = {{100000, 4000}, {1000000, 7000}, {INT64_MAX, 10000}};
/* S.I. 580/2012, reg. 9: up to and including 1,000 and 10,000 euros */
static const struct compensation_band ie_bands[] = {{100001, 4000}, {1000001, 7000}, {INT64_MAX, 10000}};

static const struct interest_rule rules[] = {
    {"fr-business", "ecb-mro", 10 PERCENT, 0, INTEREST_BY_HALF_YEAR, INTEREST_FROM_DUE, "fr-legal-other", 3,
	"EUR", forty_euros, "C. com. L441-10 II, D441-5"},
    {"fr-public", "ecb-mro", 8 PERCENT, 0, INTEREST_OF_START, INTEREST_FROM_DUE, NULL, 0, "EUR", forty_euros,
	"CCP L2192-13, R2192-31, D2192-35"},
    {"fr-consumer", "fr-legal-other", 0, 0, INTEREST_BY_HALF_YEAR, INTEREST_FROM_NOTICE, NULL, 0, "", NULL,
	"C. civ. 1231-6, 1344-1; CMF L313-2"},
    {"eu-business", "ecb-mro", 8 PERCENT, 0, INTEREST_BY_HALF_YEAR, INTEREST_FROM_DUE, NULL, 0, "EUR",
	forty_euros, "directive 2011/7/EU, art. 2, 3, 6"},
    {"be-business", "ecb-mro", 8 PERCENT, 500, INTEREST_BY_HALF_YEAR, INTEREST_FROM_DUE, NULL, 0, "EUR",
	forty_euros, "loi du 2 août 2002, art. 5, 6"},
    {"de-business", "de-base", 9 PERCENT, 0, INTEREST_BY_HALF_YEAR, INTEREST_FROM_DUE, NULL, 0, "EUR",
	forty_euros, "BGB § 288 (2), (5)"},
    {"de-consumer", "de-base", 5 PERCENT, 0, INTEREST_BY_HALF_YEAR, INTEREST_FROM_NOTICE, NULL, 0, "", NULL,
	"BGB § 288 (1), § 286"},
    {"uk-business", "boe-base", 8 PERCENT, 0, INTEREST_OF_START, INTEREST_FROM_DUE, NULL, 0, "GBP", uk_bands,
	"Late Payment of Commercial Debts (Interest) Act 1998"},
    {"ie-business", "ecb-mro", 8 PERCENT, 0, INTEREST_OF_END, INTEREST_FROM_DUE, NULL, 0, "EUR", ie_bands,
	"S.I. 580/2012"},
};

static const struct {
	const char *country, *kind, *rule;
} jurisdictions[] = {
    {"FR", "business", "fr-business"},
    {"FR", "public", "fr-public"},
    {"FR", "consumer", "fr-consumer"},
    {"BE", "business", "be-business"},
    {"BE", "public", "be-business"},
    {"DE", "business", "de-business"},
    {"DE", "public", "de-business"},
    {"DE", "consumer", "de-consumer"},
    {"GB", "business", "uk-business"},
    {"GB", "public", "uk-business"},
    {"IE", "business", "ie-business"},
    {"IE", "public", "ie-business"},
    {"ES", "business", "eu-business"},
    {"ES", "public", "eu-business"},
    {"IT", "business", "eu-business"},
    {"IT", "public", "eu-business"},
    {"LU", "business", "eu-business"},
    {"LU", "public", "eu-business"},
    {"NL", "business", "eu-business"},
    {"NL", "public", "eu-business"},
    {"PT", "business", "eu-business"},
    {"PT", "public", "eu-business"},
};

const struct interest_rule *interest_rule_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(rules); i++)
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	return NULL;
}

const struct interest_rule *interest_rule_for(const char *country, const char *kind)
{
	for (size_t i = 0; i < ARRAY_LENGTH(jurisdictions); i++)
		if (strcasecmp(jurisdictions[i].country, country) == 0 &&
		    strcmp(jurisdictions[i].kind, kind) == 0)
			return interest_rule_find(jurisdictions[i].rule);
	return NULL;
}
