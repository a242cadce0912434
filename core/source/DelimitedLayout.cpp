// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DelimitedLayout.h"

#include "core/source/HeaderFacts.h"
#include "core/source/TextEncoding.h"
#include "core/source/ValueShape.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// A change of more columns than this is told by their numbers.
constexpr std::size_t kNamedChanges = 8;

FieldRole roleOfName(const FieldRoles &roles, const std::string &name, int number) {
  const std::string_view path[] = {name};
  return roles.of(path, number);
}

/// The name alone tells, unless what stands beside it in the header hides it.
FieldRole roleOf(const Column &column, const FieldRoles &roles, int number) {
  FieldRole role = roleOfName(roles, column.name, number);
  if (role.mapped)
    return role;
  const std::string name = withoutRemarks(column.name);
  if (name != column.name)
    role = roleOfName(roles, name, number);
  if (role.role == Role::Quantity && role.unit.kind == Unit::Kind::Unknown && !column.unit.empty())
    role = roleOfName(roles, name + " (" + column.unit + ")", number);
  if (const auto zone = zoneOfName(column.name); zone && role.role != Role::Time)
    if (FieldRole time = roleOfName(roles, zone->rest, number); time.role == Role::Time)
      role = std::move(time);
  const bool time = role.role == Role::Time && !role.envelope;
  if (column.told == Column::Told::Nothing || (column.told == Column::Told::Time && time))
    return role;
  role = {};
  role.role = Role::Time;
  role.time = column.told == Column::Told::Date ? TimeSource::Date : TimeSource::Payload;
  return role;
}

/// The zone that the best of the time columns states.
std::string zoneOf(const std::vector<Column> &columns) {
  const Column *best = nullptr;
  for (const Column &column : columns) {
    const bool time = column.role.role == Role::Time && !column.role.envelope;
    if (time && zoneOfName(column.name) && (best == nullptr || column.role.rank < best->role.rank))
      best = &column;
  }
  const bool other =
      best != nullptr && std::any_of(columns.begin(), columns.end(), [&](const Column &c) {
        return c.role.role == Role::Time && c.role.time == best->role.time && c.role.rank < best->role.rank;
      });
  return best == nullptr || other ? std::string() : zoneOfName(best->name)->zone;
}

std::string joined(const std::vector<std::string> &names, const char *sign) {
  if (names.size() > kNamedChanges)
    return std::string(sign) + " " + std::to_string(names.size()) + " columns";
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + (sign + (" " + name));
  return text;
}

std::string nameOfDelimiter(char delimiter) {
  if (delimiter == kBlanks)
    return "blanks";
  return delimiter == '\t' ? "tabs" : std::string("'") + delimiter + "'";
}

} // namespace

void giveRoles(DelimitedLayout &layout, const FieldRoles &roles) {
  int number = 0;
  for (Column &column : layout.columns)
    column.role = roleOf(column, roles, ++number);
  arrangeColumns(roles, layout.columns);
  if (const std::string zone = zoneOf(layout.columns); !zone.empty())
    layout.zone = zone;
  for (const Column &column : layout.columns)
    if (layout.device.empty())
      layout.device = loggerOfName(column.name);
}

std::string changeColumns(DelimitedLayout &layout, const std::vector<std::string> &names,
                          const FieldRoles &roles) {
  std::vector<Column> old = std::move(layout.columns);
  layout.columns.clear();
  std::vector<std::string> fresh;
  for (const std::string &name : names) {
    const auto same = std::find_if(old.begin(), old.end(), [&](const Column &c) { return c.name == name; });
    layout.columns.push_back({name, {}});
    if (same == old.end()) {
      fresh.push_back(name);
      continue;
    }
    layout.columns.back().unit = same->unit;
    old.erase(same);
  }
  giveRoles(layout, roles);
  std::vector<std::string> gone;
  for (const Column &column : old)
    if (!column.name.empty())
      gone.push_back(column.name);
  if (fresh.empty() && gone.empty())
    return "columns changed their order";
  const std::string both = !fresh.empty() && !gone.empty() ? ", " : "";
  return "columns changed: " + joined(fresh, "+") + both + joined(gone, "\u2212");
}

char decimalIn(const DelimitedLayout &layout, const std::vector<std::string_view> &row) {
  const std::size_t first = layout.row_numbers ? 1 : 0;
  bool point = false;
  bool comma = false;
  for (std::size_t i = 0; i < layout.columns.size() && i + first < row.size(); ++i) {
    const Role role = layout.columns[i].role.role;
    const bool measures = role == Role::Quantity || role == Role::Value;
    const char sign = measures ? decimalOf(row[i + first]) : '\0';
    point = point || sign == '.';
    comma = comma || sign == ',';
  }
  if (point && comma)
    return layout.delimiter == ',' ? '.' : ',';
  if (point)
    return '.';
  return comma ? ',' : '\0';
}

bool areNames(const std::vector<std::string> &values, const FieldRoles &roles) {
  const LineShape shape = shapeOfLine(values);
  if (shape.texts < 2 || shape.times + shape.numbers > 0)
    return false;
  return meanTime(values, roles);
}

bool meanTime(const std::vector<std::string> &names, const FieldRoles &roles) {
  DelimitedLayout layout;
  for (const std::string &name : names)
    layout.columns.push_back({toUtf8(trimmed(name)), {}});
  giveRoles(layout, roles);
  return std::any_of(layout.columns.begin(), layout.columns.end(), [](const Column &column) {
    return column.role.role == Role::Time && !column.role.envelope;
  });
}

DateOrder hintedOrder(const DelimitedLayout &layout) {
  const auto any = [&layout](auto test) {
    return std::any_of(layout.columns.begin(), layout.columns.end(), test);
  };
  for (const Column &column : layout.columns)
    if (const DateOrder said = orderOfName(column.name); said != DateOrder::Undecided)
      return said;
  if (any([](const Column &column) { return column.role.unit.kind == Unit::Kind::Fahrenheit; }))
    return DateOrder::MonthFirst;
  const bool foreign = any([](const Column &column) { return isForeignName(column.name); });
  return foreign || layout.delimiter == ';' || layout.decimal == ',' ? DateOrder::DayFirst
                                                                     : DateOrder::Undecided;
}

std::string describe(const DelimitedLayout &layout) {
  return "CSV, separated by " + nameOfDelimiter(layout.delimiter) +
         (layout.decimal == ',' ? ", decimal comma" : "") + ", " + std::to_string(layout.columns.size()) +
         " columns" + (layout.header.empty() ? ", no header" : "");
}

nlohmann::json toJson(const DelimitedLayout &layout) {
  nlohmann::json json;
  json["delimiter"] = std::string(1, layout.delimiter);
  json["decimal"] = layout.decimal == '\0' ? "" : std::string(1, layout.decimal);
  json["header"] = layout.header;
  json["repeats"] = layout.repeats;
  json["row_numbers"] = layout.row_numbers;
  json["first_line"] = layout.first_line;
  json["skip_lines"] = layout.skip_lines;
  json["header_in_comment"] = layout.header_in_comment;
  json["day_numbers"] = layout.day_numbers;
  json["zone"] = layout.zone;
  json["device"] = layout.device;
  nlohmann::json &columns = json["columns"] = nlohmann::json::array();
  for (const Column &column : layout.columns)
    columns.push_back({column.name, column.unit, static_cast<int>(column.told)});
  return json;
}

DelimitedLayout layoutFromJson(const nlohmann::json &json) {
  DelimitedLayout layout;
  const std::string decimal = json.at("decimal").get<std::string>();
  layout.delimiter = json.at("delimiter").get<std::string>().at(0);
  layout.decimal = decimal.empty() ? '\0' : decimal[0];
  layout.header = json.at("header").get<std::string>();
  layout.repeats = json.at("repeats").get<std::vector<std::string>>();
  layout.row_numbers = json.at("row_numbers").get<bool>();
  layout.first_line = json.at("first_line").get<std::int64_t>();
  layout.skip_lines = json.at("skip_lines").get<int>();
  layout.header_in_comment = json.at("header_in_comment").get<bool>();
  layout.day_numbers = json.at("day_numbers").get<bool>();
  layout.zone = json.at("zone").get<std::string>();
  layout.device = json.at("device").get<std::string>();
  for (const nlohmann::json &column : json.at("columns"))
    layout.columns.push_back({column.at(0).get<std::string>(), column.at(1).get<std::string>(),
                              static_cast<Column::Told>(column.at(2).get<unsigned>() % 3)});
  return layout;
}

} // namespace meteorograph
