// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DelimitedLayout.h"

#include "core/source/DelimitedLine.h"
#include "core/source/TextEncoding.h"
#include "core/source/TimeReader.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// In the order of preference: a comma is also a decimal sign, a tab is hardly anything else.
constexpr char kDelimiters[] = {'\t', ';', '|', ','};

using Values = std::vector<std::string_view>;

Values valuesOf(DelimitedLine &line, std::string_view text, char delimiter) {
  return line.split(text, delimiter) ? line.values() : Values{};
}

/// 0: does not cut the lines; 1: cuts them; 2: into as many values (or a row number more).
int fitness(std::string_view first, std::string_view second, char delimiter) {
  DelimitedLine line;
  const std::size_t names = valuesOf(line, first, delimiter).size();
  const std::size_t values = second.empty() ? names : valuesOf(line, second, delimiter).size();
  if (names + values < 3 || values < 2)
    return 0;
  return values == names || values == names + 1 ? 2 : 1;
}

char inferDelimiter(std::string_view first, std::string_view second) {
  char best = ',';
  int best_fitness = 0;
  for (const char delimiter : kDelimiters) {
    const int fits = fitness(first, second, delimiter);
    if (fits > best_fitness) {
      best = delimiter;
      best_fitness = fits;
    }
  }
  return best;
}

bool isNumber(std::string_view text) {
  double value = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && stopped == text.data() + text.size();
}

/// A line of data has a time, or nothing but numbers.
bool isData(const Values &values) {
  bool any = false;
  bool all = true;
  for (const std::string_view value : values) {
    if (value.size() > 8 && looksLikeTime(value))
      return true;
    any = any || !value.empty();
    all = all && (value.empty() || isNumber(value));
  }
  return any && all;
}

FieldRole columnRole(std::string_view name) {
  const std::string_view path[] = {name};
  return roleOfField(path);
}

bool hasTime(const std::vector<Column> &columns) {
  return std::any_of(columns.begin(), columns.end(),
                     [](const Column &c) { return c.role.role == Role::Time; });
}

/// Where no name tells the time, the first column that looks like one is it.
void findTimeByContent(std::vector<Column> &columns, const Values &values) {
  for (std::size_t i = 0; i < std::min(columns.size(), values.size()); ++i) {
    if (!looksLikeTime(values[i]))
      continue;
    columns[i].role = {};
    columns[i].role.role = Role::Time;
    return;
  }
}

/// A second column of a name gets a number behind it.
void makeNamesDistinct(std::vector<Column> &columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    FieldRole &role = columns[i].role;
    int same = 1;
    for (std::size_t k = 0; k < i; ++k)
      same += columns[k].name == columns[i].name ? 1 : 0;
    if (same > 1)
      role.own_name += "_" + std::to_string(same);
    if (same > 1 && role.canonical == Canonical::None)
      role.name = role.own_name;
  }
}

} // namespace

bool isSkippedLine(std::string_view line) {
  line = trimmed(line);
  return line.empty() || line.front() == '#';
}

DelimitedLayout inferLayout(std::string_view first, std::string_view second) {
  DelimitedLayout layout;
  layout.delimiter = inferDelimiter(first, second);
  DelimitedLine line;
  const Values names = valuesOf(line, first, layout.delimiter);
  const bool header = !isData(names);
  if (header)
    layout.header = toUtf8(trimmed(first));
  else
    layout.row_numbers = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = header ? toUtf8(trimmed(names[i])) : "column_" + std::to_string(i + 1);
    layout.columns.push_back({name, columnRole(name)});
  }
  makeNamesDistinct(layout.columns);
  if (!header) {
    findTimeByContent(layout.columns, names);
    return layout;
  }
  if (second.empty())
    return layout;
  DelimitedLine row;
  Values values = valuesOf(row, second, layout.delimiter);
  layout.row_numbers = values.size() == names.size() + 1 && !values.back().empty();
  if (*layout.row_numbers)
    values.erase(values.begin());
  if (!hasTime(layout.columns))
    findTimeByContent(layout.columns, values);
  return layout;
}

nlohmann::json toJson(const DelimitedLayout &layout) {
  nlohmann::json json;
  json["delimiter"] = std::string(1, layout.delimiter);
  json["header"] = toUtf8(layout.header);
  if (layout.row_numbers)
    json["row_numbers"] = *layout.row_numbers;
  nlohmann::json &columns = json["columns"] = nlohmann::json::array();
  for (const Column &column : layout.columns)
    columns.push_back({{"name", column.name}, {"time", column.role.role == Role::Time}});
  return json;
}

DelimitedLayout layoutFromJson(const nlohmann::json &json) {
  DelimitedLayout layout;
  layout.delimiter = json.at("delimiter").get<std::string>().at(0);
  layout.header = json.at("header").get<std::string>();
  if (json.contains("row_numbers"))
    layout.row_numbers = json.at("row_numbers").get<bool>();
  for (const nlohmann::json &column : json.at("columns")) {
    const std::string name = column.at("name").get<std::string>();
    layout.columns.push_back({name, columnRole(name)});
    FieldRole &role = layout.columns.back().role;
    if (column.at("time").get<bool>() && role.role != Role::Time) {
      role = {};
      role.role = Role::Time;
    }
  }
  makeNamesDistinct(layout.columns);
  return layout;
}

} // namespace meteorograph
