#include "train-confidence.h"

#include <math.h>

#define PARTS	     5
#define HONEST_LEAST 300
#define FLATTERY     4 /* thousandths by which what the lexicons were written with looks more often right */

static int sum_signs(const double weights[MODEL_SIGNS + 1], const int signs[MODEL_SIGNS])
{
	int sum = (int)lround(weights[MODEL_SIGNS] * MODEL_SCALE);
	for (size_t i = 0; i < MODEL_SIGNS; i++)
		sum += (int)lround(weights[i] * MODEL_SCALE) * signs[i] / MODEL_SCALE;
	return sum;
}

/* Learns from all outcomes but those of one part which signs go with right answers. */
static void learn_signs(const GArray *outcomes, double weights[MODEL_SIGNS + 1], guint without, guint parts)
{
	memset(weights, 0, (MODEL_SIGNS + 1) * sizeof(double));
	for (int round = 0; round < 400; round++) {
		double slopes[MODEL_SIGNS + 1] = {0};
		for (guint k = 0; k < outcomes->len; k++) {
			const struct outcome *outcome = &g_array_index(outcomes, struct outcome, k);
			if (k % parts == without)
				continue;
			double sum = weights[MODEL_SIGNS];
			for (size_t i = 0; i < MODEL_SIGNS; i++)
				sum += weights[i] * outcome->signs[i] / MODEL_SCALE;
			double slope = 1 / (1 + exp(-sum)) - outcome->right;
			for (size_t i = 0; i < MODEL_SIGNS; i++)
				slopes[i] += slope * outcome->signs[i] / MODEL_SCALE;
			slopes[MODEL_SIGNS] += slope;
		}
		for (size_t i = 0; i <= MODEL_SIGNS; i++)
			weights[i] -= 4.0 * (slopes[i] / outcomes->len + 0.002 * weights[i]);
	}
}

static gint by_raw(gconstpointer a, gconstpointer b)
{
	return ((const struct outcome *)a)->raw - ((const struct outcome *)b)->raw;
}

void confidence_learn(GArray *outcomes, double signs[MODEL_SIGNS + 1])
{
	for (guint part = 0; part < PARTS; part++) {
		learn_signs(outcomes, signs, part, PARTS);
		for (guint k = part; k < outcomes->len; k += PARTS) {
			struct outcome *outcome = &g_array_index(outcomes, struct outcome, k);
			outcome->raw = sum_signs(signs, outcome->signs);
		}
	}
	learn_signs(outcomes, signs, PARTS, PARTS);
	g_array_sort(outcomes, by_raw);
}

/*
 * The chance of each outcome, from the line through all of them (Newton's way to the likeliest): a single
 * mistake among the surest says little, and would move the border of what is sure by many answers.
 */
static void smooth(GArray *outcomes)
{
	double base = 0, slope = 1;
	for (int round = 0; round < 50; round++) {
		double pull[2] = {0}, bend[3] = {1e-6, 0, 1e-6};
		for (guint i = 0; i < outcomes->len; i++) {
			struct outcome *outcome = &g_array_index(outcomes, struct outcome, i);
			double at = (double)outcome->raw / MODEL_SCALE;
			outcome->chance = 1 / (1 + exp(-base - slope * at));
			double off = outcome->chance - outcome->right;
			double weight = outcome->chance * (1 - outcome->chance);
			pull[0] += off;
			pull[1] += off * at;
			bend[0] += weight;
			bend[1] += weight * at;
			bend[2] += weight * at * at;
		}
		double area = bend[0] * bend[2] - bend[1] * bend[1];
		base -= (bend[2] * pull[0] - bend[1] * pull[1]) / area;
		slope -= (bend[0] * pull[1] - bend[1] * pull[0]) / area;
	}
}

/* The lowest raw value from which on up at least SHARE thousandths can be expected to be right. */
static int raw_for(const GArray *outcomes, unsigned share, double *decided)
{
	guint count = 0, best = 0;
	double right = 0;
	int raw = 100000;
	for (guint i = outcomes->len; i-- > 0;) {
		const struct outcome *outcome = &g_array_index(outcomes, struct outcome, i);
		count++;
		right += outcome->chance;
		if (1000 * right >= share * count && count >= 20) {
			best = count;
			raw = outcome->raw;
		}
	}
	*decided = 100.0 * best / outcomes->len;
	return raw;
}

/*
 * From log odds to thousandths. 0.80 means that it may be acted on, for 97 % of all that is at least as sure
 * are right: it is put where a little more than that was, as the next writer is not like those before. What
 * is below goes to a person and is spread evenly.
 */
static void calibrate(const GArray *outcomes, unsigned more, FILE *file)
{
	static const struct {
		unsigned share;
		int confidence;
	} marks[] = {{850, 500}, {900, 600}, {940, 700}, {976, 800}, {988, 900}};
	double decided;
	fprintf(file, "calibration %d 100\n", g_array_index(outcomes, struct outcome, 0).raw);
	int last = g_array_index(outcomes, struct outcome, 0).raw;
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		int raw = raw_for(outcomes, marks[i].share + more, &decided);
		if (raw > last && raw < 100000) {
			fprintf(file, "calibration %d %d\n", raw - 1, marks[i].confidence - 1);
			fprintf(file, "calibration %d %d\n", raw, marks[i].confidence);
			last = raw;
		}
	}
	fprintf(file, "calibration %d 990\n", last + 6 * MODEL_SCALE);
}

/*
 * The outcomes that say how sure a choice is: where there are enough, those of examples that the lexicons
 * were not written with. On the others the rules are right more often than a user will see.
 */
static GArray *honest_outcomes(const GArray *outcomes, bool *is_honest)
{
	GArray *honest = g_array_new(FALSE, FALSE, sizeof(struct outcome));
	for (guint i = 0; i < outcomes->len; i++)
		if (g_array_index(outcomes, struct outcome, i).held_out)
			g_array_append_val(honest, g_array_index(outcomes, struct outcome, i));
	*is_honest = honest->len >= HONEST_LEAST;
	if (!*is_honest) {
		g_array_set_size(honest, 0);
		g_array_append_vals(honest, outcomes->data, outcomes->len);
	}
	smooth(honest);
	return honest;
}

static void print_decided(GArray *outcomes)
{
	double decided;
	guint sure = 0, right = 0;
	smooth(outcomes);
	int raw = raw_for(outcomes, 970, &decided);
	for (guint i = 0; i < outcomes->len; i++) {
		const struct outcome *outcome = &g_array_index(outcomes, struct outcome, i);
		sure += outcome->raw >= raw;
		right += outcome->raw >= raw && outcome->right;
	}
	printf("97 %% expected right among the surest %.1f %%, %.1f %% were\n", decided,
	    100.0 * right / MAX(sure, 1));
}

void confidence_print(GArray *outcomes)
{
	bool is_honest;
	GArray *honest = honest_outcomes(outcomes, &is_honest);
	if (is_honest)
		printf("held out from the lexicons: ");
	print_decided(honest);
	g_array_free(honest, TRUE);
	print_decided(outcomes);
}

void confidence_write(const GArray *outcomes, const double signs[MODEL_SIGNS + 1], FILE *file)
{
	fprintf(file, "signs");
	for (size_t i = 0; i <= MODEL_SIGNS; i++)
		fprintf(file, " %d", (int)lround(signs[i] * MODEL_SCALE));
	fprintf(file, "\n");
	bool is_honest;
	GArray *honest = honest_outcomes(outcomes, &is_honest);
	calibrate(honest, is_honest ? 0 : FLATTERY, file);
	g_array_free(honest, TRUE);
}
