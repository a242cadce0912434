// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/RecordParser.h"

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// What came out of a file, as text that can be compared and shown: a line a reading or reject, in the
/// order of the file, independent of how the batches were cut.
struct Parsed {
  std::vector<std::string> rows;
  std::vector<std::string> rejects;
  std::vector<std::string> notes;
  std::int64_t records_with_rows = 0; ///< a record of several devices gives as many rows
  meteorograph::RecordCounts counts;
  std::size_t consumed = 0;
  std::int64_t lines = 0;
  std::string state; ///< the parser's at the end; how a file was cut may show in it, and nowhere else
  bool operator==(const Parsed &other) const;
};

/// How the harness cuts: given the bytes left, how many more to hand in (at least one).
using Cut = std::function<std::size_t(std::size_t)>;

/// Hands a file to a parser as the engine does: what was not consumed comes again with more behind it,
/// the last chunk is final. With `resume`, the parser is replaced by one made of its state() whenever
/// it says so.
/// `learns`: see FileContext.
Parsed parseInChunks(std::string_view file, const Cut &cut, const std::function<bool()> &resume = {},
                     const meteorograph::Mapping &mapping = {}, bool learns = true);
Parsed parseWhole(std::string_view file, const meteorograph::Mapping &mapping = {});
/// The rest of a file, by a parser that is made of the state that one was left in; nothing: by none.
std::optional<Parsed> parseFrom(std::string_view state, std::string_view rest);

/// One row as text: `time|received|device|message|line|offset|rescued|name[unit]=value …`.
std::string describeRow(const meteorograph::Batch &batch, std::size_t row);

/// Everything in one batch, for looking at its values.
meteorograph::Batch batchOf(std::string_view file, std::string device = "default",
                            const meteorograph::Mapping &mapping = {});

/// The values of a row by quantity name; NaN when absent.
double valueOf(const meteorograph::Batch &batch, std::size_t row, std::string_view quantity);

/// records = accepted + quarantined + skipped, and the records with rows and the rejects are those counted.
bool isAccounted(const Parsed &parsed);

/// `count` seeds of cuts and resumptions; an empty text when all gave what the whole file gives, else
/// the seed and the difference.
std::string differenceWhenCut(std::string_view file, int count, unsigned first_seed = 1,
                              const meteorograph::Mapping &mapping = {});

/// Whether a parser that learns from lines how to read others like them gives the same as one that reads
/// each as if it were the first: whole, and cut by `count` seeds; an empty text if so, else the difference.
std::string differenceWhenLearning(std::string_view file, int count = 2, unsigned first_seed = 1,
                                   const meteorograph::Mapping &mapping = {});

/// The file's content, or nothing when it is absent.
std::string readFile(const std::string &path);
