// SPDX-License-Identifier: GPL-3.0-or-later
// The part of LayoutInference that makes a layout of what it found.
#include "core/source/HeaderFacts.h"
#include "core/source/LayoutInference.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <set>

namespace meteorograph {

namespace {

/// Lines before the data that are known again when they come again.
constexpr std::size_t kMaxRepeats = 20;
constexpr std::size_t kMaxRepeatBytes = 1000;

/// Some programs pad the header with delimiters of another kind.
void dropPadding(std::vector<std::string> &names) {
  while (!names.empty() && isPadding(names.back()))
    names.pop_back();
  while (!names.empty() && (names.back().ends_with(',') || names.back().ends_with(';')))
    names.back().pop_back();
}

bool isTime(const Column &column) { return column.role.role == Role::Time && !column.role.envelope; }

/// A column whose name leaves open that it holds times.
bool isFree(const Column &column) {
  const Role role = column.role.role;
  return !column.role.mapped && (role == Role::Quantity || role == Role::Attribute || role == Role::Value);
}

/// A time that is a date in eight digits.
bool hasDayNumber(const DelimitedLayout &layout, const std::vector<std::string> &values) {
  const std::size_t first = layout.row_numbers ? 1 : 0;
  for (std::size_t i = 0; i < layout.columns.size() && i + first < values.size(); ++i) {
    const std::string &value = values[i + first];
    if (value.size() != 8 || value.find_first_not_of("0123456789") != value.npos)
      continue;
    const TimeText read = parseTimeText(value).value_or(TimeText{});
    if (isTime(layout.columns[i]) && read.year > 1900 && read.year < 2100)
      return true;
  }
  return false;
}

} // namespace

DelimitedLayout LayoutInference::finish() {
  const Data data = m_data ? *m_data : guess();
  DelimitedLayout layout;
  layout.delimiter = data.delimiter;
  layout.first_line = data.line < m_lines.size() ? m_lines[data.line].number : m_number + 1;
  layout.decimal = m_mapping.decimal;
  const bool named = data.names.quality > 0;
  const std::size_t first = named ? data.names.line : data.line;
  layout.skip_lines = first < m_lines.size() ? static_cast<int>(m_lines[first].number - 1) : 0;
  if (named) {
    layout.header = toUtf8(trimmed(m_lines[data.names.line].text));
    layout.header_in_comment = m_lines[data.names.line].comment;
  }
  const Values values = data.line < m_lines.size() ? valuesOf(m_lines[data.line], data.delimiter) : Values{};
  addColumns(layout, data, values);
  addUnits(layout, data);
  takeTitles(layout, data);
  giveRoles(layout, m_roles);
  if (m_mapping.time.empty())
    tellTimes(layout, values);
  layout.day_numbers = hasDayNumber(layout, values);
  if (layout.decimal == '\0')
    layout.decimal = decimalIn(layout, {values.begin(), values.end()});
  return layout;
}

/// No line of data has come: the first two lines that are cut alike, or else the first one, must do.
LayoutInference::Data LayoutInference::guess() const {
  Data data;
  data.delimiter = m_mapping.delimiter != '\0' ? m_mapping.delimiter : ',';
  const bool named = !m_mapping.header || *m_mapping.header;
  std::size_t first = 0;
  while (first < m_lines.size() && m_lines[first].comment)
    ++first;
  data.names = {first, named && first < m_lines.size() ? 1 : 0, false, {}};
  data.line = named ? first + 1 : first;
  std::size_t best = 1;
  for (std::size_t i = first; i < m_lines.size() && best == 1; ++i)
    for (const char delimiter : delimiters()) {
      const std::size_t count = valuesOf(m_lines[i], delimiter).size();
      const bool alike = i + 1 == m_lines.size() || valuesOf(m_lines[i + 1], delimiter).size() == count;
      if (m_lines[i].comment || !alike || count <= best || delimiter == kBlanks)
        continue;
      best = count;
      data.alike = true;
      data.delimiter = delimiter;
      data.names.line = i;
      data.line = named ? i + 1 : i;
    }
  return data;
}

/// The names, each behind what stands above it where two lines share in naming the columns.
LayoutInference::Values LayoutInference::columnNames(const Data &data) const {
  Values names = valuesOf(m_lines[data.names.line], data.delimiter);
  const std::size_t count = names.size();
  dropPadding(names);
  for (std::string &name : names)
    name = toUtf8(trimmed(name));
  std::set<std::string> distinct;
  std::size_t again = 0;
  for (const std::string &name : names)
    again += !name.empty() && !distinct.insert(name).second ? 1 : 0;
  const bool above = data.names.line > 0 && !m_lines[data.names.line].comment &&
                     !m_lines[data.names.line - 1].comment && again > 0;
  const Values groups = above ? valuesOf(m_lines[data.names.line - 1], data.delimiter) : Values{};
  if (groups.size() != count || shapeOfLine(groups).texts < 2)
    return names;
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = std::string(trimmed(toUtf8(trimmed(groups[i])) + " " + names[i]));
  return names;
}

void LayoutInference::addColumns(DelimitedLayout &layout, const Data &data, const Values &values) const {
  const Values names = data.names.quality > 0 ? columnNames(data) : Values{};
  for (const std::string &name : names)
    layout.columns.push_back({name, {}});
  const std::size_t filled = shapeOfLine(values).filled;
  if (!names.empty() && (values.size() == names.size() + 1 || filled == names.size() + 1)) {
    giveRoles(layout, m_roles);
    const auto time = std::find_if(layout.columns.begin(), layout.columns.end(), isTime);
    const auto at = static_cast<std::size_t>(time - layout.columns.begin());
    const bool known = time != layout.columns.end();
    const TimeShape here = known ? timeShapeOf(values[at]) : TimeShape::None;
    const TimeShape next = known ? timeShapeOf(values[at + 1]) : TimeShape::None;
    if (here == TimeShape::Date && next == TimeShape::OfDay) { // `2024-02-07 18:18` cut at its blank
      time->told = Column::Told::Date;
      layout.columns.insert(time + 1, Column{"time", {}, Column::Told::Time});
    } else {
      layout.row_numbers =
          known ? here == TimeShape::None && next != TimeShape::None : filled == names.size() + 1;
    }
  }
  const std::size_t numbered = layout.row_numbers ? 1 : 0;
  while (layout.columns.size() + numbered < filled)
    layout.columns.push_back({"column_" + std::to_string(layout.columns.size() + 1), {}});
}

void LayoutInference::addUnits(DelimitedLayout &layout, const Data &data) const {
  for (const std::size_t line : data.names.units) {
    const Values units = valuesOf(m_lines[line], data.delimiter);
    for (std::size_t i = 0; i < std::min(units.size(), layout.columns.size()); ++i) {
      std::string_view unit = trimmed(units[i]);
      const bool brackets = unit.size() > 2 && ((unit.front() == '(' && unit.back() == ')') ||
                                                (unit.front() == '[' && unit.back() == ']'));
      unit = brackets ? trimmed(unit.substr(1, unit.size() - 2)) : unit;
      const std::string text = toUtf8(unit);
      if (!isAggregate(text) && unitFromText(text).kind != Unit::Kind::Unknown)
        layout.columns[i].unit = text;
    }
  }
}

/// What is said above the data and is no name.
void LayoutInference::takeTitles(DelimitedLayout &layout, const Data &data) const {
  for (const std::string_view line : m_titles)
    takeTitle(layout, line);
  for (std::size_t i = 0; i < std::min(data.line, m_lines.size()); ++i)
    if (data.names.quality == 0 || i != data.names.line)
      takeTitle(layout, m_lines[i].text);
}

void LayoutInference::takeTitle(DelimitedLayout &layout, std::string_view line) const {
  const std::string_view text = trimmed(line);
  if (layout.repeats.size() < kMaxRepeats && text.size() <= kMaxRepeatBytes && !text.empty())
    layout.repeats.push_back(toUtf8(text));
  const std::optional<TitleFact> fact = factOfTitle(text);
  if (!fact)
    return;
  std::string &into = fact->kind == TitleFact::Kind::Zone ? layout.zone : layout.device;
  if (into.empty())
    into = fact->value;
}

/// Where the names tell no time, or only half of one, the values do.
void LayoutInference::tellTimes(DelimitedLayout &layout, const Values &values) const {
  const std::size_t first = layout.row_numbers ? 1 : 0;
  std::vector<Column> &columns = layout.columns;
  const auto shapeAt = [&](std::size_t i) {
    return i + first < values.size() ? timeShapeOf(values[i + first]) : TimeShape::None;
  };
  const auto findFree = [&](TimeShape shape) {
    std::size_t i = 0;
    while (i < columns.size() && !(isFree(columns[i]) && shapeAt(i) == shape))
      ++i;
    return i;
  };
  const auto tell = [&](std::size_t i, Column::Told told) {
    if (i < columns.size())
      columns[i].told = told;
  };
  std::size_t times = 0;
  std::size_t ofDay = columns.size(); // of the named times, the one that is only half of one
  std::size_t date = columns.size();
  bool whole = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!isTime(columns[i]))
      continue;
    ++times;
    whole = whole || shapeAt(i) == TimeShape::Whole;
    if (shapeAt(i) == TimeShape::OfDay || shapeAt(i) == TimeShape::Date)
      (shapeAt(i) == TimeShape::OfDay ? ofDay : date) = i;
  }
  if (times == 0 && findFree(TimeShape::Whole) < columns.size())
    tell(findFree(TimeShape::Whole), Column::Told::Time);
  else if (!whole && (times == 0 || ofDay < columns.size() || date < columns.size())) {
    tell(date < columns.size() ? date : findFree(TimeShape::Date), Column::Told::Date);
    tell(ofDay < columns.size() ? ofDay : findFree(TimeShape::OfDay), Column::Told::Time);
  }
  giveRoles(layout, m_roles);
}

} // namespace meteorograph
