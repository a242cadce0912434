// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Mapping.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace meteorograph {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<Mapping::Format, const char *>, 5> kFormats = {{
    {Mapping::Format::Inferred, ""},
    {Mapping::Format::Delimited, "delimited"},
    {Mapping::Format::Json, "json"},
    {Mapping::Format::LineProtocol, "line_protocol"},
    {Mapping::Format::TopicPayload, "topic_payload"},
}};

/// A member's name may hold anything; the message is one line that can be read.
std::string oneLine(std::string text) {
  constexpr std::size_t kLongest = 200;
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text.size() > kLongest ? text.substr(0, kLongest) + "…" : text;
}

/// What is wrong with a mapping; turned into an Error at the one place that reads it.
struct Wrong {
  std::string what;
};

[[noreturn]] void wrong(const std::string &member, const std::string &what) {
  throw Wrong{"\"" + member + "\" " + what};
}

std::string text(const json &value, const std::string &member) {
  if (!value.is_string())
    wrong(member, "must be a text");
  return value.get<std::string>();
}

/// A field may be given as a column's number.
std::string field(const json &value, const std::string &member) {
  if (value.is_number_integer() && value.get<std::int64_t>() > 0)
    return std::to_string(value.get<std::int64_t>());
  if (!value.is_string() || value.get_ref<const std::string &>().empty())
    wrong(member, "must be a field's name or a column's number from 1");
  return value.get<std::string>();
}

char character(const json &value, const std::string &member) {
  const std::string one = text(value, member);
  if (one == "\\t" || one == "tab")
    return '\t';
  if (one.size() != 1)
    wrong(member, "must be one character");
  return one[0];
}

std::vector<double> numbers(const json &value, const std::string &member) {
  std::vector<double> all;
  for (const json &one : value.is_array() ? value : json::array({value})) {
    if (!one.is_number())
      wrong(member, "must be a list of numbers");
    all.push_back(one.get<double>());
  }
  return all;
}

Mapping::Slice slice(const json &value, const std::string &member) {
  const bool good = value.is_array() && (value.size() == 1 || value.size() == 2) &&
                    value[0].is_number_integer() &&
                    (value.size() == 1 || value[1].is_number_integer() || value[1].is_null());
  if (!good)
    wrong(member, "must be [first, behind the last]");
  Mapping::Slice result{value[0].get<int>(), {}};
  if (value.size() == 2 && value[1].is_number_integer())
    result.last = value[1].get<int>();
  return result;
}

/// Calls `take(key, value)` for every member; it says whether it knows the key.
template <class Take> void members(const json &object, const std::string &of, Take take) {
  if (!object.is_object())
    wrong(of, "must be an object");
  for (const auto &[key, value] : object.items())
    if (!take(key, value))
      wrong(of.empty() ? key : of + "." + key, "is not known");
}

Mapping::TimePart timePart(const json &value) {
  Mapping::TimePart part;
  members(value, "time", [&](const std::string &key, const json &member) {
    if (key == "field")
      part.field = field(member, "time.field");
    else if (key == "slice")
      part.slice = slice(member, "time.slice");
    else if (key == "format")
      part.format = text(member, "time.format");
    else
      return false;
    return true;
  });
  if (part.field.empty() && part.format != "arrival")
    wrong("time.field", "is missing");
  return part;
}

Mapping::DeviceRule deviceRule(const json &value) {
  Mapping::DeviceRule rule;
  members(value, "device", [&](const std::string &key, const json &member) {
    if (key == "field")
      rule.field = field(member, "device.field");
    else if (key == "slice")
      rule.slice = slice(member, "device.slice");
    else if (key == "constant")
      rule.constant = text(member, "device.constant");
    else
      return false;
    return true;
  });
  if (rule.field.empty() && rule.constant.empty())
    wrong("device", "needs a field or a constant");
  return rule;
}

Mapping::QuantityRule quantityRule(const json &value) {
  Mapping::QuantityRule rule;
  members(value, "quantities", [&](const std::string &key, const json &member) {
    if (key == "field")
      rule.field = field(member, "quantities.field");
    else if (key == "name")
      rule.name = text(member, "quantities.name");
    else if (key == "unit")
      rule.unit = text(member, "quantities.unit");
    else if (key == "missing")
      rule.missing = numbers(member, "quantities.missing");
    else if (key == "device")
      rule.device = text(member, "quantities.device");
    else
      return false;
    return true;
  });
  if (rule.field.empty())
    wrong("quantities.field", "is missing");
  return rule;
}

Mapping::Format format(const json &value) {
  const std::string name = text(value, "format");
  for (const auto &[format, known] : kFormats)
    if (format != Mapping::Format::Inferred && name == known)
      return format;
  wrong("format", "must be delimited, json, line_protocol or topic_payload");
}

template <class T, class Read> std::vector<T> list(const json &value, const std::string &member, Read read) {
  if (!value.is_array())
    wrong(member, "must be a list");
  std::vector<T> all;
  for (const json &one : value)
    all.push_back(read(one));
  return all;
}

bool takeLayout(Mapping &mapping, const std::string &key, const json &value) {
  if (key == "format")
    mapping.format = format(value);
  else if (key == "delimiter")
    mapping.delimiter = character(value, key);
  else if (key == "decimal")
    mapping.decimal = character(value, key);
  else if (key == "header" && value.is_boolean())
    mapping.header = value.get<bool>();
  else if (key == "header")
    wrong(key, "must be true or false");
  else if (key == "skip_lines" && value.is_number_unsigned() && value.get<std::uint64_t>() <= 100'000)
    mapping.skip_lines = value.get<int>();
  else if (key == "skip_lines")
    wrong(key, "must be a number of lines");
  else if (key == "comment")
    mapping.comment = text(value, key);
  else if (key == "records")
    mapping.records = text(value, key);
  else
    return false;
  return true;
}

bool takeRoles(Mapping &mapping, const std::string &key, const json &value) {
  if (key == "name")
    mapping.name = text(value, key);
  else if (key == "time")
    mapping.time = list<Mapping::TimePart>(value, key, timePart);
  else if (key == "zone")
    mapping.zone = text(value, key);
  else if (key == "device")
    mapping.device = deviceRule(value);
  else if (key == "quantities")
    mapping.quantities = list<Mapping::QuantityRule>(value, key, quantityRule);
  else if (key == "ignore")
    mapping.ignore = list<std::string>(value, key, [](const json &one) { return field(one, "ignore"); });
  else if (key == "missing")
    mapping.missing = numbers(value, key);
  else
    return false;
  return true;
}

json toJson(const Mapping::Slice &slice) {
  return json::array({slice.first, slice.last ? json(*slice.last) : json(nullptr)});
}

json toJson(const Mapping::TimePart &part) {
  json out = json::object();
  if (!part.field.empty())
    out["field"] = part.field;
  if (part.slice)
    out["slice"] = toJson(*part.slice);
  if (!part.format.empty())
    out["format"] = part.format;
  return out;
}

json toJson(const Mapping::DeviceRule &rule) {
  if (rule.field.empty())
    return {{"constant", rule.constant}};
  json out = {{"field", rule.field}};
  if (rule.slice)
    out["slice"] = toJson(*rule.slice);
  return out;
}

json toJson(const Mapping::QuantityRule &rule) {
  json out = {{"field", rule.field}};
  if (!rule.name.empty())
    out["name"] = rule.name;
  if (!rule.unit.empty())
    out["unit"] = rule.unit;
  if (!rule.missing.empty())
    out["missing"] = rule.missing;
  if (!rule.device.empty())
    out["device"] = rule.device;
  return out;
}

template <class T> json toJson(const std::vector<T> &all) {
  json out = json::array();
  for (const T &one : all)
    out.push_back(toJson(one));
  return out;
}

std::string shownCharacter(char c) { return c == '\t' ? "\\t" : std::string(1, c); }

} // namespace

bool Mapping::empty() const {
  Mapping nameless = *this;
  nameless.name.clear();
  return nameless == Mapping();
}

const char *toString(Mapping::Format format) {
  for (const auto &[known, name] : kFormats)
    if (known == format)
      return name;
  return "";
}

Result<Mapping> mappingFromJson(std::string_view text) {
  const json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded())
    return fail(ErrorCode::Usage, "the mapping is not JSON");
  Mapping mapping;
  try {
    members(parsed, "", [&](const std::string &key, const json &value) {
      return takeLayout(mapping, key, value) || takeRoles(mapping, key, value);
    });
  } catch (const Wrong &error) {
    return fail(ErrorCode::Usage, "the mapping's " + oneLine(error.what));
  }
  return mapping;
}

std::string toJson(const Mapping &mapping) {
  json out = json::object();
  const auto put = [&out](const char *key, const std::string &value) {
    if (!value.empty())
      out[key] = value;
  };
  put("name", mapping.name);
  put("format", toString(mapping.format));
  put("delimiter", mapping.delimiter == '\0' ? "" : shownCharacter(mapping.delimiter));
  put("decimal", mapping.decimal == '\0' ? "" : std::string(1, mapping.decimal));
  if (mapping.header)
    out["header"] = *mapping.header;
  if (mapping.skip_lines)
    out["skip_lines"] = *mapping.skip_lines;
  put("comment", mapping.comment);
  put("records", mapping.records);
  if (!mapping.time.empty())
    out["time"] = toJson(mapping.time);
  put("zone", mapping.zone);
  if (mapping.device)
    out["device"] = toJson(*mapping.device);
  if (!mapping.quantities.empty())
    out["quantities"] = toJson(mapping.quantities);
  if (!mapping.ignore.empty())
    out["ignore"] = mapping.ignore;
  if (!mapping.missing.empty())
    out["missing"] = mapping.missing;
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace meteorograph
