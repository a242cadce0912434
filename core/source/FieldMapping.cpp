// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldMapping.h"

#include "core/source/FieldNames.h"
#include "core/source/QuantityNames.h"
#include "core/source/TextEncoding.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// Objects around a payload that a mapping's paths may leave out.
constexpr std::string_view kWrappers[] = {"body",  "payload",         "data",   "object", "message",
                                          "event", "decoded_payload", "values", "params", "uplink_message"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool sameButForCase(std::string_view a, std::string_view b) {
  a = trimmed(a);
  b = trimmed(b);
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool isWrapper(std::string_view key) {
  return std::any_of(std::begin(kWrappers), std::end(kWrappers),
                     [&](std::string_view wrapper) { return sameButForCase(key, wrapper); });
}

FieldMatch matchPath(std::string_view field, std::span<const std::string_view> path) {
  std::string whole;
  for (const std::string_view key : path)
    whole.append(whole.empty() ? "" : ".").append(key);
  if (field == whole)
    return FieldMatch::Exact;
  return sameButForCase(field, whole) ? FieldMatch::ButForCase : FieldMatch::None;
}

/// What a mapping's rule makes of a field that its name makes `inferred`.
FieldRole quantityByRule(const Mapping::QuantityRule &rule, std::string_view header, FieldRole role) {
  const Canonical inferred = role.canonical == Canonical::None ? role.maybe : role.canonical;
  const Unit stated = splitHeader(header).unit;
  role.role = Role::Quantity;
  role.maybe = Canonical::None;
  role.number.clear();
  role.envelope = false;
  if (role.own_name.empty())
    role.own_name = snakeCase(header);
  role.name = !rule.name.empty()
                  ? rule.name
                  : std::string(inferred == Canonical::None ? role.own_name : nameOf(inferred));
  role.canonical = canonicalOf(role.name);
  if (role.canonical != Canonical::None)
    role.like = role.canonical;
  if (role.unit.kind == Unit::Kind::Unknown || role.canonical != Canonical::None)
    role.unit = stated.kind == Unit::Kind::Unknown ? role.unit : stated;
  if (!rule.unit.empty()) {
    role.unit = unitFromText(rule.unit);
    if (role.unit.kind == Unit::Kind::Unknown)
      role.unit = {Unit::Kind::Other, rule.unit};
  }
  role.device = rule.device;
  role.missing = rule.missing;
  role.rank = -1;
  return role;
}

} // namespace

FieldMatch matchField(std::string_view field, std::span<const std::string_view> path, int column) {
  if (field.empty() || path.empty())
    return FieldMatch::None;
  FieldMatch best = matchPath(field, path);
  for (std::size_t i = 1; best == FieldMatch::None && i < path.size() && isWrapper(path[i - 1]); ++i)
    best = matchPath(field, path.subspan(i));
  if (best == FieldMatch::None && column > 0 && trimmed(field) == std::to_string(column))
    best = FieldMatch::ByNumber;
  return best;
}

std::optional<FieldRole> mappedRole(const Mapping &mapping, const FieldMatcher &matches,
                                    std::string_view header, const FieldRole &inferred) {
  FieldRole role = inferred;
  role.mapped = true;
  if (std::any_of(mapping.ignore.begin(), mapping.ignore.end(), matches)) {
    role.role = Role::Ignored;
    return role;
  }
  role.envelope = false;
  role.parts.clear();
  for (std::size_t i = 0; i < mapping.time.size(); ++i)
    if (matches(mapping.time[i].field))
      role.parts.push_back(static_cast<int>(i));
  role.names_device = mapping.device && matches(mapping.device->field);
  if (!role.parts.empty() || role.names_device) {
    role.role = role.parts.empty() ? Role::Device : Role::Time;
    role.rank = -1;
    return role;
  }
  for (const Mapping::QuantityRule &rule : mapping.quantities)
    if (matches(rule.field))
      return quantityByRule(rule, header, role);
  return std::nullopt;
}

std::string_view sliceOf(std::string_view text, const Mapping::Slice &slice) {
  std::vector<std::size_t> starts; // of the characters
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
      starts.push_back(i);
  const int size = static_cast<int>(starts.size());
  starts.push_back(text.size());
  const auto place = [&](int at) { return std::clamp(at < 0 ? at + size : at, 0, size); };
  const int first = place(slice.first);
  const int last = std::max(first, slice.last ? place(*slice.last) : size);
  const std::size_t from = starts[static_cast<std::size_t>(first)];
  return text.substr(from, starts[static_cast<std::size_t>(last)] - from);
}

} // namespace meteorograph
