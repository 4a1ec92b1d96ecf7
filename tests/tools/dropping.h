/* Learning without a share of the features in each step, so that none is leant on alone. */
#ifndef RELANCE_TESTS_DROPPING_H
#define RELANCE_TESTS_DROPPING_H

#include "base/base.h"

#define DROPPED 0.6 /* the share */

struct dropping {
	bool on;
	uint32_t step; /* what is dropped follows from it; 0 to begin with */
};

static inline uint32_t dropping_scatter(uint32_t value)
{
	value ^= value >> 16;
	value *= 0x7feb352du;
	value ^= value >> 15;
	value *= 0x846ca68bu;
	return value ^ value >> 16;
}

static inline void dropping_step(struct dropping *dropping)
{
	dropping->step = dropping_scatter(dropping->step + 1);
}

static inline bool dropping_has(const struct dropping *dropping, uint32_t feature)
{
	return dropping->on &&
	       dropping_scatter(feature * 2654435761u ^ dropping->step) < (uint32_t)(DROPPED * UINT32_MAX);
}

/* What the others count, so that the sum stays what it is without. */
static inline double dropping_scale(const struct dropping *dropping)
{
	return dropping->on ? 1 / (1 - DROPPED) : 1;
}

#endif
