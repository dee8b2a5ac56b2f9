/*
 * Spatial dropout for any language: a plan of MLNet.SpatialDropout as a C library.
 *
 * A plan is options compiled for one row length. It draws the mask of a row from (seed, key of the row, copy) and applies it.
 * The same three give the same mask in every process, on every machine, and in ML.NET. docs/masks.md defines masks to the bit.
 *
 *     sd_plan *plan;
 *     if (sd_plan_create("{ \"Channels\": 6, \"Rate\": 0.3, \"Seed\": 7 }", 128 * 6, &plan) != SD_OK)
 *         fprintf(stderr, "%s\n", sd_last_error());
 *     sd_keys_from_int64(sessions, rows, keys);
 *     sd_apply_f32(plan, keys, rows, values, values);     in place
 *     sd_plan_free(plan);
 *
 * Errors      Every function that can fail returns a status. If it is not SD_OK, sd_last_error() says why. A call that is
 *             refused (SD_INVALID_ARGUMENT) has written nothing, unless its description says so.
 * Memory      The caller owns all arrays, and the library keeps no pointer to them. The caller frees plans by sd_plan_free. The
 *             library owns the texts that it returns.
 * Arrays      Rows lie one after the other, each of sd_plan_length elements, aligned as their type. Arrays do not overlap, except
 *             where source and destination may be the same. An array of no elements may be NULL.
 * Threads     All functions may be called from any thread at any time, also with the same plan. The library starts no work on
 *             threads of its own.
 * Processes   Once a process has called the library, a child that it forks must not, unless it calls exec first. A loaded library
 *             cannot be unloaded.
 */
#ifndef SPATIAL_DROPOUT_H
#define SPATIAL_DROPOUT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What became of a call. */
typedef int32_t sd_status;

enum {
    SD_OK = 0,
    /* An argument or an option is wrong. sd_last_error() names it, its value and what is allowed. */
    SD_INVALID_ARGUMENT = 1,
    /* There was not enough memory. What was to be written is undefined. */
    SD_OUT_OF_MEMORY = 2,
    /* A defect of the library. What was to be written is undefined. Please report sd_last_error(). */
    SD_INTERNAL_ERROR = 3
};

/* A plan. Immutable. A pointer that is no plan, or no longer one, is refused. */
typedef struct sd_plan sd_plan;

/* What names the mask of a row: 24 bytes. */
typedef struct sd_key {
    uint64_t low;
    uint64_t high;
    /* Which dropped-out copy of the row, counted from 0. */
    uint32_t copy;
    /* Not read. The functions that make keys set it to 0. */
    uint32_t reserved;
} sd_key;

/* The version of the library, such as "0.1.0", in ASCII. Valid forever. NULL if there was no memory for it. */
const char *sd_version(void);

/*
 * Why the last call of this thread that failed did so, in UTF-8. Empty if none has failed. Valid until the thread's next call
 * that fails, or its end. Calls that succeed leave it alone. A text of more than 2000 characters is cut.
 */
const char *sd_last_error(void);

/*
 * Compiles options for rows of one length.
 *
 * options_json  One JSON object in UTF-8, which ends with a zero byte: the options of a row by their names in .NET.
 *               System.Text.Json writes the same for a DropoutOptions.
 *
 *                   option              form                                                   default
 *                   "Channels"          integer, or null                                       null
 *                   "Groups"            array of integers, or null                             null
 *                   "Layout"            "ChannelsLast" or "ChannelsFirst"                      "ChannelsLast"
 *                   "Shape"             array of integers, or null                             null
 *                   "NoiseShape"        array of integers, or null                             null
 *                   "PerElement"        true or false                                          false
 *                   "SharedAcrossRows"  true or false                                          false
 *                   "Rate"              number, or null                                        null, which means 0.3
 *                   "Rates"             array of numbers, or null                              null
 *                   "DroppedChannels"   { "Min": integer, "Max": integer }, or null            null
 *                   "LostChannels"      array of integers, or null                             null
 *                   "MinKept"           integer                                                0
 *                   "RowProbability"    number                                                 1
 *                   "OutageSteps"       { "Min": integer, "Max": integer }, or null            null
 *                   "Scaling"           "None" or "Inverted"                                   "None"
 *                   "Fill"              number, or text: "Zero", "Missing", "LastValue",       "Zero"
 *                                       "-40", "PerChannel(0, -40, 999)", "OneOf(Zero, Missing)"
 *                   "Seed"              integer; required                                      null, which is refused
 *
 *               docs/options.md says what they mean. Names are case-sensitive. Unknown names are refused, so are the options of a
 *               stage or view (such as "Copies") and the fill "ChannelMean", because a plan has no data to learn it from.
 * length        The number of elements of a row, from 1 to 2147483647.
 * plan          Receives the plan, or NULL if the call fails.
 */
sd_status sd_plan_create(const char *options_json, int64_t length, sd_plan **plan);

/*
 * Frees a plan. NULL is allowed. Calls of other threads that are still using the plan end as if it were there. Whoever uses it
 * later is refused.
 */
sd_status sd_plan_free(sd_plan *plan);

/* The number of elements of a row. */
sd_status sd_plan_length(const sd_plan *plan, int64_t *length);

/* The number of elements of a mask: one for each channel, group, or element of the noise shape. */
sd_status sd_plan_mask_length(const sd_plan *plan, int64_t *mask_length);

/*
 * The keys of rows that are known by number: row i has the key (first + i, 0), modulo 2^64. These are the masks of most ML.NET
 * sources without a mask key column. A partition must know the number of its first row.
 */
sd_status sd_keys_from_row_numbers(uint64_t first, int64_t rows, sd_key *keys);

/*
 * The keys of rows that are known by an integer, one for each row: those of a mask key column of integers, booleans (0 or 1) or
 * ML.NET's keys. For unsigned integers above INT64_MAX, pass the same 64 bits.
 */
sd_status sd_keys_from_int64(const int64_t *values, int64_t rows, sd_key *keys);

/*
 * The keys of rows that are known by a text: those of a mask key column of text. The layout is that of Arrow's String:
 *
 * data     The texts in UTF-8, one after the other. May be NULL if all are empty.
 * offsets  rows + 1 offsets into data, none below the one before it: row i has the bytes offsets[i] to offsets[i + 1] - 1. For a
 *          slice, pass the address of its first offset. If rows is 0, they are not read.
 *
 * A missing text has the key of the empty text, as in ML.NET. A text that is not UTF-8 is refused, and so are bad offsets; then
 * keys is undefined.
 */
sd_status sd_keys_from_utf8(const uint8_t *data, const int32_t *offsets, int64_t rows, sd_key *keys);

/* The same for the layout of Arrow's LargeString. No text is longer than 2147483647 bytes. */
sd_status sd_keys_from_utf8_large(const uint8_t *data, const int64_t *offsets, int64_t rows, sd_key *keys);

/*
 * Draws the masks of rows.
 *
 * keys  One for each row.
 * keep  Receives rows x sd_plan_mask_length bytes: 1 for what is kept, 0 for what drops.
 */
sd_status sd_draw_masks(const sd_plan *plan, const sd_key *keys, int64_t rows, uint8_t *keep);

/*
 * Drops out rows.
 *
 * keys         One for each row.
 * source       The rows.
 * destination  Receives as many elements. It is the same memory as source, or does not overlap it.
 *
 * A constant fill that no float can hold is refused by sd_apply_f32 and sd_expand_f32.
 */
sd_status sd_apply_f32(const sd_plan *plan, const sd_key *keys, int64_t rows, const float *source, float *destination);
sd_status sd_apply_f64(const sd_plan *plan, const sd_key *keys, int64_t rows, const double *source, double *destination);

/*
 * Writes dropped-out copies of each row, after the row itself if asked. It is what a stage or view of ML.NET does with the
 * options Copies, KeepOriginal and MaskKeyColumnName.
 *
 * keys           One for each row. Copy n of a row has the number copy + n (modulo 2^32) of its key. Leave copy at 0 as a rule.
 * copies         How many, at least 1.
 * keep_original  Whether the row itself comes first, unchanged: 0 or 1.
 * source         The rows.
 * destination    Receives rows x (copies + keep_original) rows. It does not overlap source.
 */
sd_status sd_expand_f32(const sd_plan *plan, const sd_key *keys, int64_t rows, int64_t copies, int32_t keep_original,
                        const float *source, float *destination);
sd_status sd_expand_f64(const sd_plan *plan, const sd_key *keys, int64_t rows, int64_t copies, int32_t keep_original,
                        const double *source, double *destination);

#ifdef __cplusplus
}
#endif

#endif
