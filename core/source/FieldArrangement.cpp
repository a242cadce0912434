// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldMapping.h"
#include "core/source/FieldRoles.h"
#include "core/source/FieldWords.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <map>
#include <set>

namespace meteorograph {

namespace {

/// A quantity that its neighbours made one of the three is so after all that are by their names.
constexpr int kRankOfLone = 50;

using Columns = std::span<const NamedRole>;

/// The part of a time that a column's name says; −1: none. In short ones the case tells `MM` from `mm`.
int calendarPart(std::string_view name) {
  static constexpr std::string_view kShort[][2] = {{"YYYY", "YY"}, {"MM", "MM"}, {"DD", "DD"},
                                                   {"hh", "HH"},   {"mm", "mm"}, {"ss", "SS"}};
  name = trimmed(name);
  if (name.starts_with('#'))
    name.remove_prefix(1);
  const std::string key = wordKey(name);
  for (std::size_t part = 0; part < kCalendarParts; ++part)
    if (name == kShort[part][0] || name == kShort[part][1] || FieldWords::all().calendar[part].contains(key))
      return static_cast<int>(part);
  return -1;
}

/// Year, month and day in columns of their own are the date, and hour, minute and second its time.
void joinCalendar(Columns columns) {
  FieldRole *parts[kCalendarParts] = {};
  for (const NamedRole &column : columns)
    if (const int part = calendarPart(column.name); part >= 0 && !column.role->mapped)
      if (FieldRole *&first = parts[part]; first == nullptr)
        first = column.role;
  if (parts[0] == nullptr || parts[1] == nullptr || parts[2] == nullptr)
    return;
  for (std::size_t part = 0; part < kCalendarParts && parts[part] != nullptr; ++part) {
    FieldRole role;
    role.role = Role::Time;
    role.time = TimeSource::Date;
    role.column = parts[part]->column;
    role.calendar = static_cast<int>(part);
    *parts[part] = role;
  }
}

bool measures(const FieldRole &role) {
  return role.role == Role::Quantity || role.role == Role::Value || role.role == Role::QuantityName ||
         role.role == Role::UnitText;
}

/// `T1` and `T2` are two devices', and `RH_1` then belongs to the first of them.
void groupNumbered(Columns columns) {
  std::map<std::string, std::set<std::string>> families;
  for (const NamedRole &column : columns)
    if (!column.role->number.empty() && column.role->role == Role::Quantity)
      families[column.role->family].insert(column.role->number);
  std::set<std::string> numbers;
  for (const auto &[family, members] : families)
    if (members.size() > 1)
      numbers.insert(members.begin(), members.end());
  for (const NamedRole &column : columns)
    if (column.role->role == Role::Quantity && numbers.contains(column.role->number))
      makeNumbered(*column.role);
}

/// The only temperature of its table is the temperature, wherever it is taken.
void takeLoneOnes(Columns columns) {
  for (const Canonical quantity : {Canonical::Temperature, Canonical::Humidity, Canonical::Pressure}) {
    FieldRole *only = nullptr;
    int count = 0;
    for (const NamedRole &column : columns) {
      FieldRole &role = *column.role;
      if (role.role != Role::Quantity || role.apart())
        continue;
      const bool plain = role.canonical == quantity;
      if (!plain && (role.maybe != quantity || !mayBeLone(role)))
        continue;
      count += plain ? 2 : 1;
      only = &role;
    }
    if (count == 1)
      makeLone(*only);
  }
}

void makeOwnNamesDistinct(Columns columns) {
  std::set<std::string> taken;
  for (const NamedRole &column : columns) {
    FieldRole &role = *column.role;
    if (!measures(role) || role.apart())
      continue;
    const bool follows = role.name == role.own_name;
    const std::string first = role.own_name;
    for (int same = 2; !taken.insert(role.own_name).second; ++same)
      role.own_name = first + "_" + std::to_string(same);
    if (follows && !role.mapped)
      role.name = role.own_name;
  }
}

bool saysSomething(const Mapping &mapping) {
  return !mapping.time.empty() || mapping.device || !mapping.quantities.empty();
}

void makeAttribute(FieldRole &role) {
  role.role = Role::Attribute;
  role.canonical = role.maybe = Canonical::None;
}

/// The role of a field that the mapping does not name.
FieldRole unmapped(const Mapping &mapping, FieldRole role, std::string_view header) {
  const bool time = role.role == Role::Time && !role.envelope && !mapping.time.empty();
  const bool device = role.role == Role::Device && !role.envelope && mapping.device;
  const bool nameless = role.column > 0 && header == "column_" + std::to_string(role.column);
  if (time || device || (nameless && saysSomething(mapping)))
    makeAttribute(role);
  return role;
}

std::vector<std::string> fieldsOf(const Mapping &mapping) {
  std::vector<std::string> fields = mapping.ignore;
  for (const Mapping::TimePart &part : mapping.time)
    fields.push_back(part.field);
  for (const Mapping::QuantityRule &rule : mapping.quantities)
    fields.push_back(rule.field);
  if (mapping.device)
    fields.push_back(mapping.device->field);
  return fields;
}

} // namespace

void makeNumbered(FieldRole &role) {
  role.numbered = true;
  role.canonical = role.maybe;
  role.name = nameOf(role.maybe);
}

bool mayBeLone(const FieldRole &role) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) > 127; };
  const std::string &name = role.number.empty() ? role.own_name : role.family;
  return role.canonical == Canonical::None && role.maybe != Canonical::None &&
         std::count_if(name.begin(), name.end(), letter) > 1; // h2 is a gas
}

void makeLone(FieldRole &role) {
  role.canonical = role.maybe;
  role.name = nameOf(role.maybe);
  role.rank += kRankOfLone;
}

FieldRole FieldRoles::of(std::span<const std::string_view> path, int column) const {
  FieldRole role = roleOfField(path, column);
  if (m_mapping.empty())
    return role;
  const auto matches = [&](const std::string &field) {
    return matchField(field, path, column) != FieldMatch::None;
  };
  const std::optional<FieldRole> mapped = mappedRole(m_mapping, matches, path.back(), role);
  role = mapped ? *mapped : unmapped(m_mapping, std::move(role), path.back());
  role.missing.insert(role.missing.end(), m_mapping.missing.begin(), m_mapping.missing.end());
  return role;
}

/// A column that a mapping's field names only nearly, where another has that very name, is not meant.
void FieldRoles::keepBestMatches(std::span<const NamedRole> columns) const {
  const auto match = [](const std::string &field, const NamedRole &column) {
    const std::string_view path[] = {column.name};
    return matchField(field, path, column.role->column);
  };
  std::map<std::string, FieldMatch> best;
  for (const std::string &field : fieldsOf(m_mapping))
    for (const NamedRole &column : columns)
      best[field] = std::max(best[field], match(field, column));
  for (const NamedRole &column : columns) {
    if (!column.role->mapped)
      continue;
    const auto matches = [&](const std::string &field) {
      const FieldMatch found = match(field, column);
      return found != FieldMatch::None && found == best[field];
    };
    const std::string_view path[] = {column.name};
    const FieldRole inferred = roleOfField(path, column.role->column);
    const std::optional<FieldRole> mapped = mappedRole(m_mapping, matches, column.name, inferred);
    *column.role = mapped ? *mapped : unmapped(m_mapping, inferred, column.name);
    column.role->missing.insert(column.role->missing.end(), m_mapping.missing.begin(),
                                m_mapping.missing.end());
  }
}

void FieldRoles::arrange(std::span<const NamedRole> columns) const {
  if (!m_mapping.empty())
    keepBestMatches(columns);
  if (m_mapping.time.empty())
    joinCalendar(columns);
  groupNumbered(columns);
  takeLoneOnes(columns);
  makeOwnNamesDistinct(columns);
}

bool FieldRoles::timeIsArrival() const {
  return std::any_of(m_mapping.time.begin(), m_mapping.time.end(),
                     [](const Mapping::TimePart &part) { return part.format == "arrival"; });
}

} // namespace meteorograph
