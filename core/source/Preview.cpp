// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Preview.h"

#include "core/source/ByteReader.h"
#include "core/source/DateSurvey.h"
#include "core/source/DelimitedLine.h"
#include "core/source/MappingCheck.h"
#include "core/source/RecordParser.h"
#include "core/source/TextEncoding.h"

#include <map>
#include <set>

namespace meteorograph {

namespace {

/// Enough for any header and the range that values take, little enough to answer while one types.
constexpr std::size_t kSampleBytes = 1 << 20;
constexpr std::size_t kRows = 50;
/// Of a record's text; a line longer than this is not read by eye.
constexpr std::size_t kRowText = 4096;
constexpr auto npos = std::string_view::npos;

struct Sample {
  std::string bytes; ///< kChunkPadding bytes follow the text
  std::string_view text() const { return std::string_view(bytes).substr(0, bytes.size() - kChunkPadding); }
  bool final = true; ///< nothing is cut off that belongs to the last record
  std::int64_t file_bytes = 0;
  std::string refusal; ///< why it is certainly no sensor data
};

Result<Sample> readSample(const std::string &path) {
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<FileIdentity> identity = (*reader)->identity();
  if (!identity)
    return tl::unexpected(identity.error());
  std::string bytes(kSampleBytes + 1, '\0');
  std::size_t filled = 0;
  for (;;) { // a container hands out less than it is asked for
    const Result<std::size_t> got = (*reader)->read(bytes.data() + filled, bytes.size() - filled);
    if (!got && filled == 0)
      return tl::unexpected(got.error());
    if (!got || *got == 0)
      break;
    filled += *got;
  }
  Sample sample;
  if (filled > kSampleBytes) {
    const std::size_t newline = bytes.rfind('\n');
    sample.final = newline != npos;
    filled = sample.final ? newline + 1 : kSampleBytes;
  }
  bytes.resize(filled);
  bytes.append(kChunkPadding, '\0');
  sample.bytes = std::move(bytes);
  sample.refusal = (*reader)->refusal();
  sample.file_bytes = identity->size;
  return sample;
}

std::string_view lineAt(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at, text.find('\n', at) - at);
  while (line.ends_with('\r'))
    line.remove_suffix(1);
  return line;
}

std::string shown(std::string_view text) { return toUtf8(text.substr(0, kRowText)); }

std::vector<std::string> cellsOf(std::string_view line, char delimiter) {
  DelimitedLine splitter;
  std::vector<std::string> cells;
  if (splitter.split(line, delimiter))
    for (const std::string_view value : splitter.values())
      cells.push_back(shown(value));
  return cells;
}

/// The lines of a table: each is a record, also those that are skipped.
void listLines(MappingPreview &preview, std::string_view text, char delimiter) {
  std::set<std::int64_t> accepted;
  std::map<std::int64_t, std::string_view> rejected;
  for (const ReadingRow &row : preview.batch.rows)
    accepted.insert(row.line);
  for (const Reject &reject : preview.batch.rejects)
    rejected.emplace(reject.line, reject.reason);
  std::int64_t number = 1;
  for (std::size_t at = text.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0;
       at < text.size() && preview.rows.size() < kRows; ++number) {
    const std::string_view line = lineAt(text, at);
    PreviewRow row;
    row.line = number;
    row.text = shown(line);
    row.cells = cellsOf(line, delimiter);
    const auto reject = rejected.find(number);
    row.outcome = reject != rejected.end()    ? PreviewRow::Outcome::Quarantined
                  : accepted.contains(number) ? PreviewRow::Outcome::Accepted
                                              : PreviewRow::Outcome::Skipped;
    if (reject != rejected.end())
      row.reason = reject->second;
    preview.rows.push_back(std::move(row));
    const std::size_t newline = text.find('\n', at);
    at = newline == npos ? text.size() : newline + 1;
  }
}

/// Records that may lie anywhere, by where they begin; one that became several readings counts once.
void listRecords(MappingPreview &preview, std::string_view text) {
  std::map<std::int64_t, PreviewRow> found;
  for (const ReadingRow &row : preview.batch.rows) {
    if (found.contains(row.offset))
      continue;
    if (found.size() >= kRows && row.offset > found.rbegin()->first)
      break;
    PreviewRow &record = found[row.offset];
    record.line = row.line;
    record.text = shown(lineAt(text, static_cast<std::size_t>(row.offset)));
  }
  for (const Reject &reject : preview.batch.rejects)
    found[reject.offset] = {
        reject.line, PreviewRow::Outcome::Quarantined, shown(reject.text), reject.reason, {}};
  for (auto &[offset, row] : found)
    if (preview.rows.size() < kRows)
      preview.rows.push_back(std::move(row));
}

void parse(MappingPreview &preview, const Sample &sample, RecordParser &parser, const Mapping &mapping) {
  const std::string_view text = sample.text();
  const Consumed consumed = parser.parse({text, 0, 1, false}, preview.batch);
  if (sample.final && consumed.bytes < text.size())
    parser.parse(
        {text.substr(consumed.bytes), static_cast<std::int64_t>(consumed.bytes), 1 + consumed.lines, true},
        preview.batch);
  preview.inference = parser.inference();
  preview.counts = preview.batch.counts;
  const char delimiter =
      preview.inference.mapping.delimiter != '\0' ? preview.inference.mapping.delimiter : mapping.delimiter;
  if (delimiter != '\0')
    listLines(preview, text, delimiter);
  else
    listRecords(preview, text);
}

/// Dates that can be read in two ways mean what the whole file says.
void surveyIfNeeded(FileContext &context, Recognition::Kind kind, std::string_view text) {
  const std::unique_ptr<RecordParser> scout = makeParser(kind, context);
  Batch batch;
  if (scout)
    scout->parse({text, 0, 1, true}, batch);
  if (scout && scout->wantsOtherDates())
    context.dates = surveyFile(context, kind, true, nullptr);
}

/// What could not be recognised, so that its user sees what to say about it.
void listUnrecognised(MappingPreview &preview, std::string_view text, const std::string &reason) {
  listLines(preview, text, '\0');
  for (PreviewRow &row : preview.rows) {
    row.cells.clear();
    row.outcome = PreviewRow::Outcome::Quarantined;
    row.reason = reason;
  }
  preview.inference.format = "not recognised";
}

} // namespace

Result<MappingPreview> previewMapping(const std::string &path, const Mapping &mapping) {
  if (const Result<void> good = checkMapping(mapping); !good)
    return tl::unexpected(good.error());
  const Result<Sample> sample = readSample(path);
  if (!sample)
    return tl::unexpected(sample.error());
  if (!sample->refusal.empty())
    return fail(ErrorCode::Unreadable, path + ": " + sample->refusal);
  const std::string_view text = sample->text();
  FileContext context{path, deviceFromPath(path), mapping};
  const Recognition recognition = recogniseFormat(text, true, mapping);
  surveyIfNeeded(context, recognition.kind, text);
  MappingPreview preview;
  preview.file_bytes = sample->file_bytes;
  preview.sample_bytes = static_cast<std::int64_t>(text.size());
  if (const std::unique_ptr<RecordParser> parser = makeParser(recognition.kind, context))
    parse(preview, *sample, *parser, mapping);
  else if (recognition.kind == Recognition::Kind::NotText && text.find('\0') != npos)
    return fail(ErrorCode::Unreadable, path + ": " + recognition.reason);
  else
    listUnrecognised(preview, text, recognition.reason);
  return preview;
}

} // namespace meteorograph
