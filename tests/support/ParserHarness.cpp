// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ParserHarness.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <tuple>
#include <utility>

using namespace meteorograph;

namespace {

std::string numberText(double value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// A copy at the end of its own block, so that a sanitizer sees any read behind the padding.
class Padded {
public:
  explicit Padded(std::string_view bytes)
      : m_size(bytes.size()), m_data(new char[bytes.size() + kChunkPadding]) {
    std::copy(bytes.begin(), bytes.end(), m_data.get());
    std::fill_n(m_data.get() + m_size, kChunkPadding, '"'); // must not be looked at
  }
  std::string_view view() const { return {m_data.get(), m_size}; }

private:
  std::size_t m_size;
  std::unique_ptr<char[]> m_data;
};

/// As FileReader does it: where dates can be read in two ways, the whole file is looked through.
FileContext contextOf(const Padded &file, FileContext context) {
  const Recognition::Kind kind = recogniseFormat(file.view(), true, context.mapping).kind;
  const std::unique_ptr<RecordParser> scout = makeParser(kind, context);
  bool first = true;
  if (scout)
    context.dates = surveyDates(*scout, [&](const Consumed &) {
      return std::exchange(first, false) ? std::optional(Chunk{file.view(), 0, 1, true}) : std::nullopt;
    });
  if (context.dates && !context.dates->any())
    context.dates.reset();
  return context;
}

void collect(const Batch &batch, Parsed &parsed) {
  for (std::size_t row = 0; row < batch.rows.size(); ++row) {
    parsed.rows.push_back(describeRow(batch, row));
    parsed.records_with_rows += row == 0 || batch.rows[row].offset != batch.rows[row - 1].offset ? 1 : 0;
  }
  for (const BatchNote &note : batch.notes)
    parsed.notes.push_back(std::to_string(note.line) + " " + note.text);
  for (const Reject &reject : batch.rejects)
    parsed.rejects.push_back(std::to_string(reject.line) + "@" + std::to_string(reject.offset) + " " +
                             reject.reason + ": " + reject.text);
  parsed.counts += batch.counts;
}

std::string firstDifference(const Parsed &a, const Parsed &b) {
  for (const auto &[left, right] :
       {std::pair(&a.rows, &b.rows), std::pair(&a.rejects, &b.rejects), std::pair(&a.notes, &b.notes)})
    for (std::size_t i = 0; i < std::max(left->size(), right->size()); ++i) {
      const std::string l = i < left->size() ? (*left)[i] : "nothing";
      const std::string r = i < right->size() ? (*right)[i] : "nothing";
      if (l != r)
        return "whole: " + l + "\n  cut: " + r;
    }
  if (a.state != b.state)
    return "whole: " + a.state + "\n  cut: " + b.state;
  return "counts or consumed bytes: " + std::to_string(a.consumed) + " and " + std::to_string(b.consumed);
}

} // namespace

bool Parsed::operator==(const Parsed &o) const {
  return std::tie(rows, rejects, notes, records_with_rows, counts, consumed, lines) ==
         std::tie(o.rows, o.rejects, o.notes, o.records_with_rows, o.counts, o.consumed, o.lines);
}

Parsed parseInChunks(std::string_view file, const Cut &cut, const std::function<bool()> &resume,
                     const Mapping &mapping, bool learns) {
  Parsed parsed;
  const FileContext context = contextOf(Padded(file), {"/data/file", "default", mapping, {}, learns});
  std::unique_ptr<RecordParser> parser;
  std::size_t size = 0; // of the part that was not consumed
  for (bool final = false; !final;) {
    size = std::min(size + std::max<std::size_t>(1, cut(file.size() - parsed.consumed - size)),
                    file.size() - parsed.consumed);
    final = parsed.consumed + size == file.size();
    const Padded bytes(file.substr(parsed.consumed, size));
    if (!parser)
      parser = makeParser(recogniseFormat(bytes.view(), final, mapping).kind, context);
    if (!parser)
      continue;
    Batch batch;
    const Consumed consumed = parser->parse(
        {bytes.view(), static_cast<std::int64_t>(parsed.consumed), 1 + parsed.lines, final}, batch);
    collect(batch, parsed);
    parsed.consumed += consumed.bytes;
    parsed.lines += consumed.lines;
    size -= consumed.bytes;
    if (resume && resume())
      parser = resumeParser(parser->state(), context);
  }
  if (parser)
    parsed.state = parser->state();
  return parsed;
}

Parsed parseWhole(std::string_view file, const Mapping &mapping) {
  return parseInChunks(
      file, [](std::size_t left) { return left; }, {}, mapping);
}

std::optional<Parsed> parseFrom(std::string_view state, std::string_view rest) {
  const Padded bytes(rest);
  const auto parser = resumeParser(state, contextOf(bytes, {"/data/file", "default", {}, {}, true}));
  if (!parser)
    return std::nullopt;
  Parsed parsed;
  Batch batch;
  const Consumed consumed = parser->parse({bytes.view(), 0, 1, true}, batch);
  collect(batch, parsed);
  parsed.consumed = consumed.bytes;
  parsed.lines = consumed.lines;
  parsed.state = parser->state();
  return parsed;
}

std::string describeRow(const Batch &batch, std::size_t row) {
  const ReadingRow &r = batch.rows[row];
  std::vector<std::string> values;
  for (std::size_t i = 0; i < batch.quantities().size(); ++i)
    if (!std::isnan(batch.value(row, i)))
      values.push_back(batch.quantities()[i].name + "[" + batch.quantities()[i].unit +
                       "]=" + numberText(batch.value(row, i)));
  std::sort(values.begin(), values.end());
  std::string text = formatIsoTime(r.event_time_us) + "|" +
                     (r.received_time_us == kNoTime ? "-" : formatIsoTime(r.received_time_us)) + "|" +
                     batch.devices[static_cast<std::size_t>(r.device)] + "|" +
                     (r.message_id == kNoMessageId ? "-" : std::to_string(r.message_id)) + "|" +
                     std::to_string(r.line) + "|" + std::to_string(r.offset) + "|" +
                     (r.rescued < 0 ? "-" : batch.rescued[static_cast<std::size_t>(r.rescued)]) + "|";
  for (const std::string &value : values)
    text += value + " ";
  if (r.flags != 0)
    text += "flags=" + std::to_string(r.flags);
  return text;
}

Batch batchOf(std::string_view file, std::string device, const Mapping &mapping) {
  const Padded bytes(file);
  Batch batch;
  const auto parser = makeParser(recogniseFormat(bytes.view(), true, mapping).kind,
                                 contextOf(bytes, {"/data/file", std::move(device), mapping}));
  if (parser)
    parser->parse({bytes.view(), 0, 1, true}, batch);
  return batch;
}

double valueOf(const Batch &batch, std::size_t row, std::string_view quantity) {
  for (std::size_t i = 0; i < batch.quantities().size(); ++i)
    if (batch.quantities()[i].name == quantity)
      return batch.value(row, i);
  return std::numeric_limits<double>::quiet_NaN();
}

bool isAccounted(const Parsed &parsed) {
  const RecordCounts &c = parsed.counts;
  return c.records == c.accepted + c.quarantined + c.skipped &&
         c.quarantined == static_cast<std::int64_t>(parsed.rejects.size()) &&
         c.accepted == parsed.records_with_rows;
}

std::string differenceWhenCut(std::string_view file, int count, unsigned first_seed, const Mapping &mapping) {
  const Parsed whole = parseWhole(file, mapping);
  for (unsigned seed = first_seed; seed < first_seed + static_cast<unsigned>(count); ++seed) {
    std::mt19937 random(seed);
    const std::size_t longest = std::size_t{1} << (random() % 12);
    const Parsed cut = parseInChunks(
        file, [&](std::size_t) { return 1 + random() % longest; }, [&] { return random() % 3 == 0; },
        mapping);
    if (cut != whole)
      return "seed " + std::to_string(seed) + ", " + firstDifference(whole, cut);
  }
  return {};
}

std::string differenceWhenLearning(std::string_view file, int count, unsigned first_seed,
                                   const Mapping &mapping) {
  const auto all = [](std::size_t left) { return left; };
  const Parsed long_way = parseInChunks(file, all, {}, mapping, false);
  const Parsed whole = parseWhole(file, mapping);
  if (whole != long_way || whole.state != long_way.state)
    return "learning, " + firstDifference(long_way, whole);
  return differenceWhenCut(file, count, first_seed, mapping);
}

std::string readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
