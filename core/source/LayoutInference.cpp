// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/LayoutInference.h"

#include "core/source/HeaderFacts.h"
#include "core/source/TextEncoding.h"
#include "core/source/TimeWords.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// In the order of preference: a comma is also a decimal sign, blanks stand within values, too.
constexpr char kDelimiters[] = {'\t', ';', '|', ',', kBlanks};

/// Titles are not longer; a text without any data in so much is none.
constexpr std::size_t kMaxLines = 100;
constexpr std::size_t kMaxBytes = 65'536;
/// Lines of names, units and groups above the data.
constexpr std::size_t kMaxHeaderLines = 8;

bool looksLikeData(const LineShape &shape) {
  return shape.values > 1 && ((shape.times > 0 && shape.numbers > 0) || shape.onlyNumbers());
}

} // namespace

bool isComment(std::string_view line, std::string_view prefix, char delimiter) {
  line = trimmed(line);
  if (!prefix.empty())
    return line.starts_with(prefix);
  if (line.starts_with('#') || line.starts_with("//") || line.starts_with('%'))
    return true;
  return line.starts_with(';') && delimiter != ';' && line.find(';', 1) == line.npos;
}

std::string_view withoutCommentSigns(std::string_view line, std::string_view prefix) {
  line = trimmed(line);
  if (!prefix.empty())
    line.remove_prefix(std::min(prefix.size(), line.size()));
  while (!line.empty() && std::string_view("#/%; ").find(line.front()) != line.npos)
    line.remove_prefix(1);
  return line;
}

bool LayoutInference::add(std::string_view line) {
  if (++m_number > m_mapping.skip_lines.value_or(0) && trimmed(line).empty())
    return false;
  if (m_number <= m_mapping.skip_lines.value_or(0)) {
    m_titles.push_back(line);
    return false;
  }
  m_lines.push_back({line, m_number, isComment(line, m_mapping.comment, m_mapping.delimiter)});
  m_bytes += line.size();
  if (m_lines.back().comment)
    return isFull();
  if (m_data) {
    if (!holdsNames(m_lines.back()))
      return true;
    m_data.reset();
    return isFull();
  }
  m_data = dataAt(m_lines.size() - 1);
  if (!m_data)
    return isFull();
  const bool onlyNumbers = shapeOfLine(valuesOf(m_lines.back(), m_data->delimiter)).texts == 0;
  return m_data->names.quality > 0 || m_mapping.header || onlyNumbers;
}

bool LayoutInference::isFull() const { return m_lines.size() >= kMaxLines || m_bytes >= kMaxBytes; }

LayoutInference::Values LayoutInference::valuesOf(const Line &line, char delimiter) const {
  DelimitedLine splitter;
  const std::string_view text = line.comment ? withoutCommentSigns(line.text, m_mapping.comment) : line.text;
  if (!splitter.split(text, delimiter))
    return {};
  return {splitter.values().begin(), splitter.values().end()};
}

std::vector<char> LayoutInference::delimiters() const {
  if (m_mapping.delimiter != '\0')
    return {m_mapping.delimiter};
  return {std::begin(kDelimiters), std::end(kDelimiters)};
}

std::optional<LayoutInference::Data> LayoutInference::dataAt(std::size_t index) const {
  std::optional<Data> best;
  for (const char delimiter : delimiters()) {
    std::optional<Data> data = dataBetween(index, delimiter);
    if (data && (!best || data->names.quality > best->names.quality))
      best = std::move(data);
  }
  return best;
}

/// The line as data between these delimiters, if it can be.
std::optional<LayoutInference::Data> LayoutInference::dataBetween(std::size_t index, char delimiter) const {
  const Values values = valuesOf(m_lines[index], delimiter);
  const LineShape shape = shapeOfLine(values);
  if (shape.values < 2 || shape.shown() == 0)
    return std::nullopt;
  Data data{index, delimiter, namesFor(index, delimiter, shape)};
  const bool named = data.names.quality > 0;
  if (named && data.names.line == index)
    return std::nullopt;
  const bool prose = delimiter == kBlanks && !named && shape.texts > 1;
  const bool plain = looksLikeData(shape) && !prose;
  const bool below = data.names.time && shape.times + shape.numbers > 0;
  const bool said = named && (m_mapping.skip_lines || !m_mapping.time.empty()) && !isLineOfUnits(values);
  return plain || below || said ? std::optional(data) : std::nullopt;
}

LayoutInference::Names LayoutInference::namesFor(std::size_t data, char delimiter,
                                                 const LineShape &shape) const {
  if (m_mapping.header && !*m_mapping.header)
    return {};
  if (m_mapping.header && m_mapping.skip_lines)
    return saidNames(data, delimiter, shape);
  return namesAbove(data, delimiter, shape);
}

/// The mapping says where the names are: in the first line that is no comment, or in a comment where
/// that line is data.
LayoutInference::Names LayoutInference::saidNames(std::size_t data, char delimiter,
                                                  const LineShape &shape) const {
  std::size_t first = 0;
  while (first < data && m_lines[first].comment)
    ++first;
  if (first == data && first > 0 && looksLikeData(shape))
    return namesInComments(data, delimiter, shape);
  const Values values = valuesOf(m_lines[first], delimiter);
  Names names{first, 4, meanTime(values, m_roles), {}};
  for (std::size_t i = first + 1; i < data; ++i)
    if (!m_lines[i].comment)
      names.units.push_back(i);
  return names;
}

LayoutInference::Names LayoutInference::namesAbove(std::size_t data, char delimiter,
                                                   const LineShape &shape) const {
  std::vector<std::size_t> units;
  const std::size_t last = data - std::min(data, kMaxHeaderLines);
  for (std::size_t i = data; i-- > last;) {
    if (m_lines[i].comment)
      continue;
    const Values values = valuesOf(m_lines[i], delimiter);
    if (values.size() < 2 || shapeOfLine(values).shown() == 0) // a rule, or a word between
      continue;
    Names names = namesIn(values, i, shape);
    if (names.quality == 0)
      break;
    const bool timed = names.time && lowerWord(values.front()) != "ts";
    if (timed || !isLineOfUnits(values)) {
      names.units = std::move(units);
      return names;
    }
    units.push_back(i);
  }
  if (units.empty())
    return namesInComments(data, delimiter, shape);
  Names names = namesIn(valuesOf(m_lines[units.back()], delimiter), units.back(), shape);
  units.pop_back();
  names.units = std::move(units);
  return names;
}

/// A comment directly before the data.
LayoutInference::Names LayoutInference::namesInComments(std::size_t data, char delimiter,
                                                        const LineShape &shape) const {
  std::vector<std::size_t> units;
  const std::size_t last = data - std::min(data, kMaxHeaderLines);
  for (std::size_t i = data; i-- > last && m_lines[i].comment;) {
    const Values values = valuesOf(m_lines[i], delimiter);
    if (shapeOfLine(values).shown() == 0)
      continue;
    Names names = namesIn(values, i, shape);
    if (names.quality < 2)
      return {};
    if (names.time || !isLineOfUnits(values)) {
      names.units = std::move(units);
      return names;
    }
    units.push_back(i);
  }
  return {};
}

/// How well the values of a line name those of the line of data.
LayoutInference::Names LayoutInference::namesIn(const Values &values, std::size_t line,
                                                const LineShape &data) const {
  const LineShape shape = shapeOfLine(values);
  Names names{line, 0, false, {}};
  if (shape.values < 2 || shape.times > 0 || shape.texts == 0 || shape.numbers >= shape.texts)
    return names;
  const auto fits = [&data](std::size_t count) { return count == data.values || count == data.filled; };
  names.time = meanTime(values, m_roles);
  if (fits(shape.values) || fits(shape.filled))
    names.quality = names.time ? 4 : 2;
  else if (fits(shape.filled + 1))
    names.quality = names.time ? 3 : 1;
  else
    names.quality = names.time ? 1 : 0;
  return names;
}

bool LayoutInference::holdsNames(const Line &line) const {
  for (const char delimiter : delimiters())
    if (areNames(valuesOf(line, delimiter), m_roles))
      return true;
  return false;
}

} // namespace meteorograph
