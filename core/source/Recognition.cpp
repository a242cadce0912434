// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DelimitedParser.h"
#include "core/source/JsonParser.h"
#include "core/source/LayoutInference.h"
#include "core/source/LineProtocolParser.h"
#include "core/source/RecordParser.h"
#include "core/source/TextEncoding.h"
#include "core/source/TopicPayloadLine.h"
#include "core/source/TopicPayloadParser.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// So far we look for two lines of content; a longer beginning without them is no sensor data.
constexpr std::size_t kRecognisedBytes = 1 << 20;
constexpr auto npos = std::string_view::npos;

Recognition decided(Recognition::Kind kind) { return {kind, {}}; }
Recognition notText(std::string reason) { return {Recognition::Kind::NotText, std::move(reason)}; }

/// Control characters that no text has. A NUL counts only before the content is recognised.
bool isBinary(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 ? !(byte >= '\t' && byte <= '\r') && byte != 0x1B && byte != 0x1A : byte == 0x7F;
}

/// Whether something that JSON allows in an array follows the bracket; nothing: not known yet.
std::optional<bool> opensArray(std::string_view text) {
  const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
  if (next == npos)
    return std::nullopt;
  return std::string_view("{[\"-0123456789]tfn").find(text[next]) != npos;
}

/// Not UTF-8, and too many high bytes for a Western text.
bool isForeign(std::string_view text) {
  if (isValidUtf8(text))
    return false;
  const auto high =
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
  return static_cast<std::size_t>(high) * 3 > text.size();
}

/// A line that nothing but one format has.
std::optional<Recognition> recogniseLine(std::string_view content) {
  if (content.starts_with('{'))
    return decided(Recognition::Kind::Json);
  if (looksLikeLineProtocol(content))
    return decided(Recognition::Kind::LineProtocol);
  if (looksLikeTopicPayload(content))
    return decided(Recognition::Kind::TopicPayload);
  return std::nullopt;
}

/// The lines one by one, until some decide. A line that is not whole counts only when `final`.
Recognition recogniseLines(std::string_view text, bool final, bool whole) {
  const FieldRoles roles{Mapping{}};
  LayoutInference layout(roles);
  std::size_t found = 0;    // lines with content
  std::size_t messages = 0; // the same, where only `#` begins a comment
  std::size_t end = 0;
  bool enough = false;
  while (!enough && end < text.size()) {
    const std::size_t newline = text.find('\n', end);
    const std::string_view line = text.substr(end, newline == npos ? npos : newline - end);
    if (std::any_of(line.begin(), line.end(), isBinary))
      return notText("not a text file");
    if (newline == npos && !final)
      return whole ? Recognition{} : notText("no lines found");
    const std::string_view content = trimmed(line);
    end = newline == npos ? text.size() : newline + 1;
    if (!content.empty() && !isComment(content, {}, '\0'))
      ++found;
    const bool message = !content.empty() && content.front() != '#';
    messages += message ? 1 : 0;
    if (found < 3 && isForeign(content))
      return notText("not a text file");
    const bool last = final && end == text.size(); // a lone line counts
    if (message && (messages >= 2 || last))        // the first may have been cut, or be a title
      if (const auto told = recogniseLine(content))
        return *told;
    enough = layout.add(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    if (messages == 1 && looksLikeTopicPayload(content)) // columns parted by blanks? The next line tells
      enough = false;
    else if (layout.sawTable())
      return decided(Recognition::Kind::Delimited);
  }
  if ((found == 0 || (!enough && !final)) && whole)
    return {};
  return layout.seemsTable() ? decided(Recognition::Kind::Delimited) : notText("no columns of numbers found");
}

Recognition recogniseText(std::string_view text, bool final, bool whole) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == npos)
    return {};
  const std::optional<bool> array = text[first] == '{'   ? std::optional(true)
                                    : text[first] == '[' ? opensArray(text.substr(first))
                                                         : false;
  if (!array)
    return {};
  if (*array)
    return decided(Recognition::Kind::Json);
  return recogniseLines(text, final, whole);
}

} // namespace

Recognition recogniseFormat(std::string_view head, bool final) {
  const bool whole = head.size() < kRecognisedBytes;
  head = head.substr(0, kRecognisedBytes);
  if (head.starts_with("SQLite format 3"))
    return notText("a SQLite database that is compressed; unpack it");
  if (head.starts_with(kUtf8Bom))
    head.remove_prefix(kUtf8Bom.size());
  else if (kUtf8Bom.starts_with(head) && !final)
    return {};
  return recogniseText(head, final, whole);
}

std::unique_ptr<RecordParser> makeParser(Recognition::Kind kind, const FileContext &context) {
  switch (kind) {
  case Recognition::Kind::Json:
    return std::make_unique<JsonParser>(context);
  case Recognition::Kind::Delimited:
    return std::make_unique<DelimitedParser>(context);
  case Recognition::Kind::LineProtocol:
    return std::make_unique<LineProtocolParser>(context);
  case Recognition::Kind::TopicPayload:
    return std::make_unique<TopicPayloadParser>(context);
  case Recognition::Kind::Undecided:
  case Recognition::Kind::NotText:
    break;
  }
  return nullptr;
}

DateEvidence surveyDates(RecordParser &scout, const std::function<std::optional<Chunk>(Consumed)> &next) {
  Batch batch; // what is read without knowing the order is worth nothing
  for (std::optional<Chunk> chunk = next({}); chunk && !scout.dates().certain();) {
    const Consumed consumed = scout.parse(*chunk, batch);
    batch.clear();
    chunk = next(consumed);
  }
  return scout.dates();
}

std::unique_ptr<RecordParser> resumeParser(std::string_view state, const FileContext &context) {
  try {
    const nlohmann::json json = nlohmann::json::parse(state);
    const std::string format = json.at("format").get<std::string>();
    if (format == "json")
      return std::make_unique<JsonParser>(context, json);
    if (format == "delimited")
      return std::make_unique<DelimitedParser>(context, json);
    if (format == "line_protocol")
      return std::make_unique<LineProtocolParser>(context, json);
    if (format == "topic_payload")
      return std::make_unique<TopicPayloadParser>(context, json);
  } catch (const std::exception &) { // not ours: the caller reads the file from its start
  }
  return nullptr;
}

} // namespace meteorograph
