/*
 * Every function of the library, as C calls them. LibraryTests compiles it with all warnings as errors, runs it and checks what
 * it prints. With the argument "memory" it asks for more memory than it is given.
 */
#include "spatial_dropout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 3
#define LENGTH 12
#define COPIES 2

static int failures = 0;

static void check(sd_status status, const char *call)
{
    if (status != SD_OK) {
        printf("%s: %d, %s\n", call, (int)status, sd_last_error());
        failures++;
    }
}

#define CHECK(call) check(call, #call)

/* docs/scale-out.md has this function: each session has a mask. */
/* snippet */
static int drop_out(const int64_t *sessions, int64_t rows, float *values, sd_key *keys)
{
    sd_plan *plan;
    if (sd_plan_create("{ \"Channels\": 6, \"Rate\": 0.3, \"Seed\": 7 }", 128 * 6, &plan) != SD_OK
        || sd_keys_from_int64(sessions, rows, keys) != SD_OK
        || sd_apply_f32(plan, keys, rows, values, values) != SD_OK) {
        fprintf(stderr, "%s\n", sd_last_error());
        return 1;
    }
    return sd_plan_free(plan);
}
/* end */

static int exhaust_memory(void)
{
    const size_t size = 300u << 20;
    sd_plan *plan;
    sd_status status;
    char *json = malloc(size + 1);
    if (json == NULL)
        return 2;
    memset(json, 'x', size);
    memcpy(json, "{\"Fill\":\"", 9);
    memcpy(json + size - 2, "\"}", 3);
    status = sd_plan_create(json, LENGTH, &plan);
    printf("%d %s\n", (int)status, sd_last_error());
    free(json);

    /* The process lives, and so does the library. */
    CHECK(sd_plan_create("{ \"Channels\": 6, \"Seed\": 7 }", LENGTH, &plan));
    CHECK(sd_plan_free(plan));
    return failures;
}

int main(int argc, char **argv)
{
    static const uint8_t texts[] = "session 7session 8session 9";
    static const int32_t offsets[ROWS + 1] = {0, 9, 18, 27};
    static const int64_t large_offsets[ROWS + 1] = {0, 9, 18, 27};
    static const int64_t integers[ROWS] = {7, 8, 9};
    static float singles[ROWS * LENGTH], expanded_singles[ROWS * (COPIES + 1) * LENGTH];
    static double doubles[ROWS * LENGTH], expanded_doubles[ROWS * (COPIES + 1) * LENGTH];
    static float series[ROWS * 128 * 6];
    static uint8_t keep[ROWS * 6];
    sd_key keys[ROWS], others[ROWS];
    sd_plan *plan;
    int64_t length, mask_length;
    int i;

    (void)argv;
    if (argc > 1)
        return exhaust_memory();

    printf("version %s\n", sd_version());
    printf("no error yet: '%s'\n", sd_last_error());
    CHECK(sd_plan_create("{ \"Channels\": 6, \"Rate\": 0.5, \"Seed\": 7 }", LENGTH, &plan));
    CHECK(sd_plan_length(plan, &length));
    CHECK(sd_plan_mask_length(plan, &mask_length));
    printf("length %d, mask %d\n", (int)length, (int)mask_length);

    CHECK(sd_keys_from_int64(integers, ROWS, keys));
    CHECK(sd_keys_from_utf8(texts, offsets, ROWS, keys));
    CHECK(sd_keys_from_utf8_large(texts, large_offsets, ROWS, others));
    printf("text keys agree: %d\n", memcmp(keys, others, sizeof keys) == 0);
    CHECK(sd_keys_from_row_numbers(0, ROWS, keys));

    CHECK(sd_draw_masks(plan, keys, ROWS, keep));
    printf("masks ");
    for (i = 0; i < ROWS * 6; i++)
        printf("%d", keep[i]);
    for (i = 0; i < ROWS * LENGTH; i++)
        singles[i] = (float)(doubles[i] = i + 1);
    CHECK(sd_expand_f32(plan, keys, ROWS, COPIES, 1, singles, expanded_singles));
    CHECK(sd_expand_f64(plan, keys, ROWS, COPIES, 1, doubles, expanded_doubles));
    CHECK(sd_apply_f32(plan, keys, ROWS, singles, singles));
    CHECK(sd_apply_f64(plan, keys, ROWS, doubles, doubles));
    printf("\nrows");
    for (i = 0; i < ROWS * LENGTH; i++)
        printf(" %g", singles[i] == doubles[i] ? doubles[i] : -1);
    printf("\nexpanded");
    for (i = 0; i < ROWS * (COPIES + 1) * LENGTH; i++)
        printf(" %g", expanded_singles[i] == expanded_doubles[i] ? expanded_doubles[i] : -1);

    for (i = 0; i < ROWS * 128 * 6; i++)
        series[i] = 1;
    failures += drop_out(integers, ROWS, series, keys);
    printf("\nseries ");
    for (i = 0; i < ROWS * 6; i++)
        printf("%g", series[i / 6 * 128 * 6 + i % 6]);

    CHECK(sd_plan_free(plan));
    printf("\nrefused: %d", (int)sd_plan_length(plan, &length));
    printf(", %s\n", sd_last_error());
    return failures;
}
